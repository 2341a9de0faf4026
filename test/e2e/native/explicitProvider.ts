import type { CloudUnderTest, Credentials } from "../../tools/clouds/types";

/** The inputs of a `pulumi:providers:glance` that reaches a cloud as one of its users. */
export function explicitProvider(
  { authUrl, region }: Pick<CloudUnderTest, "authUrl" | "region">,
  { username, password, projectName }: Credentials,
): Record<string, unknown> {
  return {
    authUrl,
    userName: username,
    password: { "fn::secret": password },
    projectName,
    userDomainName: "Default",
    projectDomainName: "Default",
    region,
  };
}
