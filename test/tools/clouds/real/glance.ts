import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { region, regionTwo } from "../users";
import { startGunicorn, writeModule } from "./gunicorn";
import type { Part } from "./part";
import { authUrl, imageUrl, type Site, serviceLogin } from "./site";
import { manage, sampleFile } from "./venv";

/** Where one image service is and what it calls its own. */
interface Instance {
  region: string;
  /** Of its database, its folder and its log. */
  name: string;
  port: "glance" | "glanceTwo";
  workers: number;
}

/** Where the first one keeps the data of images. */
export const storesFolder = (site: Site) => join(site.folder, "glance", "stores");

const glanceIn = (instance: Instance): Part => {
  const { region, name, port, workers } = instance;
  const folder = (site: Site) => join(site.folder, name);
  const file = (site: Site) => join(folder(site), "glance-api.conf");
  return {
    catalog: { name: "glance", type: "image", region, url: (site) => imageUrl(site, port) },
    databases: { names: [name], fill: (site) => manage("glance", file(site), ["db_sync"]) },

    async configure(site, postgres) {
      const folders = ["stores/fast", "stores/cheap", "staging", "tasks", "locks"];
      for (const one of folders) await mkdir(join(folder(site), one), { recursive: true });
      await writeFile(file(site), configuration(site, folder(site), imageUrl(site, port), postgres.url(name)));
      await writeFile(join(folder(site), "glance-image-import.conf"), importConfiguration);
      await writeModule(site, name, "glance.wsgi.api");
    },

    start: (site) =>
      startGunicorn(site, {
        name,
        port: site.ports[port],
        workers,
        threads: 16,
        // The folder: it reads glance-api.conf and glance-image-import.conf there.
        env: { OS_GLANCE_CONFIG_DIR: folder(site) },
      }),
  };
};

/** Glance 33. */
export const glance = glanceIn({ region, name: "glance", port: "glance", workers: 2 });

/** Another one behind the same Keystone, with images of its own. */
export const glanceTwo = glanceIn({ region: regionTwo, name: "glance_two", port: "glanceTwo", workers: 1 });

const configuration = (site: Site, folder: string, ownUrl: string, database: string) => `[DEFAULT]
enabled_backends = fast:file, cheap:file
enabled_import_methods = [glance-direct,web-download,copy-image,glance-download]
show_image_direct_url = true
node_staging_uri = file://${folder}/staging
worker_self_reference_url = ${ownUrl}
[glance_store]
default_backend = fast
[fast]
filesystem_store_datadir = ${folder}/stores/fast
[cheap]
filesystem_store_datadir = ${folder}/stores/cheap
[os_glance_staging_store]
filesystem_store_datadir = ${folder}/staging
[os_glance_tasks_store]
filesystem_store_datadir = ${folder}/tasks
[database]
connection = ${database}
max_pool_size = 32
[keystone_authtoken]
www_authenticate_uri = ${authUrl(site)}
${serviceLogin(site)}
[paste_deploy]
flavor = keystone
config_file = ${sampleFile("glance", "glance-api-paste.ini")}
[oslo_concurrency]
lock_path = ${folder}/locks
`;

/** Glance refuses loopback and every port but 80 and 443 otherwise. */
const importConfiguration = `[import_filtering_opts]
allowed_schemes = [http,https]
allowed_hosts = [127.0.0.1]
allowed_ports = []
`;
