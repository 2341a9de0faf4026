import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createAlliance } from "../../../../provider/glance/alliance";
import { decodeImages } from "../../../../provider/glance/alliance/codec";
import type { ImageApi } from "../../../../provider/glance/api";
import type { GlanceImage } from "../../../../provider/glance/image";
import { type Script, ScriptedServer } from "../server";
import { PlainSession } from "../session";

const seed = (name: string) => readFileSync(join(__dirname, "../../../fixtures/seeds", `alliance-${name}`), "utf8");
const example = (name: string) => JSON.parse(seed(`${name}.json`));

const tenancy = { targetNs: "ccsr1", environmentId: "54915a05b0bb43dcbb218525c426b6a5" };
const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function cloud(script: Script): Promise<{ api: ImageApi; server: ScriptedServer }> {
  const server = await ScriptedServer.start(script);
  servers.push(server);
  return { api: createAlliance(new PlainSession(server.url, ""), server.url, tenancy), server };
}

const all = async (images: AsyncIterable<GlanceImage>) => {
  const found: GlanceImage[] = [];
  for await (const image of images) found.push(image);
  return found;
};

const image = example("image");
const queued = example("create-response");

describe("the documented examples", () => {
  test("an image is read bare", async () => {
    const { api, server } = await cloud(() => ({ body: image }));
    expect(await api.get(image.id)).toMatchObject({
      id: image.id,
      name: "cirros-0.3.2-x86_64-uec-ramdisk",
      status: "active",
      visibility: "public",
      diskFormat: "ari",
      containerFormat: "ari",
      size: 3723817,
      checksum: "68085af2609d03e51c7662395b5b6e4b",
      copyFrom: undefined,
    });
    expect(server.seen[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "x-target-ns": "ccsr1",
      "x-environment-id": tenancy.environmentId,
    });
  });

  test("an image is created by its envelope, and is being copied then", async () => {
    const { api, server } = await cloud(() => ({ status: 201, body: queued }));
    const { image: wanted } = example("create-request");
    const made = await api.create({
      name: wanted.name,
      diskFormat: wanted.disk_format,
      containerFormat: wanted.container_format,
      copyFrom: wanted.copy_from,
      minRam: wanted.min_ram,
      minDisk: wanted.min_disk,
    });
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({ image: wanted });
    // The example answers with another name, and with both minima swapped: what it says is taken as it is.
    expect(made).toMatchObject({ name: "cirrosimage", minRam: 500, minDisk: 1, status: "queued" });
    expect(made.import.task).toBe("copy_from");
  });

  test("an update is held to what the service shows afterwards", async () => {
    const before = await (await cloud(() => ({ body: queued }))).api.get(queued.id);
    const updated = example("update-response");
    const { api, server } = await cloud(() => ({ body: updated }));
    const { image: wanted } = example("update-request");
    expect((await api.update(before as GlanceImage, { name: wanted.name })).name).toBe("ubuntu_image");
    expect(server.calls).toEqual([`PATCH /images/${queued.id}`, `GET /images/${queued.id}`]);
    await expect(
      api.update(before as GlanceImage, { name: wanted.name, diskFormat: wanted.disk_format }),
    ).rejects.toThrow('the service took the change and did not make it: diskFormat stays "qcow2"');
  });

  test("the list is no JSON, and is refused as such", async () => {
    const { api } = await cloud(() => ({ body: seed("images.txt") }));
    await expect(all(api.list({}))).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("a list", () => {
  const one = { ...image, id: "1" };
  const two = { ...image, id: "2" };

  test.each<[string, unknown]>([
    ["a bare list", [one, two]],
    ["a wrapped list", { images: [one, two] }],
    ["a list of one wrapped list", [{ images: [one, two] }]],
    ["a list of images that are wrapped", [{ image: one }, { image: two }]],
    ["a list of single images below images", [{ images: one }, two]],
  ])("is read as %s", async (_, body) => {
    const { api } = await cloud(() => ({ body }));
    expect((await all(api.list({}))).map(({ id }) => id)).toEqual(["1", "2"]);
  });

  test("survives any nesting of lists and wrappers", () => {
    const images = fc.array(fc.uuid(), { maxLength: 5 }).map((ids) => ids.map((id) => ({ ...image, id })));
    const { wrapped } = fc.letrec<{ wrapped: unknown }>((tie) => ({
      wrapped: fc.oneof(
        { maxDepth: 4 },
        images,
        fc.record({ images: tie("wrapped") }),
        fc.record({ image: tie("wrapped") }),
        fc.array(tie("wrapped"), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(wrapped, (body) => {
        const ids = JSON.stringify(body).match(/"id":"[^"]*"/g) ?? [];
        expect(decodeImages(body, "list").map(({ id }) => `"id":"${id}"`)).toEqual(ids);
      }),
    );
  });

  test.each([
    ["a text", '"images"'],
    ["an object of something else", { servers: [] }],
    ["nothing", "null"],
  ])("that is %s is refused", async (_, body) => {
    const { api } = await cloud(() => ({ body }));
    await expect(all(api.list({}))).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("is asked for with a slash where there is none without", async () => {
    const { api, server } = await cloud(({ path }) => (path === "/images/" ? { body: [image] } : { status: 404 }));
    expect(await all(api.list({}))).toHaveLength(1);
    expect(server.calls).toEqual(["GET /images", "GET /images/"]);
  });

  test("is sifted here", async () => {
    const { api } = await cloud(() => ({ body: [one, { ...two, name: "other", tags: ["a", "b"], min_disk: 5 }] }));
    const ids = async (query: Parameters<ImageApi["list"]>[0]) => (await all(api.list(query))).map(({ id }) => id);
    expect(await ids({ name: "other" })).toEqual(["2"]);
    expect(await ids({ tags: ["b"] })).toEqual(["2"]);
    expect(await ids({ minDisk: 0 })).toEqual(["1"]);
    expect(await ids({ ids: ["1"], status: "active", visibility: "public" })).toEqual(["1"]);
    expect(await ids({ createdAt: "gt:2015-07-22T05:27:55Z" })).toEqual([]);
    expect(await ids({ createdAt: "gte:2015-07-22T07:27:55+02:00" })).toEqual(["1", "2"]);
  });
});

describe("an image that is gone", () => {
  test("is missing from the list as well", async () => {
    const { api } = await cloud(({ path }) => (path === "/images" ? { body: [image] } : { status: 404 }));
    expect(await api.get("gone")).toBeUndefined();
    expect(await api.delete("gone")).toBe(false);
  });

  test("is not believed to be where the list has it, or cannot be read", async () => {
    const listed = await cloud(({ path }) => (path === "/images" ? { body: [image] } : { status: 404 }));
    await expect(listed.api.get(image.id)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    const nothing = await cloud(() => ({ status: 404, body: "no such page" }));
    await expect(nothing.api.get(image.id)).rejects.toMatchObject({ status: 404 });
    await expect(nothing.api.delete(image.id)).rejects.toMatchObject({ status: 404 });
  });
});

test.each([200, 202, 204])("a delete is done with %i", async (status) => {
  const { api } = await cloud(() => ({ status }));
  expect(await api.delete(image.id)).toBe(true);
});

test.each([405, 501])("an update goes by PUT where PATCH is answered %i", async (status) => {
  const { api, server } = await cloud(({ method }) =>
    method === "PATCH" ? { status } : { body: { ...image, name: "new" } },
  );
  const before = { ...((await api.get(image.id)) as GlanceImage), name: "old" };
  expect((await api.update(before, { name: "new" })).name).toBe("new");
  expect(server.calls.slice(1)).toEqual(["PATCH", "PUT", "GET"].map((method) => `${method} /images/${image.id}`));
});

test("an update of nothing sends nothing", async () => {
  const { api, server } = await cloud(() => ({ body: image }));
  const before = (await api.get(image.id)) as GlanceImage;
  expect(await api.update(before, { minDisk: 0, properties: { pulumi_glance_state: null } })).toBe(before);
  expect(server.calls).toHaveLength(1);
});

test.each([
  ["targetNs", "GLANCE_TARGET_NS", { environmentId: "e" }],
  ["environmentId", "GLANCE_ENVIRONMENT_ID", { targetNs: "n" }],
])("the option %s is needed", (option, variable, given) => {
  expect(() => createAlliance(new PlainSession("http://127.0.0.1"), "http://127.0.0.1", given)).toThrow(
    expect.objectContaining({
      code: "CONFIG",
      message: expect.stringContaining(option),
      facts: expect.objectContaining({ hint: expect.stringContaining(variable) }),
    }),
  );
});

test("what the API does not have is refused with its name", async () => {
  const { api } = await cloud(() => ({}));
  const none = { open: () => Promise.reject(new Error("the source was opened")) };
  await expect(api.upload(image.id, none)).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining("the Alliance Glance API"),
  });
});

test.each([
  ["lists", "[", "]"],
  ["images", '{"images":', "}"],
])("%s within each other without end are no answer", (_what, open, close) => {
  const body = JSON.parse(`${open.repeat(50_000)}[]${close.repeat(50_000)}`);
  expect(() => decodeImages(body, "answer")).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
});
