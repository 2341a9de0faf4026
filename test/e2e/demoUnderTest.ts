import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot, withoutCallersClouds } from "../../scripts/tools";
import { execute } from "../tools/execute";

export const demoScript = ["--import", "tsx", "scripts/demo.ts"];
/** Of the catalog, in its order. */
export const imageNames = ["debian-13", "ubuntu-24.04", "rocky-9-uefi", "alpine-3.22", "rescue-13", "debian-12"];

/** The demo with a state folder of its own. */
export class DemoUnderTest {
  private constructor(
    readonly state: string,
    private readonly cloud: NodeJS.ProcessEnv,
  ) {}

  static async create(cloud: NodeJS.ProcessEnv): Promise<DemoUnderTest> {
    return new DemoUnderTest(join(await mkdtemp(join(tmpdir(), "pulumi-glance-demo-")), "state"), cloud);
  }

  get env(): NodeJS.ProcessEnv {
    const { NODE_OPTIONS, ...env } = withoutCallersClouds(process.env);
    return { ...env, DEMO_STATE_DIR: this.state, ...this.cloud };
  }

  run(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    return execute(process.execPath, [...demoScript, ...args], {
      cwd: repositoryRoot,
      env: { ...this.env, ...env },
      timeout: 240,
    });
  }

  /** Ids of the images by their names in the catalog, as the stack knows them. */
  async ids(): Promise<Record<string, string>> {
    const { stdout } = await this.run(["--run", "pulumi", "stack", "output", "--json"]);
    return JSON.parse(stdout.slice(stdout.indexOf("{")));
  }

  async remove(): Promise<void> {
    await this.run(["--destroy"]);
    await rm(join(this.state, ".."), { recursive: true, force: true });
  }
}

/** The table that the demo prints, row by row, by the name of the image without the demo's ending. */
export function tableIn(output: string): Record<string, Record<string, string>> {
  const lines = output.split("\n").map((line) => line.trim());
  const from = lines.findIndex((line) => line.startsWith("NAME "));
  const cells = (line: string) => line.split(/ {2,}/);
  const headings = cells(lines[from] ?? "");
  const rows = lines.slice(from + 2, from + 2 + imageNames.length).map(cells);
  return Object.fromEntries(
    rows.map((row) => [
      row[0]?.replace(/-[0-9a-f]{4}$/, "") ?? "",
      Object.fromEntries(headings.map((heading, column) => [heading, row[column] ?? ""])),
    ]),
  );
}

/** What is below the heading with `title`. */
export function section(output: string, title: string): string {
  const parts = output.split(/^\d+\. /m);
  return parts.find((part) => part.startsWith(title)) ?? `there is no "${title}" in:\n${output}`;
}
