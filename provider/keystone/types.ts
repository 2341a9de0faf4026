import type { HttpRequest, HttpResponse, TransportOptions } from "../http/types";

/** What a user may say about a cloud; every value beats the same one from clouds.yaml and the environment. */
export interface CloudOptions {
  /** Entry of clouds.yaml; also `OS_CLOUD`. */
  cloud?: string | undefined;
  authUrl?: string | undefined;
  /** password, token, v3applicationcredential, admin_token, none; also with the prefix `v3`. Default: by the credentials given. */
  authType?: string | undefined;
  userName?: string | undefined;
  userId?: string | undefined;
  password?: string | undefined;
  token?: string | undefined;
  applicationCredentialId?: string | undefined;
  applicationCredentialName?: string | undefined;
  applicationCredentialSecret?: string | undefined;
  projectName?: string | undefined;
  projectId?: string | undefined;
  userDomainName?: string | undefined;
  userDomainId?: string | undefined;
  projectDomainName?: string | undefined;
  projectDomainId?: string | undefined;
  domainName?: string | undefined;
  domainId?: string | undefined;
  /** `all`. */
  systemScope?: string | undefined;
  trustId?: string | undefined;
  region?: string | undefined;
  /** public, internal or admin. Default public. */
  endpointType?: string | undefined;
  /** URL of the image service, used instead of the catalog's. */
  endpointOverride?: string | undefined;
  insecure?: boolean | undefined;
  cacertFile?: string | undefined;
  certFile?: string | undefined;
  keyFile?: string | undefined;
}

/** Who asks, and for which scope. */
type AuthKey =
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

/** A cloud as resolved from options, files and environment; no request was sent for it. */
export interface Cloud {
  /** Where it comes from, for messages: the entry of clouds.yaml, `envvars`, or `configuration`. */
  name: string;
  authType: "password" | "token" | "application_credential" | "admin_token" | "none";
  /** As given; absent only for `admin_token` and `none`. */
  authUrl: string | undefined;
  auth: Readonly<Pick<CloudOptions, AuthKey>>;
  region: string | undefined;
  interface: "public" | "internal" | "admin";
  /** Endpoint overrides and other service-prefixed settings by service type (`image`, `compute`). */
  services: Readonly<Record<string, ServiceSettings>>;
  transport: TransportOptions;
}

export interface ServiceSettings {
  endpointOverride?: string;
  interface?: "public" | "internal" | "admin";
  region?: string;
  serviceType?: string;
  serviceName?: string;
}

/** A request to a service of the cloud: `path` is appended to its endpoint. */
export interface ServiceRequest extends Omit<HttpRequest, "url"> {
  path: string;
}

/** An authenticated way to one cloud. Nothing is sent before the first call. */
export interface Session {
  /** Adds the token; on 401 authenticates anew and repeats once (only where the body can be sent again). */
  request(serviceType: string, request: ServiceRequest): Promise<HttpResponse>;
  /** URL of the service without a trailing slash. */
  endpoint(serviceType: string): Promise<string>;
  /** Id of the project that the token is scoped to. */
  projectId(): Promise<string | undefined>;
  /** Renews the token now if fewer than `seconds` of its life remain, e.g. before a long transfer. */
  ensureValidFor(seconds: number): Promise<void>;
  close(): Promise<void>;
}
