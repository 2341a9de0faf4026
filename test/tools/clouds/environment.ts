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
