import type { HttpRequest, HttpResponse, TransportOptions } from "../http/types";

/** What a user may say about a cloud; every value beats the same one from clouds.yaml and the environment. */
export interface CloudOptions {
  /**
   * Entry of clouds.yaml; also `OS_CLOUD`.
   * @env OS_CLOUD
   */
  cloud?: string | undefined;
  /** URL of Keystone, e.g. `https://cloud.example:5000/v3`. Also `OS_AUTH_URL`. */
  authUrl?: string | undefined;
  /**
   * password, token, v3applicationcredential, admin_token, none; also with the prefix `v3`. Default: by the credentials given. Also `OS_AUTH_TYPE`.
   */
  authType?: string | undefined;
  /** Name of the user; needs the user's domain. Also `OS_USERNAME`. */
  userName?: string | undefined;
  /** Id of the user. Also `OS_USER_ID`. */
  userId?: string | undefined;
  /**
   * Password of the user; also `OS_PASSWORD`.
   * @secret
   */
  password?: string | undefined;
  /**
   * Token to use instead of a password; also `OS_TOKEN`.
   * @secret
   */
  token?: string | undefined;
  /** Id of an application credential. Also `OS_APPLICATION_CREDENTIAL_ID`. */
  applicationCredentialId?: string | undefined;
  /** Name of an application credential; needs the user. Also `OS_APPLICATION_CREDENTIAL_NAME`. */
  applicationCredentialName?: string | undefined;
  /**
   * Secret of the application credential; also `OS_APPLICATION_CREDENTIAL_SECRET`.
   * @secret
   */
  applicationCredentialSecret?: string | undefined;
  /** Name of the project to work in; needs the project's domain. Also `OS_PROJECT_NAME` or `OS_TENANT_NAME`. */
  projectName?: string | undefined;
  /** Id of the project to work in. Also `OS_PROJECT_ID` or `OS_TENANT_ID`. */
  projectId?: string | undefined;
  /** Name of the user's domain. Also `OS_USER_DOMAIN_NAME`. */
  userDomainName?: string | undefined;
  /** Id of the user's domain. Also `OS_USER_DOMAIN_ID`. */
  userDomainId?: string | undefined;
  /** Name of the project's domain. Also `OS_PROJECT_DOMAIN_NAME`. */
  projectDomainName?: string | undefined;
  /** Id of the project's domain. Also `OS_PROJECT_DOMAIN_ID`. */
  projectDomainId?: string | undefined;
  /** Name of the domain to work in instead of a project. Also `OS_DOMAIN_NAME`. */
  domainName?: string | undefined;
  /** Id of the domain to work in instead of a project. Also `OS_DOMAIN_ID`. */
  domainId?: string | undefined;
  /** `all`: work on the whole system instead of a project. Also `OS_SYSTEM_SCOPE`. */
  systemScope?: string | undefined;
  /** Id of a trust to act under. Also `OS_TRUST_ID`. */
  trustId?: string | undefined;
  /** Region of the image service; also `OS_REGION_NAME`. */
  region?: string | undefined;
  /** public, internal or admin. Default public. Also `OS_INTERFACE` or `OS_ENDPOINT_TYPE`. */
  endpointType?: string | undefined;
  /**
   * URL of the image service, used instead of the catalog's. Also `OS_IMAGE_ENDPOINT_OVERRIDE`. With `api: compute` that of the Compute
   * service, version included; also `OS_COMPUTE_ENDPOINT_OVERRIDE`.
   */
  endpointOverride?: string | undefined;
  /** Whether to accept any certificate of the servers. Also `OS_INSECURE`. */
  insecure?: boolean | undefined;
  /** File with the certificates (PEM) of authorities to trust instead of the usual ones. Also `OS_CACERT`. */
  cacertFile?: string | undefined;
  /** File with the client's certificate (PEM). Also `OS_CERT`. */
  certFile?: string | undefined;
  /** File with the key (PEM) of the client's certificate. Also `OS_KEY`. */
  keyFile?: string | undefined;
}

/** Who asks, and for which scope. */
export type AuthKey =
  | "userName"
  | "userId"
  | "password"
  | "token"
  | "applicationCredentialId"
  | "applicationCredentialName"
  | "applicationCredentialSecret"
  | "projectName"
  | "projectId"
  | "userDomainName"
  | "userDomainId"
  | "projectDomainName"
  | "projectDomainId"
  | "domainName"
  | "domainId"
  | "systemScope"
  | "trustId";

export type AuthType = "password" | "token" | "application_credential" | "admin_token" | "none";

export type Interface = "public" | "internal" | "admin";

/** The services that images are asked of, by their type in the catalog. */
export type ServiceType = "image" | "compute";

/** A cloud as resolved from options, files and environment; no request was sent for it. */
export interface Cloud {
  /** Where it comes from: the entry of clouds.yaml, `envvars`, or `configuration`. */
  name: string;
  /** The same in words, for messages: `the cloud "lab" in /home/me/clouds.yaml`. */
  source: string;
  authType: AuthType;
  /** As given; always there for a password and an application credential. */
  authUrl: string | undefined;
  auth: Readonly<Pick<CloudOptions, AuthKey>>;
  region: string | undefined;
  interface: Interface;
  /** Endpoint overrides and other service-prefixed settings by service type (`image`, `compute`). */
  services: Readonly<Record<string, ServiceSettings>>;
  transport: TransportOptions;
  /** What was passed over on the way, e.g. a file that cannot be parsed. */
  warnings: readonly string[];
}

export interface ServiceSettings {
  endpointOverride?: string;
  interface?: Interface;
  region?: string;
  serviceType?: string;
  serviceName?: string;
}

/** A request to a service of the cloud: `path` is appended to its endpoint. */
export interface ServiceRequest extends Omit<HttpRequest, "url"> {
  path: string;
}

/** What Keystone says of the token that a session uses. */
export interface TokenFacts {
  user: Named | undefined;
  /** What it is scoped to, unless that is a domain, the system or nothing. */
  project: Named | undefined;
  /** Names of the user's roles there. */
  roles: readonly string[];
  /** Seconds that it still lives; Infinity where that is not known. */
  secondsLeft: number;
  /** Whether the session gets another one before its end. */
  renewable: boolean;
  /** Seconds by which Keystone's clock is ahead of this machine's; undefined where its answer has no date. */
  clockAhead: number | undefined;
}

export interface Named {
  id: string;
  name?: string | null | undefined;
}

/** An authenticated way to one cloud. Nothing is sent before the first call. */
export interface Session {
  /** Adds the token; on 401 authenticates anew and repeats once (only where the body can be sent again). */
  request(serviceType: string, request: ServiceRequest): Promise<HttpResponse>;
  /** URL of the service without a trailing slash. */
  endpoint(serviceType: string): Promise<string>;
  /** Id of the project that the token is scoped to. */
  projectId(): Promise<string | undefined>;
  /** Undefined where Keystone is not asked. */
  describe(): Promise<TokenFacts | undefined>;
  /** Renews the token now if fewer than `seconds` of its life remain, e.g. before a long transfer. */
  ensureValidFor(seconds: number): Promise<void>;
  close(): Promise<void>;
}
