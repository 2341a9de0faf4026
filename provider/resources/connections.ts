import type { Capabilities } from "../glance/capabilities";
import { capabilitiesOf, isSameEndpoint } from "../glance/discover";
import { Leftovers } from "../image/stamp";
import { Turns } from "../image/turns";
import type { ProviderConfig } from "./config/types";
import { type ConnectionEnvironment, openSession, speak } from "./reach";
import type { Connection, Place } from "./resource";

/** Uploads at a time unless the configuration says otherwise. */
const usualTransfers = 4;

/** The connections of one process: one per cloud and region, made when first needed. */
export class Connections {
  private readonly made = new Map<string, Promise<Connection>>();
  /** What uploads share is this machine's way to the network, whichever cloud they go to. */
  private readonly turns: Turns;

  constructor(
    private readonly config: ProviderConfig,
    private readonly environment: ConnectionEnvironment,
  ) {
    this.turns = new Turns(config.maxConcurrentTransfers ?? usualTransfers);
  }

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
    const { requestTimeout, format, targetNs, environmentId } = this.config;
    const base = cloud === undefined ? this.config : { cloud, requestTimeout, format, targetNs, environmentId };
    // The configured endpoint is of the service that speaks the configured API.
    const isOtherService = api !== undefined && !isSameEndpoint(api, this.config.api);
    return {
      ...base,
      ...(region !== undefined && { region }),
      ...(api !== undefined && { api }),
      ...(isOtherService && { endpointOverride: undefined }),
    };
  }

  private async open(options: ProviderConfig): Promise<Connection> {
    const { cloud, session } = openSession(options, this.environment);
    for (const warning of cloud.warnings) this.environment.warn(warning);
    const images = await speak(session, options, this.environment);
    return { images, leftovers: new Leftovers(images), projectId: () => session.projectId(), turns: this.turns };
  }
}
