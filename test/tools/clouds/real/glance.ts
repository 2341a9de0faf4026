import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { region } from "../users";
import { startGunicorn, writeModule } from "./gunicorn";
import type { Part } from "./part";
import type { Postgres } from "./postgres";
import { authUrl, imageUrl, type Site, serviceLogin } from "./site";
import { manage, sampleFile } from "./venv";

const file = (site: Site) => join(site.folder, "glance-api.conf");

/** Glance 33. */
export const glance: Part = {
  catalog: { name: "glance", type: "image", region, url: imageUrl },
  databases: { names: ["glance"], fill: (site) => manage("glance", file(site), ["db_sync"]) },

  async configure(site, postgres) {
    const folders = ["stores/fast", "stores/cheap", "staging", "tasks", "locks"];
    for (const folder of folders) await mkdir(join(site.folder, folder), { recursive: true });
    await writeFile(file(site), configuration(site, postgres));
    await writeFile(join(site.folder, "glance-image-import.conf"), importConfiguration);
    await writeModule(site, "glance", "glance.wsgi.api");
  },

  start: (site) =>
    startGunicorn(site, {
      name: "glance",
      port: site.ports.glance,
      workers: 2,
      threads: 16,
      // The folder: it reads glance-api.conf and glance-image-import.conf there.
      env: { OS_GLANCE_CONFIG_DIR: site.folder },
    }),
};

const configuration = (site: Site, postgres: Postgres) => `[DEFAULT]
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
${serviceLogin(site)}
[paste_deploy]
flavor = keystone
config_file = ${sampleFile("glance", "glance-api-paste.ini")}
[oslo_concurrency]
lock_path = ${site.folder}/locks
`;

/** Glance refuses loopback and every port but 80 and 443 otherwise. */
const importConfiguration = `[import_filtering_opts]
allowed_schemes = [http,https]
allowed_hosts = [127.0.0.1]
allowed_ports = []
`;
