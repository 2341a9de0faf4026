import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiEnvironment, repositoryRoot, scratchFolder } from "../../scripts/tools";
import { type Begun, begin } from "./begin";
import { execute } from "./execute";
import { type PulumiStep, readEvents } from "./pulumiEvents";

export interface PulumiResult {
  code: number;
  stdout: string;
  stderr: string;
  /** Number of resources by what happens to them, the stack itself included, e.g. `{ create: 2 }`. Empty when nothing was planned. */
  summary: Record<string, number>;
  /** What the engine does to each resource, in its order; unchanged ones included. */
  steps: PulumiStep[];
}

export interface StackOptions {
  /** Text of index.js. Default: an empty program. */
  program?: string;
  /** Pulumi.yaml's name. Default `trial`. */
  project?: string;
  /** Default `test`. */
  stack?: string;
  /** Further files of the program's folder, text by relative path. */
  files?: Record<string, string>;
  /** Variables that the program and its providers see, e.g. the `OS_*` of a cloud. */
  env?: Record<string, string>;
}

interface CommandOptions {
  /** In seconds. Default 180. */
  timeout?: number;
  /** Further arguments, e.g. `["--target", urn]`. */
  args?: string[];
}

/** A Pulumi program with one stack in a temporary folder, driven by the real CLI with a local backend. */
export class TestStack {
  private constructor(
    /** The program's folder. */
    readonly folder: string,
    private readonly base: string,
    private readonly name: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create(options: StackOptions): Promise<TestStack> {
    const base = await mkdtemp(join(tmpdir(), "pulumi-glance-stack-"));
    const [folder, backend, home] = ["program", "backend", "home"].map((name) => join(base, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([folder, backend, home].map((path) => mkdir(path)));
    const env = {
      ...pulumiEnvironment({ backend, home }),
      HOME: home,
      XDG_CONFIG_HOME: home,
      // The CLI starts several Node processes per command, each of which loads the same large modules.
      NODE_COMPILE_CACHE: join(scratchFolder, "compile-cache"),
      // Unlocks --event-log, the machine-readable account of an update.
      PULUMI_DEBUG_COMMANDS: "true",
      ...options.env,
    };
    const stack = new TestStack(folder, base, options.stack ?? "test", env);
    await stack.write("Pulumi.yaml", projectFile(options.project ?? "trial"));
    await stack.write("package.json", "{}\n");
    await stack.write("index.js", options.program ?? "");
    for (const [path, text] of Object.entries(options.files ?? {})) await stack.write(path, text);
    await symlink(join(repositoryRoot, "node_modules"), join(folder, "node_modules"));
    await stack.must(["stack", "init", stack.name]);
    return stack;
  }

  /** Writes a file of the program, e.g. `index.js` for its next version. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    await writeFile(join(this.folder, path), content);
  }

  up = (options?: CommandOptions) => this.update("up", ["--yes", "--skip-preview"], options);
  preview = (options?: CommandOptions) => this.update("preview", ["--diff"], options);
  refresh = (options?: CommandOptions) => this.update("refresh", ["--yes", "--skip-preview"], options);
  destroy = (options?: CommandOptions) => this.update("destroy", ["--yes", "--skip-preview"], options);

  async setConfig(key: string, value: string, options: { secret?: boolean } = {}): Promise<void> {
    await this.must(["config", "set", key, options.secret ? "--secret" : "--plaintext", "--", value]);
  }

  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.must(["stack", "output", "--json", "--show-secrets"]));
  }

  /** The resources in state, without the stack itself and default providers. */
  async resources(): Promise<StateResource[]> {
    const { deployment } = JSON.parse(await this.must(["stack", "export"]));
    return ((deployment.resources ?? []) as StateResource[]).filter(({ type }) => !type.startsWith("pulumi:"));
  }

  /** Begins an update that somebody will interrupt. */
  begin(command: "up" | "destroy", more: string[] = []): Begun {
    const options = ["--yes", "--skip-preview", "--stack", this.name, ...more];
    const args = ["--non-interactive", "--color=never", command, ...options];
    return begin("pulumi", args, { cwd: this.folder, env: this.env });
  }

  /** Any other command of the CLI. */
  run(args: readonly string[], { timeout = 180 }: CommandOptions = {}) {
    return execute("pulumi", ["--non-interactive", "--color=never", ...args], {
      cwd: this.folder,
      env: this.env,
      timeout,
    });
  }

  /** Deletes the folder with the state; destroy first what the stack still holds. */
  async remove(): Promise<void> {
    await rm(this.base, { recursive: true, force: true });
  }

  private async update(command: string, args: readonly string[], options: CommandOptions = {}): Promise<PulumiResult> {
    const log = join(this.base, "events.json");
    await rm(log, { force: true });
    const done = await this.run(
      [command, ...args, "--stack", this.name, "--event-log", log, ...(options.args ?? [])],
      options,
    );
    return { ...done, ...readEvents(await readFile(log, "utf8").catch(() => "")) };
  }

  private async must(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with code ${code}:\n${stdout}${stderr}`);
    return stdout;
  }
}

/** A resource as `pulumi stack export` shows it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

const projectFile = (name: string) => `name: ${name}
runtime:
  name: nodejs
  options:
    typescript: false
`;
