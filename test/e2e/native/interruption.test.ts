import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import { environmentOf } from "../../tools/clouds/environment";
import { FileServer } from "../../tools/fileServer";
import { rawImage } from "../../tools/images";
import { Engine } from "../../tools/plugin/engine";
import { PluginProcess } from "../../tools/plugin/process";
import { asEngine, initFailureOf, urnOf } from "../../tools/plugin/requests";

const raw = { diskFormat: "raw", containerFormat: "bare" };

/** Large enough to be under way for a while on any machine. */
const large = 512 * 1024 * 1024;

describeClouds("the plugin, interrupted", (cloud) => {
  const other = new User(cloud, cloud.demo, () => {});
  let folder: string;
  let engine: Engine;
  let plugin: PluginProcess;
  let mirror: FileServer;
  let made = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-glance-interruption-"));
    await writeFile(join(folder, "large.raw"), "");
    await truncate(join(folder, "large.raw"), large);
    await writeFile(join(folder, "small.raw"), rawImage(100_000, "interruption"));
    mirror = await FileServer.start();
  });

  beforeEach(async () => {
    engine = await Engine.start();
    plugin = await PluginProcess.start({ env: environmentOf(cloud, cloud.demo), cwd: folder, engine: engine.address });
    await asEngine(plugin).configure();
  }, 60_000);

  afterEach(async () => {
    await plugin.stop("SIGKILL");
    engine.close();
  });

  afterAll(async () => {
    for (const { id } of await mine()) await other.delete(`/v2/images/${id}`);
    await mirror.close();
    await rm(folder, { recursive: true, force: true });
  });

  const mine = async () => (await other.list({ limit: "1000" })).filter(({ name }) => name?.startsWith("interrupted-"));
  const named = async (name: string) => (await mine()).filter((image) => image.name === name);

  /** A create that is under way: its first message of progress has come. */
  async function begun(file: string) {
    const name = `interrupted-${cloud.name}-${++made}`;
    const urn = urnOf(name);
    const { inputs = {} } = await asEngine(plugin).check(urn, { ...raw, name, localFile: file });
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
    const { name, urn, inputs, create } = await begun("large.raw");
    await plugin.call("cancel", new Empty());
    const error = await create;
    const failed = initFailureOf(error);
    expect(failed).toMatchObject({ id: expect.any(String), reasons: [expect.stringContaining("cancelled")] });
    expect((await named(name)).map(({ id }) => id)).toEqual([failed?.id]);
    // The next run goes on with this image: an update without any difference.
    await plugin.stop();
    plugin = await PluginProcess.start({ env: environmentOf(cloud, cloud.demo), cwd: folder });
    await asEngine(plugin).configure();
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
    const { create } = await begun("large.raw");
    const ended = new Promise((resolve) => plugin.child.once("exit", resolve));
    plugin.child.kill("SIGTERM");
    expect(initFailureOf(await create)).toMatchObject({ id: expect.any(String) });
    expect(await ended).toBe(0);
  }, 60_000);

  test("when the engine dies, the plugin dies, and the image is left as unfinished", async () => {
    const { name, create } = await begun("large.raw");
    const ended = new Promise((resolve) => plugin.child.once("exit", resolve));
    plugin.abandon();
    engine.close();
    await Promise.all([create, ended]);
    const [image] = await named(name);
    expect(image).toMatchObject({ pulumi_glance_state: "creating" });
    // The next run finds it and makes the image anew.
    plugin = await PluginProcess.start({ env: environmentOf(cloud, cloud.demo), cwd: folder });
    await asEngine(plugin).configure();
    const urn = urnOf(name);
    const { inputs = {} } = await asEngine(plugin).check(urn, { ...raw, name, localFile: "small.raw" });
    const { id } = await asEngine(plugin).create(urn, inputs);
    expect((await named(name)).map((left) => left.id)).toEqual([id]);
  }, 60_000);

  test("customTimeouts end an upload, and the image goes into the state", async () => {
    const name = `interrupted-${cloud.name}-timeout`;
    const { inputs = {} } = await asEngine(plugin).check(urnOf(name), { ...raw, name, localFile: "large.raw" });
    const error = await asEngine(plugin)
      .create(urnOf(name), inputs, { timeout: 0.3 })
      .catch((failure) => failure);
    expect(initFailureOf(error)?.reasons[0]).toMatch(/0\.3 s.*customTimeouts/);
  }, 60_000);

  test("customTimeouts end the wait for an import", async () => {
    const name = `interrupted-${cloud.name}-import`;
    const url = mirror.set("/stalls.raw", { content: rawImage(100_000, "stalls"), stallAfter: 1000 });
    const { inputs = {} } = await asEngine(plugin).check(urnOf(name), {
      ...raw,
      name,
      copyFrom: url,
      decompress: "none",
    });
    const error = await asEngine(plugin)
      .create(urnOf(name), inputs, { timeout: 2 })
      .catch((failure) => failure);
    mirror.release("/stalls.raw");
    expect(initFailureOf(error)?.reasons[0]).toMatch(/2 s.*customTimeouts/);
  }, 60_000);

  test("progress is shown at the resource", async () => {
    const { urn, create } = await begun("large.raw");
    await create;
    const shown = engine.messages.filter(({ ephemeral }) => ephemeral);
    for (const { urn: at, severity, message } of shown) {
      expect({ at, severity }).toEqual({ at: urn, severity: "INFO" });
      expect(message).toMatch(/^upload of "large\.raw"/);
    }
  }, 120_000);
});
