import { type Answer, must } from "./client";
import { refusedWith } from "./refusals";
import { type People, unique } from "./suite";
import type { User } from "./user";

export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
export const times = { created_at: time, updated_at: time };

export type Fields = Record<string, unknown>;

/** A body that violates a schema; after the first sentence comes the part of the schema. */
export const violates = (schema: string, sentence: string) =>
  refusedWith(400, `Provided object does not match schema '${schema}': ${sentence}`);

/** The path of a namespace or of something in it. */
export const path = (...names: string[]): string =>
  ["/v2/metadefs/namespaces", ...names.map(encodeURIComponent)].join("/");

export const root = path();

/** Makes namespaces as the administrator, who alone may, and removes them after each case. */
export function definitions({ admin }: Pick<People, "admin">) {
  const created = new Set<string>();
  afterEach(async () => {
    for (const name of created) await remove(admin, name);
    created.clear();
  });
  const post = (fields: Fields): Promise<Answer> => {
    created.add(String(fields.namespace));
    return admin.post(root, fields);
  };
  return {
    post,
    /** Notes a name for the removal that a case gives by itself. */
    note: (name: string) => created.add(name),
    /** A namespace of the project admin, private unless `fields` says otherwise; returns its name. */
    async create(fields: Fields = {}): Promise<string> {
      const namespace = unique();
      must(await post({ namespace, ...fields }), 201);
      return namespace;
    },
  };
}

async function remove(admin: User, name: string): Promise<void> {
  const isGone = async () => [204, 404].includes((await admin.delete(path(name))).status);
  if (await isGone()) return;
  await admin.put(path(name), { namespace: name, protected: false });
  if (!(await isGone())) throw new Error(`the namespace ${name} of this case cannot be deleted`);
}

/** The body of an answer that must be a success. */
export const bodyOf = (answer: Answer): Fields => must(answer, 200).body as Fields;
