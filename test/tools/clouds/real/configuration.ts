import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Postgres } from "./postgres";
import { glancePaste } from "./venv";

/** Where one pair of services keeps its files and listens. */
export interface Site {
  /** Configuration, keys, logs and image bytes. */
  folder: string;
  keystonePort: number;
  glancePort: number;
}

export const authUrl = (site: Site) => `http://127.0.0.1:${site.keystonePort}/v3`;
export const imageUrl = (site: Site) => `http://127.0.0.1:${site.glancePort}`;

/** The user that Glance checks tokens with. */
export const serviceUser = { username: "glance", password: "glance", projectName: "service" };

/** Writes everything that Keystone and Glance read when they start. */
export async function writeConfiguration(site: Site, postgres: Postgres): Promise<void> {
  const folders = ["fernet", "credential", "stores/fast", "stores/cheap", "staging", "tasks", "locks"];
  for (const folder of folders) await mkdir(join(site.folder, folder), { recursive: true });
  for (const folder of ["fernet", "credential"]) await writeKeys(join(site.folder, folder));
  const files = {
    "keystone.conf": keystoneConf(site, postgres),
    "glance-api.conf": glanceConf(site, postgres),
    "glance-image-import.conf": importConf,
    "keystone_app.py": application("keystone"),
    "glance_app.py": application("glance"),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(site.folder, name), text);
}

/** A key repository as keystone-manage makes it: 0 is the next key, 1 the current one. */
async function writeKeys(folder: string): Promise<void> {
  for (const name of ["0", "1"]) {
    const key = randomBytes(32).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
    await writeFile(join(folder, name), key, { mode: 0o600 });
  }
}

/** Both applications parse the command line, which is gunicorn's. */
const application = (service: string) => `import sys

sys.argv = sys.argv[:1]
from ${service}.wsgi.api import application
`;

/**
 * Fewer password rounds than the default, and a cache in the memory of the only worker: the same answers sooner. It holds
 * pickled values: in one of live objects a thread changes what another one reads.
 */
const keystoneConf = ({ folder }: Site, postgres: Postgres) => `[database]
connection = ${postgres.url("keystone")}
[token]
provider = fernet
[fernet_tokens]
key_repository = ${folder}/fernet
[fernet_receipts]
key_repository = ${folder}/fernet
[credential]
key_repository = ${folder}/credential
[cache]
enabled = true
backend = dogpile.cache.memory_pickle
[oslo_policy]
enforce_scope = true
[identity]
password_hash_rounds = 4
`;

const glanceConf = (site: Site, postgres: Postgres) => `[DEFAULT]
enabled_backends = fast:file, cheap:file
enabled_import_methods = [glance-direct,web-download,copy-image]
show_image_direct_url = true
node_staging_uri = file://${site.folder}/staging
worker_self_reference_url = ${imageUrl(site)}
[glance_store]
default_backend = fast
[fast]
filesystem_store_datadir = ${site.folder}/stores/fast
[cheap]
filesystem_store_datadir = ${site.folder}/stores/cheap
[os_glance_staging_store]
filesystem_store_datadir = ${site.folder}/staging
[os_glance_tasks_store]
filesystem_store_datadir = ${site.folder}/tasks
[database]
connection = ${postgres.url("glance")}
max_pool_size = 32
[keystone_authtoken]
www_authenticate_uri = ${authUrl(site)}
http_request_max_retries = 10
auth_url = ${authUrl(site)}
auth_type = password
username = ${serviceUser.username}
password = ${serviceUser.password}
project_name = ${serviceUser.projectName}
user_domain_id = default
project_domain_id = default
[paste_deploy]
flavor = keystone
config_file = ${glancePaste()}
[oslo_concurrency]
lock_path = ${site.folder}/locks
`;

/** Glance refuses loopback and every port but 80 and 443 otherwise. */
const importConf = `[import_filtering_opts]
allowed_schemes = [http,https]
allowed_hosts = [127.0.0.1]
allowed_ports = []
`;
