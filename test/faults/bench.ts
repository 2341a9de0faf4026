import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pluginFolder } from "../e2e/doors";
import { environmentOf } from "../tools/clouds/environment";
import type { CloudUnderTest, Credentials } from "../tools/clouds/types";
import { FileServer } from "../tools/fileServer";
import { StackUnderTest } from "./engine";
import { files, type Materials, type Operation, source } from "./operations";
import { PluginSession, type Setting } from "./session";
import type { Trouble } from "./trial";
import { Wire } from "./wire";

/** Seconds that the provider waits for an answer that does not come: many cases wait for it several times. */
export const requestTimeout = 3;

/** Configuration with which it waits for every answer that comes, on a machine however busy. */
export const patient = waiting(120);

/** A stack with a cloud of which its way may be spoiled. */
export interface Place {
  wire: Wire;
  stack: StackUnderTest;
  materials: Materials;
}

/** What the cases of one file share. */
export class Bench {
  private readonly wires = new Set<Wire>();

  private readonly source: StackUnderTest;
  private readonly calm = new Map<string, Promise<PluginSession>>();
  private other: Promise<string> | undefined;

  private constructor(
    readonly cloud: CloudUnderTest,
    /** The program's directory. */
    readonly folder: string,
    readonly mirror: FileServer,
  ) {
    this.source = new StackUnderTest(this.calmSetting("demo"), randomUUID());
  }

  static async open(cloud: CloudUnderTest): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-glance-faults-"));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    const mirror = await FileServer.start(
      Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`/${name}`, bytes])),
    );
    return new Bench(cloud, folder, mirror);
  }

  /** A place that shares no image, no request and no resource with any other. */
  async place({ user }: Pick<Operation, "user"> = {}, trouble?: Trouble): Promise<Place> {
    const { config, wire, materials } = await this.way(trouble);
    const env = wire.environment(this.userOf(user));
    return {
      wire,
      materials,
      stack: new StackUnderTest({ env, config, folder: this.folder, command }, materials.name),
    };
  }

  /** A way of its own to the cloud, and what an operation needs on it. */
  async way(trouble?: Trouble) {
    const wire = await Wire.to(this.cloud, this.mirror.url("/"));
    this.wires.add(wire);
    const materials: Materials = {
      name: `faults-${randomUUID()}`,
      url: (path) => wire.through(this.mirror.url(path)),
      imageId: await this.otherImage(),
    };
    return { wire, materials, config: { endpointOverride: wire.imageUrl, ...patienceWith(trouble) } };
  }

  /** A plugin for what nothing shall disturb; all cases share it. */
  undisturbed({ user = "demo" }: Pick<Operation, "user"> = {}): Promise<PluginSession> {
    const session = this.calm.get(user) ?? PluginSession.start(this.calmSetting(user));
    this.calm.set(user, session);
    return session;
  }

  userOf(user: Operation["user"] = "demo"): Credentials {
    return this.cloud[user];
  }

  private calmSetting(user: Operation["user"]): Setting {
    const { cloud, folder } = this;
    return {
      env: environmentOf(cloud, this.userOf(user)),
      config: { endpointOverride: cloud.imageUrl, ...patient },
      folder,
      command,
    };
  }

  /** Id of an image that all cases may copy. */
  private otherImage(): Promise<string> {
    this.other ??= (async () => {
      const { errors } = await this.source.up({ source: source() }, { on: await this.undisturbed() });
      const made = this.source.state.get("source");
      if (!made) throw new Error(errors.join("\n"));
      return made.id;
    })();
    return this.other;
  }

  async leave({ wire }: Pick<Place, "wire">): Promise<void> {
    this.wires.delete(wire);
    await wire.close();
  }

  async close(): Promise<void> {
    if (this.other) await this.source.destroy({ on: await this.undisturbed() });
    for (const session of this.calm.values()) await (await session).kill();
    await Promise.all([...this.wires].map((wire) => wire.close()));
    await this.mirror.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The plugin as users have it: it starts faster than the compiled sources. */
const command = [process.execPath, join(pluginFolder, "main.js")] as const;

function waiting(seconds: number) {
  return { requestTimeout: seconds, idleTimeout: seconds };
}

function patienceWith(trouble: Trouble | undefined) {
  const isWaitedFor = ["slow", "stall"].includes(trouble?.rule.fault.kind ?? "");
  return isWaitedFor ? waiting(requestTimeout) : patient;
}
