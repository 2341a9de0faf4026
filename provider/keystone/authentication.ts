import { GlanceError, hasStatus } from "../http/errors";
import type { Http, HttpResponse } from "../http/types";
import { readToken, type Token } from "./token";
import { identityUrl, tokenRequest } from "./tokenRequest";
import type { Cloud } from "./types";

const bare = (id: string): Token => ({
  id,
  endsAt: Number.POSITIVE_INFINITY,
  projectId: undefined,
  catalog: undefined,
});

/** Gets a token in the way the cloud's `authType` says; no call where the user brought all that is needed. */
export async function authenticate(cloud: Cloud, http: Http, now: () => number): Promise<Token> {
  const { authType, auth, authUrl } = cloud;
  if (authType === "none") return bare("");
  if (authType === "admin_token" || authUrl === undefined) return bare(auth.token ?? "");
  const url = `${identityUrl(authUrl)}/auth/tokens`;
  try {
    return readToken(await http.request({ method: "POST", url, json: tokenRequest(cloud), idempotent: true }), now());
  } catch (error) {
    // Keystone may forbid to exchange a token (scoped, of a trust, of an application credential): then it serves as it is.
    if (authType === "token" && hasStatus(error, 403)) return inspect(cloud, url, http, now);
    throw explain(error, cloud);
  }
}

async function inspect(cloud: Cloud, url: string, http: Http, now: () => number): Promise<Token> {
  const id = cloud.auth.token ?? "";
  const headers = { "x-auth-token": id, "x-subject-token": id };
  const response: HttpResponse = await http.request({ method: "GET", url, headers }).catch((error) => {
    throw explain(error, cloud);
  });
  return readToken(response, now(), id);
}

function explain(error: unknown, cloud: Cloud): unknown {
  if (!(error instanceof GlanceError)) return error;
  const { authUrl } = cloud;
  const reason = error.facts.reason ? ` (${error.facts.reason})` : "";
  if (hasStatus(error, 401)) {
    return error.with({
      code: "AUTH",
      message: `Keystone at ${authUrl} did not accept ${whoAsks(cloud)} of the cloud "${cloud.name}"${reason}`,
      hint:
        "Check the credentials, the project and the domains in OS_*, clouds.yaml or `pulumi config`. " +
        "`pulumi destroy` and `pulumi refresh` use the copy of the stack's configuration made by the last `pulumi up`, so keep credentials in OS_* or clouds.yaml",
    });
  }
  if (hasStatus(error, 300, 404)) {
    return error.with({
      code: "CONFIG",
      message: `There is no Identity API v3 at ${authUrl}`,
      hint: "Check the auth URL (OS_AUTH_URL); it usually ends in /v3",
    });
  }
  return error.with({ message: `Keystone at ${authUrl}: ${error.facts.message}` });
}

function whoAsks({ authType, auth }: Cloud): string {
  if (authType === "application_credential") {
    return `the application credential "${auth.applicationCredentialId ?? auth.applicationCredentialName}"`;
  }
  return authType === "token" ? "the token" : `the user "${auth.userName ?? auth.userId}"`;
}
