import type { CloudUnderTest, Credentials } from "./types";

/** The `OS_*` variables with which a user reaches a cloud. */
export function environmentOf(
  cloud: Pick<CloudUnderTest, "authUrl" | "region">,
  user: Credentials,
): Record<string, string> {
  return {
    OS_AUTH_URL: cloud.authUrl,
    OS_USERNAME: user.username,
    OS_PASSWORD: user.password,
    OS_PROJECT_NAME: user.projectName,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    OS_REGION_NAME: cloud.region,
  };
}

/** The entry of clouds.yaml with which a user reaches a cloud. */
export function entryOf({ authUrl, region }: Pick<CloudUnderTest, "authUrl" | "region">, user: Credentials) {
  const { username, password, projectName } = user;
  const auth = { auth_url: authUrl, username, password, project_name: projectName };
  return { auth: { ...auth, user_domain_id: "default", project_domain_id: "default" }, regions: [region] };
}
