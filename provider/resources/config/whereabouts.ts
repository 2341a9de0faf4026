import { serviceOf } from "../../glance/discover";
import { GlanceError } from "../../http/errors";
import type { Environment } from "../../keystone/searchPath";
import { identityUrl } from "../../keystone/tokenRequest";
import type { AuthType, Cloud } from "../../keystone/types";
import { cloudOf } from "./cloud";
import type { ProviderConfig } from "./types";

/** Where the images of a configuration are, as far as that is certain without asking anybody. */
export interface Whereabouts {
  /** Host, port and path of Keystone. */
  keystone?: string | undefined;
  /** Where nobody asks Keystone: URL of the image service. */
  endpoint?: string | undefined;
  region?: string | undefined;
  /** The project, by id or by name; never both, since one cannot be compared with the other. */
  projectId?: string | undefined;
  projectName?: string | undefined;
  projectDomainId?: string | undefined;
  projectDomainName?: string | undefined;
}

/** Without Keystone its URL says nothing; an application credential brings its own project. */
const counts: Readonly<Record<AuthType, { keystone: boolean; project: boolean }>> = {
  password: { keystone: true, project: true },
  token: { keystone: true, project: true },
  application_credential: { keystone: true, project: false },
  admin_token: { keystone: false, project: false },
  none: { keystone: false, project: false },
};

/** Nothing is certain of a configuration whose cloud is unknown or incomplete. */
export function whereabouts(config: ProviderConfig, environment: Environment): Whereabouts {
  try {
    return whereaboutsOf(cloudOf(config, environment), config);
  } catch (error) {
    if (error instanceof GlanceError) return {};
    throw error;
  }
}

function whereaboutsOf(cloud: Cloud, { api }: ProviderConfig): Whereabouts {
  const { authType, authUrl, region, services } = cloud;
  const { keystone, project } = counts[authType];
  const service = services[serviceOf(api)];
  return {
    keystone: keystone && authUrl !== undefined ? address(authUrl) : undefined,
    endpoint: keystone ? undefined : service?.endpointOverride?.replace(/(?<!\/)\/+$/, ""),
    region: service?.region ?? region,
    ...(project && projectOf(cloud)),
  };
}

/** However the URL is written. Who turns on TLS still means the same Keystone. */
function address(authUrl: string): string {
  const { host, pathname } = new URL(identityUrl(authUrl));
  return host + pathname;
}

function projectOf({ auth }: Cloud): Whereabouts {
  const { projectId, projectName, projectDomainId, projectDomainName } = auth;
  return projectId === undefined ? { projectName, projectDomainId, projectDomainName } : { projectId };
}
