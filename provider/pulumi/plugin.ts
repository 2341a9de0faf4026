import type { ProviderConfig } from "../resources/config";
import type { Connections } from "../resources/connections";
import type { Place } from "../resources/resource";
import { behind } from "./behind";
import { EngineLog } from "./engineLog";

/** What one plugin process knows: its configuration, the connections made with it, and whether it was told to stop. */
export class Plugin {
  readonly log = new EngineLog();
  /** What previews with this configuration could not find out. */
  failedLooks = new Map<string, unknown>();
  /** Where the engine starts a plugin: the directory of the user's program. */
  readonly directory = process.cwd();
  readonly environment = {
    env: process.env,
    directory: this.directory,
    warn: (text: string) => this.log.warn(text),
  };
  private readonly running = new Set<Promise<unknown>>();
  private stop = new AbortController();
  private configured: ProviderConfig = {};
  private made: Connections | undefined;

  get config(): ProviderConfig {
    return this.configured;
  }

  /** An engine introduces itself. A plugin that a debugger holds meets many of them, each after the last one's Cancel. */
  meet(address: string): void {
    this.log.connect(address);
    if (this.stop.signal.aborted) this.stop = new AbortController();
  }

  /** Only stores: the engine starts and configures plugins that it never asks for anything. */
  configure(config: ProviderConfig): void {
    this.configured = config;
    this.made = undefined;
    this.failedLooks = new Map();
  }

  connect = (where: Place) => this.connections().connect(where);
  capabilities = (where: Place) => this.connections().capabilities(where);

  /** Aborted once the engine wants everything to end. */
  get cancelled(): AbortSignal {
    return this.stop.signal;
  }

  cancel(): void {
    this.stop.abort();
  }

  /** Has `ended` wait for the work, whoever else does. */
  during<T>(work: Promise<T>): Promise<T> {
    this.running.add(work);
    const done = () => this.running.delete(work);
    work.then(done, done);
    return work;
  }

  /** Everything that runs has come to its end, and what it leaves in the cloud is in order. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private connections(): Connections {
    const { Connections } = behind();
    this.made ??= new Connections(this.configured, this.environment);
    return this.made;
  }
}
