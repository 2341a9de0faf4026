import type { Capabilities } from "../glance/capabilities";
import { capabilitiesOf, connect, endpointFrom, serviceOf } from "../glance/discover";
import { createHttp } from "../http/client";
import { Leftovers } from "../image/stamp";
import { resolveCloud } from "../keystone/resolve";
import { createSession } from "../keystone/session";
import type { ProviderConfig } from "./providerConfig";
import type { Connection, Place } from "./resource";

/** What a process gives to its connections. */
export interface ConnectionEnvironment {
  env: NodeJS.ProcessEnv;
  /** The working directory, where clouds.yaml is looked for first. */
  directory: string;
  /** Told what the user should know and that stops nothing, e.g. a file that was skipped. */
  warn(text: string): void;
}

/** The connections of one process: one per cloud and region, made when first needed. */
export class Connections {
  private readonly made = new Map<string, Promise<Connection>>();

  constructor(
    private readonly config: ProviderConfig,
    private readonly environment: ConnectionEnvironment,
  ) {}

  connect({ cloud, region, api }: Place): Promise<Connection> {
    const key = JSON.stringify([cloud, region, api]);
    const known = this.made.get(key);
    if (known) return known;
    const connection = this.open(this.optionsFor({ cloud, region, api }));
    this.made.set(key, connection);
    // A failed attempt must not be remembered: the next call may find the network back.
    connection.catch(() => this.made.delete(key));
    return connection;
  }

  capabilities(where: Place): Capabilities | undefined {
    return capabilitiesOf(this.optionsFor(where).api);
  }

  /** A resource that names its own cloud takes everything from there; credentials of another cloud would only mislead. */
  private optionsFor({ cloud, region, api }: Place): ProviderConfig {
    const base = cloud === undefined ? this.config : { cloud, requestTimeout: this.config.requestTimeout };
    // The configured endpoint is of the service that speaks the configured API.
    const isOtherService = api !== undefined && serviceOf(api) !== serviceOf(this.config.api);
    return {
      ...base,
      ...(region !== undefined && { region }),
      ...(api !== undefined && { api }),
      ...(isOtherService && { endpointOverride: undefined }),
    };
  }

  private async open(options: ProviderConfig): Promise<Connection> {
    const { env, warn } = this.environment;
    const { api, format, endpointOverride = endpointFrom(env, api) } = options;
    const cloud = resolveCloud({ ...options, endpointOverride }, this.environment, serviceOf(api));
    for (const warning of cloud.warnings) warn(warning);
    const http = createHttp({ ...cloud.transport, requestTimeout: options.requestTimeout });
    const session = createSession(cloud, http, { warn });
    const images = await connect(session, {
      api,
      format,
      targetNs: options.targetNs ?? env.GLANCE_TARGET_NS,
      environmentId: options.environmentId ?? env.GLANCE_ENVIRONMENT_ID,
    });
    return { images, leftovers: new Leftovers(images), projectId: () => session.projectId() };
  }
}
