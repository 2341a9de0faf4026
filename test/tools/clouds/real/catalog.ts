import { glance, glanceTwo } from "./glance";
import { glance15 } from "./glance15/part";
import { keystone } from "./keystone";
import { nova } from "./nova";
import type { Part } from "./part";
import type { Postgres } from "./postgres";
import type { Site } from "./site";

/** Everything that Keystone's catalog lists in the template. */
export const catalogued: readonly Part[] = [keystone, glance, glanceTwo, nova, glance15];

/** Makes the service catalog in a copy of the template name the parts that run on this site, and nothing else. */
export async function pointCatalog(postgres: Postgres, site: Site, running: readonly Part[]): Promise<void> {
  const commands = catalogued.map((part) => {
    const { type, region, url } = part.catalog;
    const rows = `service WHERE service.id = endpoint.service_id AND service.type = '${type}' AND region_id = '${region}';`;
    return running.includes(part)
      ? `UPDATE endpoint SET url = '${url(site)}' FROM ${rows}`
      : `DELETE FROM endpoint USING ${rows}`;
  });
  await postgres.sql("keystone", commands.join("\n"));
}
