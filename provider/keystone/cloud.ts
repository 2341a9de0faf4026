import { homedir } from "node:os";
import { join } from "node:path";
import { GlanceError } from "../http/errors";
import type { Environment } from "./files";
import type { Cloud, CloudOptions, ServiceSettings } from "./types";

type Flat = ReadonlyMap<string, string>;
type Auth = Cloud["auth"];

/** Names of the credentials and scopes in clouds.yaml (and, in capitals behind `OS_`, in the environment). */
const authKeys: { [K in keyof Required<Auth>]: string } = {
  userName: "username",
  userId: "user_id",
  password: "password",
  token: "token",
  applicationCredentialId: "application_credential_id",
  applicationCredentialName: "application_credential_name",
  applicationCredentialSecret: "application_credential_secret",
  projectName: "project_name",
  projectId: "project_id",
  userDomainName: "user_domain_name",
  userDomainId: "user_domain_id",
  projectDomainName: "project_domain_name",
  projectDomainId: "project_domain_id",
  domainName: "domain_name",
  domainId: "domain_id",
  systemScope: "system_scope",
  trustId: "trust_id",
};

const authTypes: Readonly<Record<string, Cloud["authType"]>> = {
  password: "password",
  v3password: "password",
  token: "token",
  v3token: "token",
  v3applicationcredential: "application_credential",
  application_credential: "application_credential",
  admin_token: "admin_token",
  token_endpoint: "admin_token",
  none: "none",
};

/** A cloud from its settings, with the options over them. */
export function cloudFrom(name: string, flat: Flat, options: CloudOptions, environment: Environment): Cloud {
  const auth = authOf(flat, options);
  const cloud: Cloud = {
    name,
    authType: authTypeOf(options.authType ?? flat.get("auth_type"), auth),
    authUrl: options.authUrl ?? flat.get("auth_url"),
    auth,
    region: options.region ?? flat.get("region_name"),
    interface: interfaceOf(options.endpointType ?? flat.get("interface") ?? "public"),
    services: { image: serviceOf("image", flat, options), compute: serviceOf("compute", flat, {}) },
    transport: transportOf(flat, options, environment),
  };
  refuseIncomplete(cloud);
  return cloud;
}

function authOf(flat: Flat, options: CloudOptions): Auth {
  const names = Object.keys(authKeys) as (keyof Auth)[];
  const auth: Record<string, string> = {};
  for (const name of names) {
    const value = options[name] ?? flat.get(authKeys[name]);
    if (value !== undefined) auth[name] = value;
  }
  return { ...defaultDomains(flat, auth), ...auth };
}

/** `default_domain_*` stands in for both domains where neither id nor name of one is given. */
function defaultDomains(flat: Flat, auth: Auth): Auth {
  const id = flat.get("default_domain_id") ?? flat.get("default_domain");
  const name = flat.get("default_domain_name");
  const hasUser = auth.userDomainId !== undefined || auth.userDomainName !== undefined;
  const hasProject = auth.projectDomainId !== undefined || auth.projectDomainName !== undefined;
  return {
    ...(!hasUser && id !== undefined && { userDomainId: id }),
    ...(!hasUser && name !== undefined && { userDomainName: name }),
    ...(!hasProject && id !== undefined && { projectDomainId: id }),
    ...(!hasProject && name !== undefined && { projectDomainName: name }),
  };
}

function authTypeOf(text: string | undefined, auth: Auth): Cloud["authType"] {
  if (text === undefined) {
    if (auth.applicationCredentialSecret !== undefined) return "application_credential";
    return auth.token !== undefined && auth.password === undefined ? "token" : "password";
  }
  const type = authTypes[text.toLowerCase()];
  if (type) return type;
  throw new GlanceError({
    code: "CONFIG",
    message: `The authentication type "${text}" is not supported`,
    hint: "Use password, token, v3applicationcredential, admin_token or none",
  });
}

function interfaceOf(text: string): Cloud["interface"] {
  const name = text.replace(/URL$/, "");
  if (name === "public" || name === "internal" || name === "admin") return name;
  throw new GlanceError({ code: "CONFIG", message: `The endpoint type "${text}" is not public, internal or admin` });
}

/** Settings for one service beat those for all (`image_interface`, `image_endpoint_override`, …). */
function serviceOf(type: string, flat: Flat, options: CloudOptions): ServiceSettings {
  const endpointOverride =
    options.endpointOverride ?? flat.get(`${type}_endpoint_override`) ?? flat.get(`${type}_endpoint`);
  const wanted = options.endpointType === undefined ? flat.get(`${type}_interface`) : undefined;
  const region = options.region === undefined ? flat.get(`${type}_region_name`) : undefined;
  const serviceType = flat.get(`${type}_service_type`);
  const serviceName = flat.get(`${type}_service_name`);
  return {
    ...(endpointOverride !== undefined && { endpointOverride }),
    ...(wanted !== undefined && { interface: interfaceOf(wanted) }),
    ...(region !== undefined && { region }),
    ...(serviceType !== undefined && { serviceType }),
    ...(serviceName !== undefined && { serviceName }),
  };
}

function transportOf(flat: Flat, options: CloudOptions, { env, home = homedir() }: Environment): Cloud["transport"] {
  const file = (option: string | undefined, key: string) => {
    const path = option ?? flat.get(key);
    return path?.startsWith("~/") ? join(home, path.slice(2)) : path;
  };
  const isTrue = (text: string | undefined) => text?.toLowerCase() === "true";
  return {
    env,
    insecure: options.insecure ?? (isTrue(flat.get("insecure")) || flat.get("verify")?.toLowerCase() === "false"),
    cacertFile: file(options.cacertFile, "cacert"),
    certFile: file(options.certFile, "cert"),
    keyFile: file(options.keyFile, "key"),
  };
}

/** What each way to authenticate cannot do without. */
function refuseIncomplete({ name, authType, authUrl, auth, services }: Cloud): void {
  const lacks = (...needed: [unknown, string][]) =>
    needed.filter(([value]) => value === undefined || value === "").map(([, what]) => what);
  const url: [unknown, string] = [authUrl, "authUrl (OS_AUTH_URL)"];
  const override: [unknown, string] = [
    services.image?.endpointOverride,
    "endpointOverride (OS_IMAGE_ENDPOINT_OVERRIDE)",
  ];
  const missing = {
    password: () =>
      lacks(url, [auth.userId ?? auth.userName, "userName (OS_USERNAME)"], [auth.password, "password (OS_PASSWORD)"]),
    token: () => lacks(authUrl === undefined ? override : url, [auth.token, "token (OS_TOKEN)"]),
    application_credential: () =>
      lacks(
        url,
        [
          auth.applicationCredentialId ?? auth.applicationCredentialName,
          "applicationCredentialId (OS_APPLICATION_CREDENTIAL_ID)",
        ],
        [auth.applicationCredentialSecret, "applicationCredentialSecret (OS_APPLICATION_CREDENTIAL_SECRET)"],
      ),
    admin_token: () => lacks(override, [auth.token, "token (OS_TOKEN)"]),
    none: () => lacks(override),
  }[authType]();
  if (missing.length === 0) return;
  throw new GlanceError({
    code: "CONFIG",
    message: `The credentials of the cloud "${name}" are incomplete: ${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing`,
    hint: "Set them in clouds.yaml, in the environment or with `pulumi config set glance:…`",
  });
}
