import { region } from "./keystone/catalog";
import { domain, findUser } from "./keystone/directory";
import type { GlanceLocal } from "./options";

const user = "demo";

/** The `OS_*` variables with which OpenStack clients reach a server as the user demo. */
export const demoEnvironment = ({ authUrl }: Pick<GlanceLocal, "authUrl">): Record<string, string> => ({
  OS_AUTH_URL: authUrl,
  OS_IDENTITY_API_VERSION: "3",
  OS_AUTH_TYPE: "password",
  OS_USERNAME: user,
  OS_PASSWORD: findUser({ name: user })?.password ?? "",
  OS_USER_DOMAIN_NAME: domain.name,
  OS_PROJECT_NAME: user,
  OS_PROJECT_DOMAIN_NAME: domain.name,
  OS_REGION_NAME: region,
});
