import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { region } from "../users";
import { startGunicorn, writeModule } from "./gunicorn";
import type { Part } from "./part";
import type { Postgres } from "./postgres";
import { authUrl, computeUrl, imageUrl, type Site, serviceLogin } from "./site";
import { manage, sampleFile } from "./venv";

const folder = (site: Site) => join(site.folder, "nova");
const file = (site: Site) => join(folder(site), "nova.conf");

const [apiDatabase, cell1, cell0] = ["nova_api", "nova", "nova_cell0"] as const;

/** The Compute API of Nova 34 and no other process of it: that is enough for its image proxy, which asks Glance. */
export const nova: Part = {
  catalog: { name: "nova", type: "compute", region, url: (site) => `${computeUrl(site)}/v2.1` },
  databases: { names: [apiDatabase, cell1, cell0], fill, relocate },

  async configure(site, postgres) {
    await mkdir(join(folder(site), "locks"), { recursive: true });
    await writeFile(file(site), configuration(site, postgres));
    // It looks for this file beside nova.conf and nowhere else.
    await copyFile(sampleFile("nova", "api-paste.ini"), join(folder(site), "api-paste.ini"));
    await writeModule(site, "nova", "nova.wsgi.osapi_compute");
  },

  start: (site) =>
    startGunicorn(site, {
      name: "nova",
      port: site.ports.nova,
      workers: 1,
      threads: 4,
      env: { OS_NOVA_CONFIG_DIR: folder(site) },
    }),
};

async function fill(site: Site): Promise<void> {
  const steps = [
    ["api_db", "sync"],
    ["cell_v2", "map_cell0"],
    ["db", "sync"],
    ["cell_v2", "create_cell", "--name=cell1"],
  ];
  for (const step of steps) await manage("nova", file(site), step);
}

/** One of its databases says where those of its cells are. */
async function relocate(postgres: Postgres): Promise<void> {
  const set = (cell: string, database: string) =>
    `UPDATE cell_mappings SET database_connection = '${postgres.url(database)}' WHERE name = '${cell}';`;
  await postgres.sql(apiDatabase, set("cell0", cell0) + set("cell1", cell1));
}

const configuration = (site: Site, postgres: Postgres) => `[DEFAULT]
transport_url = fake://
state_path = ${folder(site)}
my_ip = 127.0.0.1
[api]
auth_strategy = keystone
[wsgi]
api_paste_config = ${folder(site)}/api-paste.ini
[api_database]
connection = ${postgres.url(apiDatabase)}
[database]
connection = ${postgres.url(cell1)}
[keystone_authtoken]
www_authenticate_uri = ${authUrl(site)}
${serviceLogin(site)}
[glance]
endpoint_override = ${imageUrl(site)}
region_name = ${region}
[placement]
${serviceLogin(site)}
region_name = ${region}
[oslo_concurrency]
lock_path = ${folder(site)}/locks
`;
