import { type ConfigKey, configKeys } from "./keys";

/** Names that clouds.yaml, the `OS_*` variables and other tools have for a key, in small letters only. */
const otherNames: Readonly<Record<string, ConfigKey>> = {
  url: "authUrl",
  identityendpoint: "authUrl",
  user: "userName",
  authtoken: "token",
  project: "projectName",
  tenant: "projectName",
  tenantname: "projectName",
  tenantid: "projectId",
  domain: "domainName",
  userdomain: "userDomainName",
  projectdomain: "projectDomainName",
  regionname: "region",
  interface: "endpointType",
  endpoint: "endpointOverride",
  imageendpointoverride: "endpointOverride",
  computeendpointoverride: "endpointOverride",
  verify: "insecure",
  cacert: "cacertFile",
  cert: "certFile",
  key: "keyFile",
  timeout: "requestTimeout",
  apitimeout: "requestTimeout",
  salt: "stampSalt",
};

/** The key that somebody meant who wrote `written`, if one can be guessed. */
export function meantKey(written: string): ConfigKey | undefined {
  const name = plain(written.replace(/^os_/i, ""));
  const same = configKeys.find((key) => plain(key) === name);
  if (same) return same;
  if (Object.hasOwn(otherNames, name)) return otherNames[name];
  const [nearest] = configKeys
    .filter((key) => isNear(Math.abs(key.length - name.length), name))
    .map((key) => ({ key, distance: distance(plain(key), name) }))
    .sort((one, other) => one.distance - other.distance);
  return nearest && isNear(nearest.distance, name) ? nearest.key : undefined;
}

const isNear = (distance: number, name: string) => distance <= name.length / 4;

/** `auth_url`, `auth-url` and `authURL` are written differently and say the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Letters to insert, remove or replace to get from one to the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, wanted] of [...other].entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[column], row[column + 1], row[column]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
