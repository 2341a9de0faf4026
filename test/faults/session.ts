import { Engine } from "../tools/plugin/engine";
import { PluginProcess } from "../tools/plugin/process";
import { asEngine } from "../tools/plugin/requests";
import type { Values } from "./engine";

/** Variables and configuration of a plugin, as a user sets them. */
export interface Setting {
  env: Record<string, string>;
  config: Values;
  /** The program's directory. */
  folder: string;
  /** What starts the plugin. Default: the compiled sources. */
  command?: readonly [string, ...string[]];
}

/** A configured plugin with somebody who takes its messages. */
export class PluginSession {
  readonly calls: ReturnType<typeof asEngine>;

  private constructor(
    private readonly engine: Engine,
    private readonly plugin: PluginProcess,
  ) {
    this.calls = asEngine(plugin);
  }

  static async start({ env, config, folder, command }: Setting): Promise<PluginSession> {
    const engine = await Engine.start();
    const options = { env, cwd: folder, engine: engine.address, ...(command && { command }) };
    const plugin = await PluginProcess.start(options);
    const session = new PluginSession(engine, plugin);
    await session.calls.configure(config);
    return session;
  }

  /** What it wrote for people so far, progress left out. */
  get messages(): string[] {
    const logged = this.engine.messages.filter(({ ephemeral }) => !ephemeral).map(({ message }) => message);
    const { stdout, stderr } = this.plugin.output;
    // The first line is the port.
    return [...logged, stderr, stdout.replace(/^\d+\n/, "")].filter((text) => text !== "");
  }

  /** Ends the plugin with SIGKILL. */
  async kill(): Promise<void> {
    await this.plugin.stop("SIGKILL");
    this.engine.close();
  }
}
