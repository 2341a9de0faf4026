import { freePort } from "../../ports";

/** Where a set of services keeps its files and listens. */
export interface Site {
  /** Configuration, keys, logs and image bytes. */
  folder: string;
  ports: Record<"keystone" | "glance" | "glanceTwo" | "nova" | "glance15" | "glance15Registry", number>;
}

export async function siteIn(folder: string): Promise<Site> {
  const [keystone, glance, glanceTwo, nova, glance15, glance15Registry] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  return { folder, ports: { keystone, glance, glanceTwo, nova, glance15, glance15Registry } };
}

const at = (port: number) => `http://127.0.0.1:${port}`;

export const authUrl = ({ ports }: Site) => `${at(ports.keystone)}/v3`;
export const imageUrl = ({ ports }: Site, port: "glance" | "glanceTwo" = "glance") => at(ports[port]);
export const computeUrl = ({ ports }: Site) => at(ports.nova);
export const imageV1Url = ({ ports }: Site) => at(ports.glance15);

/** The user that the services check tokens with. */
export const serviceUser = { username: "glance", password: "glance", projectName: "service" };

/** The options of a service that logs in at Keystone. */
export const serviceLogin = (site: Site) => `auth_url = ${authUrl(site)}
auth_type = password
username = ${serviceUser.username}
password = ${serviceUser.password}
project_name = ${serviceUser.projectName}
user_domain_id = default
project_domain_id = default
http_request_max_retries = 10`;
