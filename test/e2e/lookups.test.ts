import { randomUUID } from "node:crypto";
import { importToEnd, webDownload } from "../contract/importing";
import { rawFormats } from "../contract/user";
import { type Catalog, describeCatalog, said, succeeded } from "./catalog";

const prelude = `const pulumi = require("@pulumi/pulumi");
const { Image, getImage, getImageOutput, getImages, getImagesOutput } = require("pulumi-glance");
const { getImageTasks, getImageTasksOutput, getImportMethodsOutput } = require("pulumi-glance");
const { getImportMethods, getStores, getStoresOutput, getUsage, getUsageOutput } = require("pulumi-glance");
`;

describeCatalog("looking images up", (catalog) => {
  const tag = `lookup-${randomUUID()}`;
  let ids: string[] = [];

  beforeAll(async () => {
    const { other } = catalog();
    const older = await other.createActiveImage({ name: "lookup-a", tags: [tag], purpose: "old" });
    // Creation times have whole seconds; the newest must be the newest.
    const { created_at } = older;
    let newer = await other.createActiveImage({ name: "lookup-b", tags: [tag], purpose: "new" });
    while (newer.created_at === created_at) {
      await other.delete(`/v2/images/${newer.id}`);
      newer = await other.createActiveImage({ name: "lookup-b", tags: [tag], purpose: "new" });
    }
    ids = [older.id, newer.id];
  }, 60_000);

  afterAll(async () => {
    for (const id of ids) await catalog().other.delete(`/v2/images/${id}`);
  });

  async function run(program: string): Promise<Catalog["stack"]> {
    await catalog().stack.write("index.js", prelude + program);
    return catalog().stack;
  }

  test("functions find images by their filters, with plain values and with outputs", async () => {
    const stack = await run(`
      const tags = ["${tag}"];
      exports.all = getImages({ tags, sort: "name:asc" }).then(({ ids }) => ids);
      exports.none = getImages({ tags: ["no-such-tag"] }).then(({ images }) => images);
      exports.byProperty = getImages({ tags, properties: { purpose: "new" } }).then(({ ids }) => ids);
      exports.one = getImage({ tags, name: "lookup-a" }).then(({ id }) => id);
      exports.newest = getImage({ tags, nameRegex: "^lookup-", mostRecent: true }).then(({ id, size }) => [id, size]);
      exports.viaOutput = getImageOutput({ tags: pulumi.output(tags), name: "lookup-b" }).id;
      exports.first = getImagesOutput({ tags, maxResults: 1, sort: "name:desc" }).ids;
    `);
    succeeded(await stack.up());
    expect(await stack.outputs()).toEqual({
      all: ids,
      none: [],
      byProperty: [ids[1]],
      one: ids[0],
      newest: [ids[1], "hello world".length],
      viaOutput: ids[1],
      first: [ids[1]],
    });
  });

  test("every kind of filter finds what it should", async () => {
    const stack = await run(`
      const tags = ["${tag}"];
      const ids = (filters) => getImages({ tags, sort: "name:asc", ...filters }).then(({ ids }) => ids);
      exports.names = ids({ names: ["lookup-b", "lookup-c"] });
      exports.statuses = ids({ statuses: ["queued", "killed"] });
      exports.formats = ids({ diskFormats: ["raw", "iso"], containerFormats: ["bare"], minDisk: 0, minRam: 0 });
      exports.ids = ids({ ids: ["${randomUUID()}", "${ids[0]}"] });
      exports.size = ids({ sizeMin: 11, sizeMax: 11 });
      exports.time = ids({ createdAt: "gte:2020-01-31T12:00:00+02:00", updatedAt: "lt:2020-01-31" });
      exports.classic = ids({ sort: undefined, sortKey: "status,name", sortDir: "desc" });
      exports.paged = ids({ limit: 1, marker: "${ids[0]}" });
      exports.seen = ids({ visibility: "all", memberStatus: "all", hidden: false, protected: false, nameRegex: "a$" });
    `);
    succeeded(await stack.up());
    expect(await stack.outputs()).toEqual({
      names: [ids[1]],
      statuses: [],
      formats: ids,
      ids: [ids[0]],
      size: ids,
      time: [],
      classic: [ids[1], ids[0]],
      paged: [ids[1]],
      seen: [ids[0]],
    });
  });

  test("an ambiguous question is answered by the candidates", async () => {
    const stack = await run(`exports.id = getImage({ tags: ["${tag}"] }).then(({ id }) => id);`);
    const text = said(await stack.up());
    expect(text).toMatch(/2 images match/);
    for (const id of ids) expect(text).toContain(id);
    expect(text).toContain("mostRecent");
  });

  test("a filter that cannot be is told before anything is asked", async () => {
    const stack = await run(`exports.id = getImages({ visibility: "secret" });`);
    expect(said(await stack.up())).toMatch(/The filter visibility must be one of public, private/);
    await run(`exports.id = getImages({ changesSince: "2026-01-31" });`);
    expect(said(await stack.up())).toMatch(/The filter changesSince is no filter of the Image API v2/);
  });

  test("functions say what the cloud offers and what the project uses", async () => {
    const stack = await run(`
      exports.methods = getImportMethods().then(({ methods }) => methods.sort());
      exports.stores = getStores().then(({ stores }) => stores.map(({ id }) => id).sort());
      exports.fallback = getStores({}).then(({ defaultStore }) => defaultStore);
      exports.quotas = getUsage().then(({ quotas }) => quotas);
      const api = pulumi.output("v2");
      exports.viaOutput = pulumi
        .all([getImportMethodsOutput({ api }), getStoresOutput({ api }), getUsageOutput({ api })])
        .apply(([{ methods }, { stores }, { quotas }]) => [methods.length, stores.length, quotas.length]);
    `);
    succeeded(await stack.up());
    expect(await stack.outputs()).toEqual({
      methods: ["copy-image", "glance-direct", "glance-download", "web-download"],
      stores: ["cheap", "fast"],
      fallback: "fast",
      quotas: [],
      viaOutput: [4, 2, 0],
    });
  });

  test("the tasks of an image tell why an import failed", async () => {
    const { other, mirror } = catalog();
    const { id } = await other.createImage({ name: "lookup-tasks", ...rawFormats });
    await importToEnd(other, id, webDownload(mirror.url("/no-such-file")));
    const stack = await run(`
      const statuses = ({ tasks }) => tasks.map(({ type, status, requestId }) => [type, status, typeof requestId]);
      exports.failed = getImageTasks({ imageId: "${id}" }).then(statuses);
      exports.viaOutput = getImageTasksOutput({ imageId: pulumi.output("${id}") }).tasks.length;
      exports.none = getImageTasks({ imageId: "${ids[0]}" }).then(({ tasks }) => tasks);
    `);
    succeeded(await stack.up());
    const failed = [["api_image_import", "failure", "string"]];
    expect(await stack.outputs()).toEqual({ failed, viaOutput: 1, none: [] });
    await other.delete(`/v2/images/${id}`);
    expect(said(await stack.up())).toContain("does not exist");
  });

  test("Image.get reads an image that the program does not manage, and destroy leaves it", async () => {
    const stack = await run(`
      const image = Image.get("found", "${ids[0]}");
      exports.name = image.name;
      exports.status = image.status;
      exports.purpose = image.allProperties.apply(({ purpose }) => purpose);
    `);
    succeeded(await stack.up());
    expect(await stack.outputs()).toEqual({ name: "lookup-a", status: "active", purpose: "old" });
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    expect(await catalog().image(ids[0])).toBeDefined();
  });

  test("an image that was looked at and is gone does not hold up a refresh", async () => {
    const { id } = await catalog().other.createImage({ name: "lookup-gone" });
    const stack = await run(`exports.name = Image.get("gone", "${id}", { region: "${catalog().cloud.region}" }).name;`);
    succeeded(await stack.up());
    await catalog().other.delete(`/v2/images/${id}`);
    succeeded(await stack.refresh());
    await run("");
    succeeded(await stack.up());
  });

  test("Image.get of an image that does not exist says so", async () => {
    const stack = await run(`exports.name = Image.get("lost", "11111111-2222-4333-8444-555555555555").name;`);
    const result = await stack.up();
    expect(result.code).not.toBe(0);
    expect(said(result)).toContain("There is no image with the id 11111111-2222-4333-8444-555555555555");
    await run("");
    succeeded(await stack.up());
  });
});
