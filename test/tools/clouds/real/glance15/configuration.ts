import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { authUrl, type Site, serviceLogin } from "../site";

export const folderOf = (site: Site) => join(site.folder, "glance15");
export const fileOf = (site: Site, program: Program) => join(folderOf(site), `glance-${program}.conf`);
export const databaseOf = (site: Site) => join(folderOf(site), "glance.sqlite");

/** Glance 15 keeps the records of images in a process of its own, the registry. */
export type Program = "registry" | "api";

export async function writeConfiguration(site: Site): Promise<void> {
  for (const folder of ["images", "work"]) await mkdir(join(folderOf(site), folder), { recursive: true });
  await writeFile(fileOf(site, "registry"), common(site, "registry", site.ports.glance15Registry) + registry(site));
  await writeFile(fileOf(site, "api"), common(site, "api", site.ports.glance15) + api(site));
}

const dataApi: Record<Program, string> = { registry: "glance.db.sqlalchemy.api", api: "glance.db.registry.api" };

/**
 * No worker means that the process serves by itself. SQLite has one client at a time, so the API asks the registry for everything, even
 * for what it would write by itself when it deletes an image; Image API v2 is off.
 */
const common = (site: Site, program: Program, port: number) => `[DEFAULT]
bind_host = 127.0.0.1
bind_port = ${port}
workers = 0
enable_v1_api = true
enable_v1_registry = true
enable_v2_api = false
enable_v2_registry = true
data_api = ${dataApi[program]}
registry_host = 127.0.0.1
registry_port = ${site.ports.glance15Registry}
use_user_token = true
show_image_direct_url = true
scrubber_datadir = ${folderOf(site)}/work
image_cache_dir = ${folderOf(site)}/work
[keystone_authtoken]
auth_uri = ${authUrl(site)}
auth_version = v3
${serviceLogin(site)}
[paste_deploy]
flavor = keystone
config_file = ${join(__dirname, `${program}-paste.ini`)}
[oslo_policy]
policy_file = ${join(__dirname, "policy.json")}
`;

const registry = (site: Site) => `[database]
connection = sqlite:///${databaseOf(site)}
sqlite_synchronous = false
`;

const api = (site: Site) => `[glance_store]
stores = file,http
default_store = file
filesystem_store_datadir = ${folderOf(site)}/images
[oslo_concurrency]
lock_path = ${folderOf(site)}/work
`;
