import type { Capabilities } from "../glance/capabilities";
import { capabilitiesOf, isSameEndpoint } from "../glance/discover";
import { Leftovers } from "../image/stamp";
import { Transfers } from "../image/transfer/transfers";
import type { ProviderConfig } from "./config/types";
import { type ConnectionEnvironment, openSession, speak } from "./reach";
import type { Connection, Place } from "./resource";

const mebibyte = 1024 ** 2;

/** The connections of one process: one per cloud and region, made when first needed. */
export class Connections {
  private readonly made = new Map<string, Promise<Connection>>();
  private readonly transfers: Transfers;

  constructor(
    private readonly config: ProviderConfig,
    private readonly environment: ConnectionEnvironment,
  ) {
    const { maxConcurrentTransfers, maxBandwidth, idleTimeout, requestTimeout } = config;
    this.transfers = new Transfers({
      atATime: maxConcurrentTransfers,
      idleTimeout,
      requestTimeout,
      ...(maxBandwidth !== undefined && { bytesPerSecond: maxBandwidth * mebibyte }),
    });
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
    const { requestTimeout, idleTimeout, format, targetNs, environmentId } = this.config;
    const carried = { requestTimeout, idleTimeout, format, targetNs, environmentId };
    const base = cloud === undefined ? this.config : { cloud, ...carried };
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
    return {
      images,
      leftovers: new Leftovers(images),
      projectId: () => session.projectId(),
      transfers: this.transfers,
    };
  }
}
