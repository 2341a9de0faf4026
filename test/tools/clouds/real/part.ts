import type { Postgres } from "./postgres";
import type { Site } from "./site";

/** Something that runs until it is stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** How Keystone's catalog names a service; it has one endpoint per interface, all with the same URL. */
export interface CatalogEntry {
  name: string;
  type: string;
  region: string;
  url(site: Site): string;
}

/** What a service keeps in PostgreSQL. */
export interface Databases {
  names: readonly string[];
  /** Makes the tables, which takes long: it is done once and copied. */
  fill(site: Site): Promise<void>;
  /** Corrects what a copy says about the PostgreSQL in which it was filled. */
  relocate?(postgres: Postgres): Promise<void>;
}

/** One OpenStack service of the real clouds. */
export interface Part {
  catalog: CatalogEntry;
  databases?: Databases;
  /** Writes what it reads when it starts. */
  configure(site: Site, postgres: Postgres): Promise<void>;
  /** Resolves when it answers. */
  start(site: Site): Promise<Stoppable>;
}
