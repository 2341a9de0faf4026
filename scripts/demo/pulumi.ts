import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pulumiEnvironment, repositoryRoot } from "../tools";
import { DemoError } from "./failure";
import type { Interrupt } from "./interrupt";
import type { Place } from "./place";
import { quoted } from "./say";

const stack = "demo";

const plain = ["--suppress-progress", "--suppress-permalink=true"];
const unasked = ["--yes", "--skip-preview", ...plain];

/** The Pulumi CLI on the project of this repository, with the demo's own stack. */
export class PulumiCli {
  readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly place: Place,
    cloudEnv: NodeJS.ProcessEnv,
    private readonly interrupt: Interrupt,
  ) {
    this.env = {
      ...pulumiEnvironment(place),
      ...cloudEnv,
      PULUMI_STACK: stack,
      PULUMI_SUPPRESS_NEO_LINK: "true",
      IMAGE_CATALOG: place.catalog,
    };
  }

  /** Makes the stack where there is none, and frees it when an earlier run was killed. */
  async prepareStack(): Promise<void> {
    const stacks: { name: string }[] = JSON.parse(await this.read(["stack", "ls", "--json"]));
    if (!stacks.some(({ name }) => name === stack)) await this.read(["stack", "init", stack]);
    const locks = join(this.place.backend, ".pulumi", "locks");
    const isLocked = readdirSync(locks, { recursive: true }).some((name) => String(name).endsWith(".json"));
    if (isLocked) await this.read(["cancel", "--yes", "--stack", stack]);
  }

  up(more: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<void> {
    return this.show(["up", ...unasked, ...more], env);
  }

  preview(): Promise<void> {
    return this.show(["preview", "--diff", ...plain]);
  }

  /** Deletes every resource, then the stack. */
  destroy(): Promise<void> {
    return this.show(["destroy", "--remove", ...unasked]);
  }

  /** Ids of the images by resource name. */
  async imageIds(): Promise<Record<string, string>> {
    return JSON.parse(await this.read(["stack", "output", "--json"]));
  }

  /** The images that the state knows. */
  async resources(): Promise<{ urn: string; id: string; outputs: { protected?: boolean } }[]> {
    const { deployment } = JSON.parse(await this.read(["stack", "export"]));
    return (deployment.resources ?? []).filter(({ type }: { type: string }) => type.endsWith(":Image"));
  }

  /** Runs any command of the user's in the same surroundings, on the same terminal. Answers its exit code. */
  async run([program, ...args]: readonly [string, ...string[]]): Promise<number> {
    const child = spawn(program, args, { cwd: repositoryRoot, env: this.env, stdio: "inherit" });
    this.interrupt.watch(child, { sharesTerminal: true });
    return (await this.end(child)) ?? 1;
  }

  /** Runs a command of the CLI and shows what it prints. Throws when it fails. */
  private async show(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
    const color = process.stdout.isTTY && !process.env.NO_COLOR ? "always" : "never";
    const child = this.start([...args, `--color=${color}`], env);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream as Readable }).on("line", (line) => quoted(line));
    }
    const code = await this.end(child);
    if (code === 0) return;
    throw new DemoError(`pulumi ${args[0]} ended with code ${code}; the reason is above.`);
  }

  private async read(args: readonly string[]): Promise<string> {
    const child = this.start([...args, "--color=never"]);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text) => {
        output[name] += text;
      });
    }
    const code = await this.end(child);
    if (code === 0) return output.stdout;
    throw new DemoError(`pulumi ${args.join(" ")} ended with code ${code}: ${output.stderr.trim()}`);
  }

  private start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    this.interrupt.throwIfRequested();
    const child = spawn("pulumi", ["--non-interactive", ...args], {
      cwd: repositoryRoot,
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // In a group of its own a Ctrl-C of the terminal reaches it once, through us; the second one would cut it off.
      detached: true,
    });
    this.interrupt.watch(child);
    return child;
  }

  private async end(child: ChildProcess): Promise<number | null> {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", (error) =>
        reject(new DemoError(`${child.spawnargs[0]} cannot be started: ${error.message}`)),
      );
      child.once("close", resolve);
    });
    this.interrupt.throwIfRequested();
    return code;
  }
}
