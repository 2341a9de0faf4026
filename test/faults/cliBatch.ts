import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { said, succeeded } from "../e2e/catalog";
import { yamlProgram } from "../e2e/doors";
import { explicitProvider } from "../e2e/native/explicitProvider";
import { processesConnectedTo } from "../tools/plugin/connected";
import { untilEnded } from "../tools/plugin/ended";
import { killAll } from "../tools/plugin/killAll";
import { TestStack } from "../tools/pulumi";
import { type Bench, patient } from "./bench";
import type { CloudSide } from "./cloudSide";
import type { Program, Values } from "./engine";
import type { Materials, Operation } from "./operations";
import { settled } from "./settled";
import { expectWanted, programs, resource, type Trouble } from "./trial";
import { confirmed, type Verdict } from "./verdicts";
import type { Injected, Wire } from "./wire";

/** One operation of a batch and what happens to it. */
export interface BatchCase {
  operation: Operation;
  trouble: Trouble;
}

/** A case with its own way to the cloud: a provider of its own, and so a plugin of its own. */
interface Member extends BatchCase {
  name: string;
  wire: Wire;
  materials: Materials;
  config: Record<string, unknown>;
}

/** Seconds until all troubles must have come. */
const patience = 120;

/** Everything at once, whatever becomes of the others. */
const options = ["--continue-on-error", "--parallel", "100"];

/**
 * Cases that share one stack of the real CLI. Each has a provider of its own, so that its plugin can be killed and its way be spoiled
 * without the others noticing.
 */
export class CliBatch {
  private constructor(
    private readonly bench: Bench,
    private readonly stack: TestStack,
    private readonly members: readonly Member[],
  ) {}

  static async open(bench: Bench, cases: readonly BatchCase[]): Promise<CliBatch> {
    const members = cases.map(async (one, at) => {
      return { ...one, name: `${resource}-${at}`, ...(await bench.way(one.trouble)) };
    });
    const stack = await TestStack.create({ stack: `faults-${randomUUID()}` });
    return new CliBatch(bench, stack, await Promise.all(members));
  }

  /** Brings the stack to what stands before the operations. */
  async prepare(): Promise<void> {
    if (this.members.some(({ operation }) => operation.before)) {
      await this.declare("before", patient);
      succeeded(await this.stack.up({ args: options }));
    }
    await this.declare("wanted");
  }

  /**
   * The operations with their troubles; what the CLI printed, and by case why its trouble did not come. `killsCli`: the CLI is killed
   * when all troubles have come. Rejects where the CLI does not end.
   */
  async suffer(killsCli = false): Promise<{ output: string; missed: (string | undefined)[] }> {
    const injected = this.members.map(({ wire, trouble }) => wire.inject(trouble.rule));
    const { process: cli, ended } = this.stack.begin("up", options);
    const struck = Promise.all(
      this.members.map((member, at) => strike(member, injected[at] as Injected, ended, killsCli)),
    );
    // Without an end, one that is never struck would hold all others for ever.
    const late = killsCli && sleep(patience * 1000, undefined, { ref: false });
    const killed = late && Promise.race([struck, late]).then(() => cli.kill("SIGKILL"));
    const [output, found] = await Promise.all([ended, struck, killed]);
    for (const { plugins } of found) for (const pid of plugins) await untilEnded(pid);
    for (const { wire } of this.members) wire.clear();
    if (killsCli) await this.stack.run(["cancel", "--yes"]);
    return { output, missed: found.map(({ missed }) => missed) };
  }

  /** The next run, which must bring everything in order; one verdict for each case. */
  async recover(side: CloudSide): Promise<(() => Verdict)[]> {
    await this.declare("wanted", patient);
    const again = await this.stack.up({ args: options });
    const resources = await this.stack.resources();
    const known = new Set(resources.map(({ id }) => id));
    const ids = new Map(resources.map(({ urn, id }) => [urn.slice(urn.lastIndexOf("::") + 2), id]));
    const left = await this.stack.preview({ args: ["--parallel", "100", "--expect-no-changes"] });
    const look = async ({ name, materials, operation, trouble }: Member) => {
      const images = await side.named(materials.name);
      const own = operation.stays ? images[0] : images.find(({ id }) => id === ids.get(name));
      const strays = images.filter((image) => image !== own && !known.has(image.id)).map(({ id }) => id);
      const told = strays.filter((id) => trouble.mayLeave && said(again).includes(id));
      for (const id of told) await side.remove(id);
      const orphans = strays.filter((id) => !told.includes(id));
      return { orphans, reported: told.length, wanted: await settled(() => expectWanted(operation, own, side)) };
    };
    const found = await Promise.all(this.members.map(look));
    const destroyed = await this.stack.destroy({ args: options });
    for (const { operation, materials } of this.members) {
      if (operation.stays) for (const { id } of await side.named(materials.name)) await side.remove(id);
    }
    const kept = (await this.stack.resources()).map(({ id }) => id);
    const rests = await Promise.all(
      this.members.map(async ({ materials }) => (await side.named(materials.name)).map(({ id }) => id)),
    );
    return found.map(({ orphans, reported, wanted }, at) => () => {
      const rest = rests[at] ?? [];
      const lost = new Set([...orphans, ...rest.filter((id) => !kept.includes(id))]);
      return confirmed({ converged: false, orphans: lost.size, reported }, () => {
        succeeded(again);
        expect(orphans).toEqual([]);
        wanted();
        succeeded(left);
        succeeded(destroyed);
        expect(rest).toEqual([]);
      });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map(({ wire }) => wire.close()));
    await this.stack.remove();
  }

  /** @param more - Configuration of the providers, over that of the cases. */
  private declare(which: "before" | "wanted", more: Values = {}): Promise<void> {
    const { bench } = this;
    const resources = this.members.flatMap(({ name, wire, operation, materials, config }) => {
      const images: Program = programs(operation, materials)[which];
      const properties = images[resource];
      if (!properties) return [];
      const provider = `${name}-provider`;
      const access = { ...explicitProvider(wire.reached, bench.userOf(operation.user)), ...config, ...more };
      const options = { provider: `\${${provider}}` };
      return [
        [provider, { type: "pulumi:providers:glance", properties: access }],
        [name, { type: "glance:Image", properties: at(bench.folder, properties), options }],
      ];
    });
    return this.stack.write("Pulumi.yaml", yamlProgram({ resources: Object.fromEntries(resources) }));
  }
}

/** The program is not in the folder with the files. */
function at(folder: string, properties: Record<string, unknown>): Record<string, unknown> {
  const { localFile } = properties;
  return { ...properties, ...(typeof localFile === "string" && { localFile: join(folder, localFile) }) };
}

/** What a trouble did: the plugins that it kills, if any, or why it did not come. */
interface Struck {
  plugins: number[];
  missed?: string;
}

/** Waits until the trouble of a case has come, and kills the plugin where that is the trouble and `killsCli` does not see to it. */
async function strike(
  { name, wire, trouble }: Member,
  { reached }: Injected,
  ended: Promise<unknown>,
  killsCli: boolean,
): Promise<Struck> {
  const over = ended.then(
    () => false,
    () => false,
  );
  const isStruck = await Promise.race([reached.then(() => true), over]);
  if (!isStruck) return { plugins: [], missed: `the run ended before the trouble of ${name} came` };
  if (!trouble.kills) return { plugins: [] };
  const plugins = await pluginsOf(wire);
  if (!killsCli) killAll(plugins);
  if (plugins.length > 0) return { plugins };
  return { plugins, missed: `the plugin of ${name} was not found, and nothing tells that it died` };
}

async function pluginsOf({ ports }: Wire): Promise<number[]> {
  const connected = await Promise.all(ports.map(processesConnectedTo));
  return [...new Set(connected.flat())].filter((pid) => pid !== process.pid);
}
