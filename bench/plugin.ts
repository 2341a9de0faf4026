import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { repositoryRoot } from "../scripts/tools";
import { type Start, start } from "./plugin/start";

const rounds = 15;
const dist = join(repositoryRoot, "dist");

/** Starts the packaged plugin and Node alone in turn, so that both meet the same machine; Linux only. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-plugin-"));
  try {
    const [first, later] = [join(folder, "first"), join(folder, "later")];
    await copyPlugin(later);
    // Leaves what Node keeps of a start.
    await startPlugin(later);
    const starts: Record<"node" | "first" | "later", Start[]> = { node: [], first: [], later: [] };
    for (let round = 1; round <= rounds; round += 1) {
      await copyPlugin(first);
      starts.node.push(await start(process.execPath, ["-e", "console.log(0); setInterval(() => {}, 1000)"]));
      starts.first.push(await startPlugin(first));
      starts.later.push(await startPlugin(later));
    }
    const least = middle(starts.node.map(({ milliseconds }) => milliseconds));
    report("Node alone, to a line", starts.node, least);
    report("plugin, to the port line, first start of all (target <= 120 ms, <= 80 MiB)", starts.first, least);
    report("plugin, to the port line, any other start (target <= 120 ms, <= 80 MiB)", starts.later, least);
    await reportSizes();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const startPlugin = (folder: string) => start(join(folder, "pulumi-resource-glance"));

/** The plugin as it is after its installation. */
async function copyPlugin(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const packed = (path: string) => !path.includes(".compile-cache");
  await cp(join(dist, "plugin"), folder, { recursive: true, filter: packed });
}

function report(title: string, starts: readonly Start[], least: number): void {
  const times = starts.map(({ milliseconds }) => milliseconds);
  const memory = starts.map(({ peak }) => peak);
  const [time, shortest, longest] = [middle(times), Math.min(...times), Math.max(...times)].map(Math.round);
  console.log(
    `${title}: median ${time} ms (${shortest} to ${longest}), ratio ${(middle(times) / least).toFixed(1)}, ` +
      `peak ${middle(memory).toFixed(0)} MiB (at most ${Math.max(...memory).toFixed(0)})`,
  );
}

async function reportSizes(): Promise<void> {
  const { version } = JSON.parse(await readFile(join(dist, "plugin", "package.json"), "utf8"));
  const bundle = await readFile(join(dist, "plugin", "plugin.js"));
  const archive = join(dist, "packages", `pulumi-resource-glance-v${version}-linux-amd64.tar.gz`);
  console.log(`plugin.js: ${kibibytes(bundle.length)}, compressed ${kibibytes(gzipSync(bundle).length)}`);
  console.log(`archive of a platform: ${kibibytes((await stat(archive)).size)}`);
}

const kibibytes = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

void main();
