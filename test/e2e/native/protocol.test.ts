import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import {
  DiffResponse,
  GetMappingsRequest,
  GetSchemaRequest,
  type GetSchemaResponse,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { repositoryRoot } from "../../../scripts/tools";
import { User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import { environmentOf } from "../../tools/clouds/environment";
import { FileServer } from "../../tools/fileServer";
import { rawImage } from "../../tools/images";
import { PluginProcess } from "../../tools/plugin/process";
import { asEngine, secret, signatureKey, unknownText, urnOf } from "../../tools/plugin/requests";

const raw = { diskFormat: "raw", containerFormat: "bare" };
const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
const { Kind } = PropertyDiff;

describeClouds("the plugin, asked as an engine asks", (cloud) => {
  let plugin: PluginProcess;
  let engine: ReturnType<typeof asEngine>;
  let folder: string;
  let made = 0;
  const other = new User(cloud, cloud.demo, () => {});
  /** A resource of its own for each case. */
  const urn = () => urnOf(`protocol-${++made}`);
  const ids: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-glance-protocol-"));
    await writeFile(join(folder, "disk.raw"), rawImage(100_000, "protocol"));
    plugin = await PluginProcess.start({ env: environmentOf(cloud, cloud.demo), cwd: folder });
    engine = asEngine(plugin);
    await engine.configure();
  }, 60_000);

  afterAll(async () => {
    for (const id of ids) await other.delete(`/v2/images/${id}`);
    await plugin.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** What the engine does for a new resource. */
  async function create(name: string, news: Record<string, unknown>) {
    const { inputs = {}, failures } = await engine.check(name, news);
    expect(failures).toEqual([]);
    const { id, state } = await engine.create(name, inputs);
    ids.push(id);
    return { id, inputs, state };
  }

  test("the schema is the package's", async () => {
    const answer = await plugin.call<GetSchemaRequest, GetSchemaResponse>("getSchema", new GetSchemaRequest());
    expect(answer.getSchema()).toBe(readFileSync(join(repositoryRoot, "schema.json"), "utf8"));
  });

  test("a method that this provider does not have is UNIMPLEMENTED", async () => {
    await expect(plugin.call("getMappings", new GetMappingsRequest())).rejects.toMatchObject({ code: 12 });
  });

  test("a type that this provider does not have is named with those that it has", async () => {
    await expect(engine.check(urnOf("x", "glance:index:Volume"), {})).rejects.toMatchObject({
      details: expect.stringMatching(/no resource glance:index:Volume.*glance:index:Image/s),
    });
  });

  test("credentials of the configuration become secret, even those that the user wrote in clear", async () => {
    const news = {
      cloud: "x",
      password: "p",
      token: unknownText,
      applicationCredentialSecret: "s",
      requestTimeout: "60",
    };
    expect(await engine.checkConfig(news)).toEqual({
      inputs: { ...news, password: secret("p"), token: secret(unknownText), applicationCredentialSecret: secret("s") },
      failures: [],
    });
    const { failures } = await engine.checkConfig({ user_name: "x", insecure: "maybe", version: "1.0.0" });
    expect(failures.sort()).toEqual([
      "insecure must be true or false",
      expect.stringMatching(/^user_name .*did you mean userName\?/),
    ]);
  });

  test("check keeps unknown and secret inputs as they are and judges the known ones", async () => {
    const news = { ...raw, name: unknownText, properties: secret({ a: "x" }), tags: ["t", secret("u")], minDisk: -1 };
    const { inputs, failures } = await engine.check(urn(), news);
    expect(inputs).toEqual(news);
    expect(failures).toEqual(["minDisk must not be negative"]);
  });

  test("check reads a local file from the program's directory", async () => {
    const { inputs } = await engine.check(urn(), { ...raw, localFile: secret("disk.raw") });
    expect(inputs?.localFileHash).toEqual(secret(expect.stringMatching(/^sha256:/)));
  });

  test("check warns of a list of checksums that is gone, without the secrets in its address", async () => {
    const hash = createHash("sha256").update(rawImage(100_000, "protocol")).digest("hex");
    const mirror = await FileServer.start({ "/s3cret-path/SUMS": `${hash}  disk.raw\n` });
    const checksumsUrl = secret(mirror.url("/s3cret-path/SUMS"));
    const news = { ...raw, localFile: "disk.raw", checksumsUrl };
    const name = urn();
    const { inputs } = await engine.check(name, news);
    mirror.set("/s3cret-path/SUMS", { status: 404 });
    const again = await engine.check(name, news, inputs);
    await mirror.close();
    expect(again).toMatchObject({ failures: [], inputs });
    expect(plugin.output.stderr).toMatch(/checksumsUrl .* cannot be read: .*404/);
    expect(plugin.output.stderr).not.toContain("s3cret-path");
  });

  test("a create in preview answers what is known and makes nothing", async () => {
    const name = `protocol-preview-${cloud.name}`;
    const { state } = await engine.create(urn(), { ...raw, name, tags: [unknownText] }, { preview: true });
    expect(state).toEqual({ ...raw, name, tags: [unknownText] });
    expect((await other.list({ name })).length).toBe(0);
  });

  test("a preview warns of an id that is taken: a replacement that keeps it must fail", async () => {
    const imageId = crypto.randomUUID();
    await create(urn(), { ...raw, imageId });
    await engine.create(urn(), { ...raw, imageId }, { preview: true });
    expect(plugin.output.stderr).toContain(`there is an image ${imageId}: change imageId`);
  });

  test("secret inputs are secret outputs, and so is what is made from them", async () => {
    const { id, state } = await create(urn(), {
      ...raw,
      properties: { plain: "1", hidden: secret("s3cret-value") },
      tags: ["b", secret("a")],
      localFile: secret("disk.raw"),
    });
    expect(state.properties).toEqual({ plain: "1", hidden: secret("s3cret-value") });
    expect(state.tags).toEqual(secret(["b", "a"]));
    expect(state.allProperties).toMatchObject({ plain: "1", hidden: secret("s3cret-value") });
    expect(state.localFileHash).toMatchObject({ [signatureKey]: expect.any(String) });
    expect((await other.show(id)).body).toMatchObject({ hidden: "s3cret-value", status: "active" });
    const clear = JSON.stringify(state, (_key, value) => (value?.[signatureKey] === undefined ? value : undefined));
    expect(clear).not.toContain("s3cret-value");
  });

  test("two creates at once make two images", async () => {
    const [one, two] = await Promise.all([
      create(urn(), { ...raw, name: "protocol-one" }),
      create(urn(), { ...raw, name: "protocol-two" }),
    ]);
    expect(one.id).not.toBe(two.id);
    expect([one.state.name, two.state.name]).toEqual(["protocol-one", "protocol-two"]);
  });

  test("without a name the image has the resource's", async () => {
    const name = urn();
    const { state, inputs } = await create(name, raw);
    expect(inputs).not.toHaveProperty("name");
    expect(state.name).toBe(name.slice(name.lastIndexOf(":") + 1));
  });

  describe("diff", () => {
    const inputs = {
      ...raw,
      name: "a",
      tags: ["x"],
      properties: { kept: "1", gone: "1" },
      copyFrom: "http://x.example/1",
    };
    const state = { ...inputs, minRam: 0, minDisk: 0, status: "active", stores: [], allProperties: {} };
    const old = { inputs, state };

    test("none where nothing differs", async () => {
      expect(await engine.diff(urn(), "1", old, inputs)).toMatchObject({ changes: DIFF_NONE, diffs: [], detailed: {} });
    });

    test("tells what is added, changed and removed, and where", async () => {
      const news = {
        ...raw,
        name: "b",
        tags: ["x"],
        minDisk: 2,
        properties: { kept: "2", added: "1" },
        copyFrom: inputs.copyFrom,
      };
      const { changes, diffs, replaces, detailed, hasdetaileddiff } = await engine.diff(urn(), "1", old, news);
      expect({ changes, hasdetaileddiff, replaces }).toEqual({
        changes: DIFF_SOME,
        hasdetaileddiff: true,
        replaces: [],
      });
      expect(diffs.sort()).toEqual(["minDisk", "name", "properties"]);
      expect(detailed).toEqual({
        name: { kind: Kind.UPDATE, inputDiff: true },
        minDisk: { kind: Kind.ADD, inputDiff: true },
        'properties["kept"]': { kind: Kind.UPDATE, inputDiff: true },
        'properties["added"]': { kind: Kind.ADD, inputDiff: true },
        'properties["gone"]': { kind: Kind.DELETE, inputDiff: true },
      });
    });

    test("tells drift of the resource from changes of the program", async () => {
      const drifted = { inputs, state: { ...state, name: "drifted" } };
      expect((await engine.diff(urn(), "1", drifted, inputs)).detailed).toEqual({
        name: { kind: Kind.UPDATE, inputDiff: false },
      });
    });

    test("another URL replaces, the new one first", async () => {
      const answer = await engine.diff(urn(), "1", old, { ...inputs, copyFrom: "http://x.example/2" });
      expect(answer).toMatchObject({ replaces: ["copyFrom"], deletebeforereplace: false });
      expect(answer.detailed.copyFrom).toEqual({ kind: Kind.UPDATE_REPLACE, inputDiff: true });
    });

    test("an unknown value differs", async () => {
      const answer = await engine.diff(urn(), "1", old, { ...inputs, name: unknownText });
      expect(answer).toMatchObject({ changes: DIFF_SOME, diffs: ["name"] });
    });

    test.each([
      ["name", { name: "drifted" }],
      ["tags", { tags: ["drifted"] }],
      ["properties.kept", { properties: { kept: "drifted", gone: "1" } }],
      ['properties["kept"]', { properties: { kept: "drifted", gone: "1" } }],
      ["properties", { properties: {} }],
      ["properties.*", { properties: {} }],
    ])("ignores %s where it shall be ignored", async (path, drift) => {
      const drifted = { inputs, state: { ...state, ...drift } };
      expect(await engine.diff(urn(), "1", drifted, inputs)).toMatchObject({ changes: DIFF_SOME });
      expect(await engine.diff(urn(), "1", drifted, inputs, [path])).toMatchObject({ changes: DIFF_NONE, diffs: [] });
    });

    test("other content of an ignored file is ignored", async () => {
      const { copyFrom: _url, ...ofNoUrl } = state;
      const file = { localFile: "disk.raw", localFileHash: `sha256:${"1".repeat(64)}` };
      const before = { inputs: { ...raw, ...file }, state: { ...ofNoUrl, ...file } };
      const news = { ...raw, ...file, localFileHash: `sha256:${"2".repeat(64)}` };
      expect(await engine.diff(urn(), "1", before, news)).toMatchObject({ replaces: ["localFileHash"] });
      expect(await engine.diff(urn(), "1", before, news, ["localFile"])).toMatchObject({ changes: DIFF_NONE });
    });

    test("what the dynamic provider hides in its states is no difference", async () => {
      const hidden = { __provider: "text", __stamp: "1", __resourceName: "x" };
      const before = { inputs: { ...inputs, ...hidden }, state: { ...state, ...hidden, __declared: ["name"] } };
      expect(await engine.diff(urn(), "1", before, inputs)).toMatchObject({ changes: DIFF_NONE });
    });
  });

  describe("read", () => {
    test("without properties imports: inputs that lead to no difference", async () => {
      const { id } = await create(urn(), { ...raw, minDisk: 2, tags: ["t"], properties: { a: "1" } });
      const name = urn();
      const { inputs, state } = await engine.read(name, id);
      expect(inputs).toMatchObject({ ...raw, minDisk: 2, tags: ["t"], properties: { a: "1" } });
      expect(inputs).not.toHaveProperty("minRam");
      const checked = await engine.check(name, inputs as Record<string, unknown>);
      expect(checked.failures).toEqual([]);
      const old = { inputs: checked.inputs ?? {}, state: state ?? {} };
      expect(await engine.diff(name, id, old, old.inputs)).toMatchObject({ changes: DIFF_NONE });
    });

    test.each([
      ["inputs alone", { inputs: {} }],
      ["the same inputs and properties", { inputs: { region: undefined }, state: {} }],
    ])("with %s shows an image that nobody manages", async (_title, known) => {
      const { id } = await create(urn(), { ...raw, properties: { a: "1" } });
      const { state } = await engine.read(urn(), id, JSON.parse(JSON.stringify(known)));
      expect(state).toMatchObject({ ...raw, status: "queued", properties: { a: "1" }, allProperties: { a: "1" } });
    });

    test("with both refreshes, and keeps what is secret", async () => {
      const name = urn();
      const { id, inputs, state } = await create(name, { ...raw, properties: { a: secret("1") }, tags: ["t"] });
      await other.patch(id, [{ op: "replace", path: "/tags", value: ["drifted"] }]);
      const read = await engine.read(name, id, { inputs, state });
      expect(read.inputs).toMatchObject({ tags: ["drifted"], properties: { a: secret("1") } });
      expect(read.state).toMatchObject({ tags: ["drifted"], properties: { a: secret("1") } });
      // The engine asks the other way round: has the resource moved away from the old inputs?
      const moved = { inputs: read.inputs ?? {}, state: read.state ?? {} };
      expect(await engine.diff(name, id, moved, inputs)).toMatchObject({ diffs: ["tags"] });
    });

    test("a list with a secret is secret as a whole, since others may put it in another order", async () => {
      const name = urn();
      const { id, inputs, state } = await create(name, { ...raw, tags: [secret("zzz-hidden"), "bbb"] });
      await other.patch(id, [{ op: "replace", path: "/tags", value: ["aaa", "bbb", "zzz-hidden"] }]);
      const read = await engine.read(name, id, { inputs, state });
      expect(read.inputs?.tags).toEqual(secret(["aaa", "bbb", "zzz-hidden"]));
      expect(read.state?.tags).toEqual(secret(["aaa", "bbb", "zzz-hidden"]));
    });

    test("an image that is not there has neither id nor properties", async () => {
      expect(await engine.read(urn(), crypto.randomUUID())).toEqual({ id: "", inputs: undefined, state: undefined });
    });
  });

  describe("update", () => {
    test("changes in place, and leaves what is ignored as it was seen", async () => {
      const name = urn();
      const { id, inputs, state } = await create(name, { ...raw, tags: ["mine"], minDisk: 1 });
      await other.patch(id, [{ op: "replace", path: "/tags", value: ["theirs"] }]);
      const seen = { ...state, tags: ["theirs"] };
      const news = { ...inputs, minDisk: 2 };
      const updated = await engine.update(name, id, { inputs, state: seen }, news, { ignoreChanges: ["tags"] });
      expect(updated).toMatchObject({ minDisk: 2, tags: ["theirs"] });
      expect((await other.show(id)).body).toMatchObject({ min_disk: 2, tags: ["theirs"] });
    });

    test("in preview changes nothing and knows what cannot change", async () => {
      const name = urn();
      const { id, inputs, state } = await create(name, raw);
      const planned = await engine.update(name, id, { inputs, state }, { ...inputs, minDisk: 9 }, { preview: true });
      expect(planned).toMatchObject({ minDisk: 9, createdAt: state.createdAt });
      expect(planned).not.toHaveProperty("updatedAt");
      expect((await other.show(id)).body).toMatchObject({ min_disk: 0 });
    });

    test("without any difference is fine", async () => {
      const name = urn();
      const { id, inputs, state } = await create(name, { ...raw, localFile: "disk.raw" });
      expect(await engine.update(name, id, { inputs, state }, inputs)).toMatchObject({ status: "active" });
    });
  });

  test("deleting twice is deleting", async () => {
    const name = urn();
    const { id, state } = await create(name, raw);
    await engine.delete(name, id, state);
    await engine.delete(name, id, state);
    expect((await other.show(id)).status).toBe(404);
  });

  test("functions answer, and say what is wrong with their arguments", async () => {
    const { id } = await create(urn(), { ...raw, name: `protocol-lookup-${cloud.name}` });
    const found = await engine.invoke("glance:index:getImage", { name: `protocol-lookup-${cloud.name}` });
    expect(found).toMatchObject({ id, ...raw });
    await expect(engine.invoke("glance:index:getImages", { status: "x", nme: "y" })).rejects.toMatchObject({ code: 3 });
    await expect(engine.invoke("glance:index:getVolume", {})).rejects.toMatchObject({ code: 5 });
    await expect(engine.invoke("glance:index:getImages", { region: unknownText })).rejects.toMatchObject({ code: 3 });
  });

  test("no failure shows what the user keeps secret", async () => {
    const hidden = "nosuch-hidden-name";
    const lookup = engine.invoke("glance:index:getImage", { name: secret(hidden) });
    expect((await lookup.catch((error) => error)).details).toMatch(/No image matches/);
    expect((await lookup.catch((error) => error)).details).not.toContain(hidden);
    const { failures } = await engine.check(urn(), { ...raw, localFile: secret(`/${hidden}.raw`) });
    expect(failures).toEqual([expect.stringMatching(/^localFile There is no file/)]);
    expect(failures.join()).not.toContain(hidden);
  });

  test("images can be listed, page by page", async () => {
    const name = `protocol-listed-${cloud.name}`;
    const urns = [urn(), urn(), urn()];
    const wanted = await Promise.all(urns.map((one) => create(one, { ...raw, name })));
    const first = await engine.list("glance:index:Image", { name }, { pageSize: 2 });
    const rest = await engine.list("glance:index:Image", { name }, { pageSize: 2, token: first.token });
    expect([...first.results, ...rest.results].sort()).toEqual(wanted.map(({ id }) => `${id} ${name}`).sort());
    expect(rest.token).toBe("");
    expect((await engine.list("glance:index:Image", { name }, { limit: 1 })).results).toHaveLength(1);
    expect(await engine.list("glance:index:Image", { name: unknownText })).toMatchObject({ isComputed: true });
    await expect(engine.list("glance:index:ImageMember", {})).rejects.toMatchObject({ code: 9 });
  });

  test("calls right behind a Configure are answered with its configuration", async () => {
    const second = await PluginProcess.start({ env: environmentOf(cloud, cloud.demo), cwd: folder });
    const asked = asEngine(second);
    const configured = asked.configure({ region: "Nowhere" });
    const created = asked.create(urn(), raw).catch((error) => error);
    await configured;
    expect((await created).details).toContain("Nowhere");
    await second.stop();
  });

  test("a plugin that a debugger holds works for the next engine after the last one's Cancel", async () => {
    const held = await PluginProcess.start({ env: environmentOf(cloud, cloud.demo), cwd: folder });
    const asked = asEngine(held);
    await asked.configure();
    await held.call("cancel", new Empty());
    await expect(asked.create(urn(), raw)).rejects.toMatchObject({ details: expect.stringContaining("cancelled") });
    await held.call("attach", new PluginAttach().setAddress("127.0.0.1:1"));
    await asked.configure();
    const { id } = await asked.create(urn(), raw);
    ids.push(id);
    await held.stop();
  });

  test("a refusal carries the server's reason and no stack trace", async () => {
    const failure = await engine.create(urn(), { ...raw, diskFormat: "qcow9" }).catch((error) => error);
    expect(failure).toMatchObject({
      code: 9,
      details: expect.stringMatching(/diskFormat "qcow9" is unknown.*Choose one of/),
    });
    expect(failure.details).not.toMatch(/\n\s+at /);
  });

  test("a message larger than gRPC's usual 4 MiB is understood", async () => {
    const big = "x".repeat(8 * 1024 * 1024);
    const { inputs } = await engine.check(urn(), { ...raw, name: big });
    expect(inputs?.name).toHaveLength(big.length);
  }, 120_000);

  test("nothing but the port stands on its standard output", () => {
    expect(plugin.output.stdout).toMatch(/^\d+\n$/);
  });
});
