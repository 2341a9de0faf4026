import { isMapping, type Mapping, wrongShape } from "./files";

/** Settings of a cloud before they are decided on: some stand inside `auth`, some beside it. Values are texts. */
export interface Layer {
  top: ReadonlyMap<string, string>;
  auth: ReadonlyMap<string, string>;
}

/** An entry of clouds.yaml, a profile, or a region's values. Hyphens in keys count as underscores, numbers as text. */
export function layerOf(entry: Mapping, where: string): Layer {
  const auth = Object.hasOwn(entry, "auth") ? (entry.auth ?? {}) : {};
  if (!isMapping(auth)) throw wrongShape(where, 'has an "auth" that is not a mapping');
  return { top: texts(entry), auth: texts(auth) };
}

function texts(mapping: Mapping): Map<string, string> {
  const scalars = Object.entries(mapping).filter(([, value]) =>
    ["string", "number", "boolean", "bigint"].includes(typeof value),
  );
  return new Map(scalars.map(([key, value]) => [key.replaceAll("-", "_"), String(value)]));
}

export function mergeLayers(...layers: readonly Layer[]): Layer {
  return {
    top: new Map(layers.flatMap(({ top }) => [...top])),
    auth: new Map(layers.flatMap(({ auth }) => [...auth])),
  };
}

/** Old names by the one in use; where several are set the last one wins. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  project_id: ["tenant_id", "project_id"],
  project_name: ["tenant_name", "project_name"],
  token: ["auth_token", "token"],
  username: ["user_name", "username"],
  auth_type: ["auth_plugin", "auth_type"],
};

/** One map of settings. A value beside `auth` beats the same one inside (openstack/config/loader.py, `_fix_backwards_auth`). */
export function flatten({ top, auth }: Layer): Map<string, string> {
  const flat = new Map([...auth, ...top].map(([key, value]) => [key.replace(/endpoint_type$/, "interface"), value]));
  for (const [name, spellings] of Object.entries(aliases)) {
    const values = spellings.flatMap((key) => [auth.get(key), top.get(key)]).filter((value) => value !== undefined);
    for (const key of spellings) flat.delete(key);
    const winner = values.at(-1);
    if (winner !== undefined) flat.set(name, winner);
  }
  shareDomain(flat);
  return withPlaceholders(flat);
}

/** A domain beside a project is that of the user and the project; without a project it is the scope (`_handle_domain_id`). */
function shareDomain(flat: Map<string, string>): void {
  if (!flat.has("project_id") && !flat.has("project_name")) return;
  for (const kind of ["id", "name"]) {
    const domain = flat.get(`domain_${kind}`);
    flat.delete(`domain_${kind}`);
    if (domain === undefined) continue;
    for (const key of [`user_domain_${kind}`, `project_domain_${kind}`]) if (!flat.has(key)) flat.set(key, domain);
  }
}

const neverExpanded = /password|secret|token|passcode/;

/** `https://keystone.{region_name}.example`: names of other settings in braces. */
function withPlaceholders(flat: ReadonlyMap<string, string>): Map<string, string> {
  const expand = (value: string) => value.replace(/\{(\w+)\}/g, (whole, name: string) => flat.get(name) ?? whole);
  return new Map([...flat].map(([key, value]) => [key, neverExpanded.test(key) ? value : expand(value)]));
}
