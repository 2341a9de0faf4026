import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type ClientUnaryCall, credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { repositoryRoot } from "../../../scripts/tools";

export interface PluginOptions {
  /** What starts the plugin. Default: this Node with the compiled sources. */
  command?: readonly [file: string, ...args: string[]];
  /** Variables that the plugin sees, e.g. the `OS_*` of a cloud. */
  env?: Record<string, string>;
  /** Directory of the program. Default: the repository's. */
  cwd?: string;
  /** Address of an engine; without one the plugin is as attached by a debugger. */
  engine?: string;
}

const compiled = [process.execPath, join(repositoryRoot, "dist", "provider", "main.js")] as const;

type Unary<Request, Response> = (
  request: Request,
  done: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;
type Methods = { [K in keyof ResourceProviderClient]: ResourceProviderClient[K] };

/** The plugin as a process of its own, and a raw gRPC client that asks it. */
export class PluginProcess {
  private readonly pending = new Set<ClientUnaryCall>();

  private constructor(
    readonly child: ChildProcess,
    readonly client: ResourceProviderClient,
    private readonly written: { stdout: string; stderr: string },
  ) {}

  static async start({
    command: [file, ...args] = compiled,
    env = {},
    cwd = repositoryRoot,
    engine,
  }: PluginOptions = {}): Promise<PluginProcess> {
    const child = spawn(file, [...args, ...(engine === undefined ? [] : [engine])], {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const written = { stdout: "", stderr: "" };
    child.stderr.setEncoding("utf8").on("data", (text) => {
      written.stderr += text;
    });
    child.stdout.setEncoding("utf8").on("data", (text) => {
      written.stdout += text;
    });
    await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    if (child.exitCode !== null) throw new Error(`the plugin ended with code ${child.exitCode}: ${written.stderr}`);
    const limits = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    const client = new ResourceProviderClient(
      `127.0.0.1:${written.stdout.trim()}`,
      credentials.createInsecure(),
      limits,
    );
    return new PluginProcess(child, client, written);
  }

  /** Everything on the plugin's standard output and standard error so far. */
  get output(): { stdout: string; stderr: string } {
    return { ...this.written };
  }

  /** Asks one method; rejects with gRPC's error. */
  call<Request, Response>(method: keyof Methods, request: Request): Promise<Response> {
    const ask = this.client[method].bind(this.client) as unknown as Unary<Request, Response>;
    return new Promise((resolve, reject) => {
      const call = ask(request, (error, response) => {
        this.pending.delete(call);
        if (error) reject(error);
        else resolve(response);
      });
      this.pending.add(call);
    });
  }

  /** Waits for no answer any more, as an engine that dies. */
  abandon(): void {
    for (const call of this.pending) call.cancel();
  }

  /** Ends the plugin and answers its exit code. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = once(this.child, "exit");
    this.child.kill(signal);
    const [code] = await ended;
    return code;
  }
}
