import { mountPaths } from "./dialects";
import { domain, findProject, findUser } from "./keystone/directory";
import type { GlanceLocal } from "./options";

const user = "demo";

/**
 * The `OS_*` variables with which OpenStack clients reach a server as the user demo, and the `GLANCE_*` variables for the APIs that no
 * catalog lists.
 */
export const demoEnvironment = ({
  url,
  authUrl,
  region,
}: Pick<GlanceLocal, "url" | "authUrl" | "region">): Record<string, string> => ({
  OS_AUTH_URL: authUrl,
  OS_IDENTITY_API_VERSION: "3",
  OS_AUTH_TYPE: "password",
  OS_USERNAME: user,
  OS_PASSWORD: findUser({ name: user })?.password ?? "",
  OS_USER_DOMAIN_NAME: domain.name,
  OS_PROJECT_NAME: user,
  OS_PROJECT_DOMAIN_NAME: domain.name,
  OS_REGION_NAME: region,
  GLANCE_PLATFORM9_URL: url + mountPaths.platform9,
  GLANCE_ALLIANCE_URL: url + mountPaths.alliance,
  GLANCE_TARGET_NS: "glance-local",
  GLANCE_ENVIRONMENT_ID: findProject({ name: user })?.id ?? "",
});
