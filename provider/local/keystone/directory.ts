import { createHash } from "node:crypto";

/** Something that Keystone knows by id and by name. */
export interface Named {
  id: string;
  name: string;
}

export interface User extends Named {
  password: string;
}

export const domain: Named = { id: "default", name: "Default" };

/** The same in every server and after every start, because images remember their owners by it. */
const named = (kind: string, name: string): Named => ({
  id: createHash("sha256").update(`glance-local ${kind} ${name}`).digest("hex").slice(0, 32),
  name,
});

const role = (name: string) => named("role", name);
const project = (name: string) => named("project", name);
const user = (name: string, password: string): User => ({ ...named("user", name), password });

const reader = role("reader");
const member = role("member");
const admin = user("admin", "secret");
const demo = user("demo", "demo");
const alt = user("alt", "alt");
const projects = { admin: project("admin"), demo: project("demo"), alt: project("alt") };
const administrator = [role("admin"), role("manager"), member, reader];

/** Who has which roles in which project. */
const assignments: readonly { user: User; project: Named; roles: readonly Named[] }[] = [
  { user: admin, project: projects.admin, roles: administrator },
  { user: demo, project: projects.demo, roles: [member, reader] },
  { user: alt, project: projects.alt, roles: [member, reader] },
  { user: user("reader", "reader"), project: projects.demo, roles: [reader] },
];

const users = assignments.map((assignment) => assignment.user);

/** How a request names something: by id, or by name in a domain. */
export type Reference = { id: string } | { name: string };

const matches = (reference: Reference) => (entry: Named) =>
  "id" in reference ? entry.id === reference.id : entry.name === reference.name;

export const findUser = (reference: Reference): User | undefined => users.find(matches(reference));

export const findProject = (reference: Reference): Named | undefined =>
  Object.values(projects).find(matches(reference));

export const isDomain = (reference: Reference): boolean => matches(reference)(domain);

/** The roles of a user in a project; none when the user has nothing to do with it. */
export const rolesIn = (userId: string, projectId: string): readonly Named[] =>
  assignments.find((found) => found.user.id === userId && found.project.id === projectId)?.roles ?? [];

/** The roles of a user on the whole deployment. */
export const systemRoles = (userId: string): readonly Named[] => (userId === admin.id ? administrator : []);

/** The projects in which a user has a role. */
export const projectsOf = (userId: string): Named[] =>
  assignments.filter((found) => found.user.id === userId).map((found) => found.project);
