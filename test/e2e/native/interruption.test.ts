import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type FaultProxy, startFaultProxy } from "../../../provider/local/faults/proxy";
import { User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import { environmentOf } from "../../tools/clouds/environment";
import { FileServer } from "../../tools/fileServer";
import { rawImage } from "../../tools/images";
import { Engine } from "../../tools/plugin/engine";
import { PluginProcess } from "../../tools/plugin/process";
import { asEngine, initFailureOf, urnOf } from "../../tools/plugin/requests";
import { halfSent } from "./halfSent";

const raw = { diskFormat: "raw", containerFormat: "bare" };

/** More than all buffers on its way take. */
const large = 64 * 1024 * 1024;

/** Seconds in which any machine logs in, finds its way and makes an image without bytes. */
const limit = 8;

describeClouds("the plugin, interrupted", (cloud) => {
  const other = new User(cloud, cloud.demo, () => {});
  let folder: string;
  let engine: Engine;
  let plugin: PluginProcess;
  let mirror: FileServer;
  let proxy: FaultProxy;
  let made = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-glance-interruption-"));
    await writeFile(join(folder, "large.raw"), "");
    await truncate(join(folder, "large.raw"), large);
    await writeFile(join(folder, "small.raw"), rawImage(100_000, "interruption"));
    mirror = await FileServer.start();
    proxy = await startFaultProxy({ upstream: cloud.imageUrl });
  });

  async function startPlugin(to: { engine?: string } = {}): Promise<void> {
    const env = { ...environmentOf(cloud, cloud.demo), OS_IMAGE_ENDPOINT_OVERRIDE: proxy.url };
    plugin = await PluginProcess.start({ env, cwd: folder, ...to });
    await asEngine(plugin).configure();
  }

  beforeEach(async () => {
    engine = await Engine.start();
    await startPlugin({ engine: engine.address });
  }, 60_000);

  afterEach(async () => {
    await plugin.stop("SIGKILL");
    engine.close();
    proxy.clear();
  });

  afterAll(async () => {
    for (const { id } of await mine()) await other.delete(`/v2/images/${id}`);
    await mirror.close();
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  });

  const mine = async () => (await other.list({ limit: "1000" })).filter(({ name }) => name?.startsWith("interrupted-"));
  const named = async (name: string) => (await mine()).filter((image) => image.name === name);

  const holdUpload = () => proxy.inject({ method: "PUT", path: "/file", when: "before", fault: { kind: "hold" } });

  /** A create that is under way until somebody ends it: half of its bytes are there. */
  async function begun() {
    const half = halfSent(proxy);
    const created = await creating();
    await half;
    return created;
  }

  /** A create of which the first message of progress has come. */
  async function creating() {
    const name = `interrupted-${cloud.name}-${++made}`;
    const urn = urnOf(name);
    const { inputs = {} } = await asEngine(plugin).check(urn, { ...raw, name, localFile: "large.raw" });
    const create = asEngine(plugin)
      .create(urn, inputs)
      .then(
        () => undefined,
        (error) => error,
      );
    await engine.message(({ message, ephemeral }) => ephemeral && message.startsWith("upload of"));
    return { name, urn, inputs, create };
  }

  test("Cancel in the middle of an upload: acknowledged at once, and the image goes into the state", async () => {
    const { name, urn, inputs, create } = await begun();
    await plugin.call("cancel", new Empty());
    const error = await create;
    const failed = initFailureOf(error);
    expect(failed).toMatchObject({ id: expect.any(String), reasons: [expect.stringContaining("cancelled")] });
    expect((await named(name)).map(({ id }) => id)).toEqual([failed?.id]);
    // The next run goes on with this image: an update without any difference.
    await plugin.stop();
    await startPlugin();
    const known = { inputs, state: failed?.state ?? {} };
    const { diffs, replaces } = await asEngine(plugin).diff(urn, failed?.id ?? "", known, inputs);
    expect(diffs.length).toBeGreaterThan(0);
    if (replaces.length === 0) {
      expect(await asEngine(plugin).update(urn, failed?.id ?? "", known, inputs)).toMatchObject({
        status: "active",
        size: large,
      });
    }
  }, 120_000);

  test("SIGTERM ends what runs, answers it, and then the plugin", async () => {
    const { create } = await begun();
    const ended = new Promise((resolve) => plugin.child.once("exit", resolve));
    plugin.child.kill("SIGTERM");
    expect(initFailureOf(await create)).toMatchObject({ id: expect.any(String) });
    expect(await ended).toBe(0);
  }, 60_000);

  test("when the engine dies, the plugin dies, and the image is left as unfinished", async () => {
    const { name, create } = await begun();
    const ended = new Promise((resolve) => plugin.child.once("exit", resolve));
    plugin.abandon();
    engine.close();
    await Promise.all([create, ended]);
    proxy.clear();
    const [image] = await named(name);
    expect(image).toMatchObject({ pulumi_glance_state: "creating" });
    // The next run finds it and makes the image anew.
    await startPlugin();
    const urn = urnOf(name);
    const { inputs = {} } = await asEngine(plugin).check(urn, { ...raw, name, localFile: "small.raw" });
    const { id } = await asEngine(plugin).create(urn, inputs);
    expect((await named(name)).map((left) => left.id)).toEqual([id]);
  }, 60_000);

  /** How a create ends that is not finished within its customTimeouts. */
  async function late(name: string, inputs: Record<string, unknown>) {
    const checked = await asEngine(plugin).check(urnOf(name), { ...raw, name, ...inputs });
    const create = asEngine(plugin).create(urnOf(name), checked.inputs ?? {}, { timeout: limit });
    return initFailureOf(await create.catch((error) => error));
  }

  test("customTimeouts end an upload, and the image goes into the state", async () => {
    holdUpload();
    const failed = await late(`interrupted-${cloud.name}-timeout`, { localFile: "large.raw" });
    expect(failed?.reasons[0]).toMatch(new RegExp(`upload of "large.raw" .*${limit} s.*customTimeouts`));
  }, 60_000);

  test("customTimeouts end the wait for an import", async () => {
    // The provider looks at the first 64 KiB of a source: they come at once.
    const url = mirror.set("/stalls.raw", { content: rawImage(200_000, "stalls"), stallAfter: 100_000 });
    const failed = await late(`interrupted-${cloud.name}-import`, { copyFrom: url });
    mirror.release("/stalls.raw");
    expect(failed?.reasons[0]).toMatch(new RegExp(`import of ${url} .*${limit} s.*customTimeouts`));
  }, 60_000);

  test("progress is shown at the resource", async () => {
    holdUpload();
    const { urn, create } = await creating();
    proxy.clear();
    await create;
    const shown = engine.messages.filter(({ ephemeral }) => ephemeral);
    for (const { urn: at, severity, message } of shown) {
      expect({ at, severity }).toEqual({ at: urn, severity: "INFO" });
      expect(message).toMatch(/^upload of "large\.raw"/);
    }
  }, 120_000);
});
