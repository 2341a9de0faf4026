import { z } from "zod";
import { GlanceError } from "../http/errors";
import { reasonIn } from "../http/reason";
import { cleanUrl, secretsOf } from "../http/redact";
import type { HttpResponse, Method } from "../http/types";
import type { Token } from "./token";
import { tokenRequest } from "./tokenRequest";
import type { Cloud } from "./types";

const storedCopy =
  "`pulumi destroy` and `pulumi refresh` use the configuration that the last `pulumi up` stored, so prefer OS_* variables or clouds.yaml for credentials";

const redirects = [301, 302, 307, 308];

/** Statuses of Keystone that need more explanation than its own words give. */
export const explained: readonly number[] = [300, ...redirects, 401, 403, 404];

/** What an answer of Keystone with one of these statuses means to the user. */
export function keystoneRefusal(cloud: Cloud, response: HttpResponse, method: Method, url: string): GlanceError {
  const { status, requestId } = response;
  // Keystone quotes the token that it does not know (keystone/token/provider.py, `validate_token`).
  const reason = reasonIn(response.text, secretsOf({}, tokenRequest(cloud)));
  const call = { method, url: cleanUrl(url), status, requestId, reason };
  const at = cleanUrl(cloud.authUrl ?? url);
  if (response.headers["openstack-auth-receipt"] !== undefined) {
    return new GlanceError({
      ...call,
      code: "AUTH",
      message: `Keystone at ${at} wants more than one factor from ${asker(cloud)}${requiredMethods(response)}`,
      hint: "This provider gives one: use an application credential, which needs no second factor",
    });
  }
  // An unknown token is 404 to the real Keystone, in its own words; a wrong path is 404 as well, in a web server's.
  const isUnknownToken =
    status === 404 && cloud.authType === "token" && ownError.safeParse(parsed(response.text)).success;
  if (status === 401 || status === 403 || isUnknownToken) {
    return new GlanceError({
      ...call,
      code: "AUTH",
      message: `Keystone at ${at} did not accept ${asker(cloud)}${call.reason ? `: ${call.reason}` : ""}`,
      hint: `Check ${whatToCheck(cloud)} in ${cloud.source}; the provider's configuration (glance:*) beats them. ${storedCopy}`,
    });
  }
  const target = redirects.includes(status) ? response.headers.location : undefined;
  return new GlanceError({
    ...call,
    code: "CONFIG",
    message: `There is no Identity API v3 at ${at}`,
    hint: target
      ? `The server points to ${cleanUrl(target)}: correct the auth URL (OS_AUTH_URL, auth_url)`
      : "Check the auth URL (OS_AUTH_URL, auth_url); it usually ends in /v3",
  });
}

/** Failures of the connection, told with what was to be reached. */
export function keystoneUnreached(cloud: Cloud, error: unknown): unknown {
  if (!(error instanceof GlanceError) || !cloud.authUrl) return error;
  const at = cleanUrl(cloud.authUrl);
  const message = `Keystone at ${at}: ${error.facts.message}`;
  if (error.code !== "CONNECT") return error.with({ message });
  const hint = `Check the auth URL (OS_AUTH_URL, auth_url) of ${cloud.source}, the network and the proxy settings`;
  return error.with({ message, hint });
}

/** For a token that the user brought and that no longer serves. */
export function tokenEnded(cloud: Cloud, cause?: GlanceError): GlanceError {
  return new GlanceError({
    ...cause?.facts,
    cause,
    code: "AUTH",
    message: "The given token has expired or was revoked, and a token alone cannot be renewed",
    hint: `Get a new one (openstack token issue) for ${cloud.source}, or use a password or an application credential, which renew themselves. ${storedCopy}`,
  });
}

/** For a token that stays in its own project although another one is wanted. */
export function projectRefused({ source, auth }: Cloud, { project }: Token): GlanceError {
  return new GlanceError({
    code: "AUTH",
    message: `The given token belongs to ${project ? `project ${project.name ?? project.id}` : "no project"}, and Keystone forbids to exchange it for one of project ${auth.projectId ?? auth.projectName}`,
    hint: `Get a token for that project, or leave the project out of ${source}`,
  });
}

/** For a service that refuses a token which Keystone has just issued. */
export function tokenRefused(serviceType: string, cause: GlanceError): GlanceError {
  return cause.with({
    code: "AUTH",
    message: `The ${serviceType} service does not accept a token that Keystone has just issued`,
    hint: "Check that the endpoint belongs to the same cloud as the auth URL, and that the service can reach Keystone",
  });
}

/** For `auth_type: none` where a token is wanted all the same. */
export function tokenWanted(serviceType: string, cloud: Cloud, cause: GlanceError): GlanceError {
  return cause.with({
    code: "AUTH",
    message: `The ${serviceType} service wants a token, but the authentication type of ${cloud.source} is none`,
    hint: "Set the credentials and the auth URL (OS_AUTH_URL)",
  });
}

function asker({ authType, auth }: Cloud): string {
  if (authType === "token") return "the given token";
  const { applicationCredentialId: id, applicationCredentialName: name } = auth;
  if (authType === "application_credential") {
    return id === undefined
      ? `the application credential "${name}" of ${userIn(auth)}`
      : `the application credential with id ${id}`;
  }
  const project =
    auth.projectId === undefined ? auth.projectName && `project "${auth.projectName}"` : `project ${auth.projectId}`;
  return `${userIn(auth)}${project ? ` for ${project}` : ""}`;
}

function userIn({ userId, userName, userDomainId, userDomainName }: Cloud["auth"]): string {
  if (userId !== undefined) return `the user with id ${userId}`;
  return `the user "${userName}" of domain "${userDomainId ?? userDomainName ?? "default"}"`;
}

function whatToCheck({ authType }: Cloud): string {
  if (authType === "token") return "the token (it may have expired) and the project";
  if (authType === "application_credential") return "its id and secret (it may have expired)";
  return "user, password, project and their domains";
}

const ownError = z.object({ error: z.object({ message: z.string() }) });

/** Identity API v3, "Multi-factor authentication": each list is one way to get in. */
const receipt = z.object({ required_auth_methods: z.array(z.array(z.string())) });

function requiredMethods({ text }: HttpResponse): string {
  const { data } = receipt.safeParse(parsed(text));
  return data ? `: ${data.required_auth_methods.map((way) => way.join(" and ")).join(", or ")}` : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
