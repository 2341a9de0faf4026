import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { repositoryRoot, scratchFolder } from "../tools";

/** What a demo remembers for its next run. */
interface Memory {
  /** Port of the web server that images are imported from: another URL would replace the image. */
  webPort?: number;
  /** Ending of the names in a cloud that others use, too. */
  suffix?: string;
}

/** Where a demo keeps what it needs: one folder per cloud, so that demos of several clouds do not mix. */
export class Place {
  readonly folder: string;
  /** State of Pulumi, in a local backend. */
  readonly backend: string;
  /** Everything else that Pulumi keeps. */
  readonly home: string;
  /** Data of the embedded image service. */
  readonly service: string;
  /** Stand-ins for the files and URLs of the catalog. */
  readonly files: string;
  /** The copy of the catalog that the demo works on. */
  readonly catalog: string;
  /** PATCH requests as they were observed. */
  readonly patches: string;
  /** Id of the process that works here. */
  readonly lock: string;
  private readonly memoryFile: string;

  /** @param cloud - Name of the cloud, or undefined for the embedded image service. */
  constructor(
    readonly base: string,
    cloud: string | undefined,
  ) {
    this.folder = join(base, cloud === undefined ? "embedded" : `cloud-${cloud.replace(/[^\w.-]+/g, "-")}`);
    const inside = (name: string) => join(this.folder, name);
    this.backend = inside("backend");
    this.home = inside("pulumi-home");
    this.service = inside("glance-local");
    this.files = inside("files");
    this.catalog = inside("images.yaml");
    this.patches = inside("patches.jsonl");
    this.lock = inside("pid");
    this.memoryFile = inside("memory.json");
  }

  /** True when Pulumi was here, and what it made was not removed. */
  get isUsed(): boolean {
    return existsSync(join(this.backend, ".pulumi"));
  }

  prepare(): void {
    for (const folder of [this.backend, this.home, this.files]) mkdirSync(folder, { recursive: true });
  }

  recall(): Memory {
    return existsSync(this.memoryFile) ? JSON.parse(readFileSync(this.memoryFile, "utf8")) : {};
  }

  remember(news: Memory): void {
    writeFileSync(this.memoryFile, `${JSON.stringify({ ...this.recall(), ...news }, null, 2)}\n`);
  }
}

/** The base folder that the environment asks for. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  return env.DEMO_STATE_DIR ? resolve(repositoryRoot, env.DEMO_STATE_DIR) : join(scratchFolder, "demo");
}
