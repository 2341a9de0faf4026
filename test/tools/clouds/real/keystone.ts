import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { region, users } from "../users";
import { Administrator } from "./administrator";
import { startGunicorn, writeModule } from "./gunicorn";
import type { Part } from "./part";
import type { Postgres } from "./postgres";
import { authUrl, type Site } from "./site";
import { manage } from "./venv";

const file = (site: Site) => join(site.folder, "keystone.conf");

/** Keystone 30. */
export const keystone: Part = {
  catalog: { name: "keystone", type: "identity", region, url: authUrl },
  databases: { names: ["keystone"], fill },

  async configure(site, postgres) {
    for (const name of ["fernet", "credential"]) await writeKeys(join(site.folder, name));
    await writeFile(file(site), configuration(site, postgres));
    await writeModule(site, "keystone", "keystone.wsgi.api");
  },

  async start(site) {
    const service = await startGunicorn(site, {
      name: "keystone",
      port: site.ports.keystone,
      workers: 1,
      threads: 8,
      env: { OS_KEYSTONE_CONFIG_FILES: file(site) },
    });
    try {
      // It loads its policy with the first request that needs one, and refuses those that come meanwhile (rbac_enforcer/enforcer.py).
      await (await Administrator.logIn(authUrl(site))).readOwnToken();
      return service;
    } catch (error) {
      await service.stop();
      throw error;
    }
  },
};

async function fill(site: Site): Promise<void> {
  await manage("keystone", file(site), ["db_sync"]);
  const urls = ["admin", "public", "internal"].map((interface_) => `--bootstrap-${interface_}-url=${authUrl(site)}`);
  const account = ["--bootstrap-password", users.admin.password, "--bootstrap-region-id", region];
  await manage("keystone", file(site), ["bootstrap", ...account, ...urls]);
}

/** A key repository as keystone-manage makes it: 0 is the next key, 1 the current one. */
async function writeKeys(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ["0", "1"]) {
    const key = randomBytes(32).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
    await writeFile(join(folder, name), key, { mode: 0o600 });
  }
}

/**
 * Fewer password rounds than the default, and a cache in the memory of the only worker: the same answers sooner. It holds
 * pickled values: in one of live objects a thread changes what another one reads.
 */
const configuration = ({ folder }: Site, postgres: Postgres) => `[database]
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
