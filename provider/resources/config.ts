import type { ProviderConfig } from "./providerConfig";

type Reader = (text: string) => string | number | boolean;

const asText: Reader = (text) => text;
const asFlag: Reader = (text) => ["true", "1", "yes"].includes(text.toLowerCase());
const asNumber: Reader = (text) => Number(text);

/** Every key of the configuration namespace `glance`, and how its text is read. */
const readers: { [K in keyof Required<ProviderConfig>]: Reader } = {
  cloud: asText,
  authUrl: asText,
  authType: asText,
  userName: asText,
  userId: asText,
  password: asText,
  token: asText,
  applicationCredentialId: asText,
  applicationCredentialName: asText,
  applicationCredentialSecret: asText,
  projectName: asText,
  projectId: asText,
  userDomainName: asText,
  userDomainId: asText,
  projectDomainName: asText,
  projectDomainId: asText,
  domainName: asText,
  domainId: asText,
  systemScope: asText,
  trustId: asText,
  region: asText,
  endpointType: asText,
  endpointOverride: asText,
  insecure: asFlag,
  cacertFile: asText,
  certFile: asText,
  keyFile: asText,
  requestTimeout: asNumber,
  api: asText,
  format: asText,
  targetNs: asText,
  environmentId: asText,
};

const configKeys = Object.keys(readers) as (keyof ProviderConfig)[];

/** Reads the configuration through `get`, which knows one key of the namespace at a time. */
export function readConfig(get: (key: string) => string | undefined): ProviderConfig {
  const set = configKeys.flatMap((key) => {
    const text = get(key);
    return text === undefined || text === "" ? [] : [[key, readers[key](text)] as const];
  });
  return Object.fromEntries(set);
}
