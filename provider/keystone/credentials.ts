import type { AuthKey, CloudOptions } from "./types";
import { asText, type Mapping, mappingIn, type Value } from "./values";

/** Everything that may stand under `auth`. */
export type CredentialKey =
  | AuthKey
  | "authUrl"
  | "endpoint"
  | "defaultDomainId"
  | "defaultDomainName"
  | "defaultDomain";

export type Credentials = Partial<Record<CredentialKey, string>>;

/** Where openstacksdk finds a credential: its names, the best first, and whether one beside `auth` beats one inside. */
interface Spelling {
  names: readonly string[];
  besideWins: boolean;
}

const inside = (...names: string[]): Spelling => ({ names, besideWins: false });
const beside = (...names: string[]): Spelling => ({ names, besideWins: true });

// `_fix_backwards_auth` (beside) and `_validate_auth` (inside) of openstack/config/loader.py.
const spellings: Record<CredentialKey, Spelling> = {
  authUrl: inside("auth_url"),
  userName: inside("username", "user_name"),
  userId: inside("user_id"),
  password: inside("password"),
  applicationCredentialId: inside("application_credential_id"),
  applicationCredentialName: inside("application_credential_name"),
  applicationCredentialSecret: inside("application_credential_secret"),
  systemScope: inside("system_scope"),
  trustId: inside("trust_id"),
  endpoint: inside("endpoint", "url"),
  defaultDomainId: inside("default_domain_id"),
  defaultDomainName: inside("default_domain_name"),
  defaultDomain: inside("default_domain"),
  token: beside("token", "auth_token"),
  projectId: beside("project_id", "tenant_id"),
  projectName: beside("project_name", "tenant_name"),
  userDomainId: beside("user_domain_id"),
  userDomainName: beside("user_domain_name"),
  projectDomainId: beside("project_domain_id"),
  projectDomainName: beside("project_domain_name"),
  domainId: beside("domain_id"),
  domainName: beside("domain_name"),
};

const keys = Object.keys(spellings) as CredentialKey[];

/** Every spelling of every credential in clouds.yaml. */
export const credentialNames: ReadonlySet<string> = new Set(Object.values(spellings).flatMap(({ names }) => names));

/** The credentials among the settings of a cloud. */
export function credentialsIn(settings: Mapping, source: string): Credentials {
  const auth = mappingIn(settings, "auth", source);
  const found: Credentials = {};
  for (const key of keys) {
    const value = spelled(spellings[key], settings, auth, source);
    if (value !== undefined) found[key] = value;
  }
  return withDomains(found);
}

function spelled({ names, besideWins }: Spelling, settings: Mapping, auth: Mapping, source: string) {
  const both = (name: string): [string, Value | undefined][] => [
    [`"${name}" of ${source}`, settings.get(name)],
    [`"auth.${name}" of ${source}`, auth.get(name)],
  ];
  const places = names.map(both);
  const ordered = besideWins ? places.flat() : [...places.map(([, within]) => within), ...places.map(([out]) => out)];
  for (const place of ordered) {
    const text = place && asText(place[1], place[0]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Ways to say one thing: an option for one of them sets aside the others of the cloud below it. */
const alternatives: readonly (readonly AuthKey[])[] = [
  ["userId", "userName"],
  ["userDomainId", "userDomainName"],
  ["projectDomainId", "projectDomainName"],
  ["applicationCredentialId", "applicationCredentialName"],
  ["projectId", "projectName", "domainId", "domainName", "systemScope", "trustId"],
];

/** The options over what the cloud says. */
export function withOptions(below: Credentials, options: CloudOptions): Credentials {
  const given = keys.flatMap((key) => {
    const value = key in options ? options[key as keyof CloudOptions] : undefined;
    return typeof value === "string" && value !== "" ? [[key, value] as const] : [];
  });
  const names = new Set<string>(given.map(([key]) => key));
  const aside = new Set<string>(alternatives.filter((group) => group.some((key) => names.has(key))).flat());
  const kept = Object.entries(below).filter(([key]) => !aside.has(key));
  return withDomains(Object.fromEntries([...kept, ...given]));
}

/**
 * Fills the domains of the user and the project where neither id nor name is given: from a domain beside a project
 * (without a project that domain is the scope), then from the default domain.
 */
function withDomains(given: Credentials): Credentials {
  const { domainId, domainName, ...rest } = given;
  const hasProject = rest.projectId !== undefined || rest.projectName !== undefined;
  const shared = hasProject ? withDomain(rest, domainId, domainName) : given;
  const { defaultDomainId, defaultDomainName, defaultDomain } = given;
  return withDomain(
    shared,
    defaultDomainId ?? (defaultDomainName === undefined ? defaultDomain : undefined),
    defaultDomainName,
  );
}

function withDomain(given: Credentials, id: string | undefined, name: string | undefined): Credentials {
  const domain = (idKey: CredentialKey, nameKey: CredentialKey): Credentials =>
    given[idKey] === undefined && given[nameKey] === undefined
      ? { ...(id !== undefined && { [idKey]: id }), ...(name !== undefined && { [nameKey]: name }) }
      : {};
  return {
    ...given,
    ...domain("userDomainId", "userDomainName"),
    ...domain("projectDomainId", "projectDomainName"),
  };
}
