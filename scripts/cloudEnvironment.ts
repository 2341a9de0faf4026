import type { CloudUnderTest, Credentials } from "../test/tools/clouds/types";

/** The variables with which the tools of OpenStack reach a cloud as one of its users. */
export const cloudVariables = (cloud: Pick<CloudUnderTest, "authUrl" | "region">, user: Credentials) => ({
  OS_AUTH_URL: cloud.authUrl,
  OS_IDENTITY_API_VERSION: "3",
  OS_USERNAME: user.username,
  OS_PASSWORD: user.password,
  OS_PROJECT_NAME: user.projectName,
  OS_USER_DOMAIN_ID: "default",
  OS_PROJECT_DOMAIN_ID: "default",
  OS_REGION_NAME: cloud.region,
});

/** The same as commands for a POSIX shell. */
export const exportLines = (cloud: Pick<CloudUnderTest, "authUrl" | "region">, user: Credentials): string[] =>
  Object.entries(cloudVariables(cloud, user)).map(([name, value]) => `export ${name}=${quote(value)}`);

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
