import { region, users } from "../users";
import { Administrator } from "./administrator";
import { catalogued } from "./catalog";
import { keystone } from "./keystone";
import type { CatalogEntry } from "./part";
import { serviceUser } from "./site";

const nowhere = "http://127.0.0.1:9";

/** Creates what `keystone-manage bootstrap` does not: projects, users, roles and the catalog of the services, whose URLs lead nowhere. */
export async function seed(authUrl: string): Promise<void> {
  const admin = await Administrator.logIn(authUrl);
  await seedUsers(admin);
  await seedCatalog(
    admin,
    catalogued.filter((part) => part !== keystone).map(({ catalog }) => catalog),
  );
}

async function seedUsers(admin: Administrator): Promise<void> {
  const roles = await admin.idsByName("roles");
  const projects = new Map<string, string>();
  const members = [
    { ...serviceUser, roles: ["admin", "service"] },
    { ...users.demo, roles: ["member", "reader"] },
    { ...users.alt, roles: ["member", "reader"] },
    { ...users.reader, roles: ["reader"] },
  ];
  for (const { username, password, projectName, roles: names } of members) {
    const project =
      projects.get(projectName) ??
      (await admin.create("projects", "project", { name: projectName, domain_id: "default" }));
    projects.set(projectName, project);
    const user = await admin.create("users", "user", { name: username, password, domain_id: "default" });
    for (const name of names) await admin.put(`projects/${project}/users/${user}/roles/${roles.get(name)}`);
  }
}

async function seedCatalog(admin: Administrator, entries: readonly CatalogEntry[]): Promise<void> {
  const services = new Map<string, string>();
  const others = new Set(entries.map(({ region }) => region).filter((name) => name !== region));
  for (const name of others) await admin.create("regions", "region", { id: name });
  for (const { name, type, region: region_id } of entries) {
    const service_id = services.get(type) ?? (await admin.create("services", "service", { name, type }));
    services.set(type, service_id);
    for (const interface_ of ["public", "internal", "admin"]) {
      await admin.create("endpoints", "endpoint", { service_id, interface: interface_, region_id, url: nowhere });
    }
  }
}
