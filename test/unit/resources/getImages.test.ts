import { demoEnvironment } from "../../../provider/local/environment";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local/index";
import { Connections } from "../../../provider/resources/connections";
import { getImage, getImages } from "../../../provider/resources/getImages/invoke";
import { selectImages } from "../../../provider/resources/getImages/select";
import type { GetImageInputs } from "../../../provider/resources/getImages/types";
import type { ResourceContext } from "../../../provider/resources/resource";

let server: GlanceLocal;
let context: ResourceContext;
let ids: Record<string, string>;

const raw = { diskFormat: "raw", containerFormat: "bare" };

beforeAll(async () => {
  server = await startGlanceLocal();
  const env = demoEnvironment(server);
  const connections = new Connections({}, { env, directory: "/", warn: () => {} });
  context = {
    directory: "/",
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  };
  const { images } = await connections.connect({});
  const made = [
    await images.create({ name: "a", ...raw, minDisk: 1, properties: { "trait:CUSTOM_X": "required" } }),
    await images.create({ name: "b", diskFormat: "iso", containerFormat: "bare", tags: ["x", "y"] }),
    await images.create({ name: "c,d", ...raw, minRam: 5, tags: ["x"] }),
  ];
  ids = Object.fromEntries(made.map(({ name, id }) => [name, id]));
});
afterAll(() => server.close());

/** A context whose cloud must not be asked. */
const offline: ResourceContext = {
  directory: "/",
  connect: () => Promise.reject(new Error("the cloud was asked")),
  capabilities: () => undefined,
};

test.each<[string, GetImageInputs, string[]]>([
  ["any of several names", { names: ["a", "c,d"] }, ["a", "c,d"]],
  ["any of several disk formats", { diskFormats: ["iso", "qcow2"] }, ["b"]],
  ["any of several container formats", { containerFormats: ["ova"] }, []],
  ["any of several statuses", { statuses: ["queued", "active"], tags: ["x"] }, ["b", "c,d"]],
  ["the disk that a server needs", { minDisk: 1 }, ["a"]],
  ["the memory that a server needs", { minRam: 5 }, ["c,d"]],
  ["all tags", { tags: ["x", "y"] }, ["b"]],
  ["a property with a colon in its name", { properties: { "trait:CUSTOM_X": "required" } }, ["a"]],
  ["a moment with a zone", { createdAt: "gt:2020-01-01T00:00:00+02:00", names: ["a"] }, ["a"]],
])("finds images by %s", async (_, filters, expected) => {
  const { images } = await getImages({ ...filters, sort: "name:asc" }, context);
  expect(images.map(({ name }) => name)).toEqual(expected);
});

test.each<[string, GetImageInputs, string[]]>([
  ["several keys", { sortKey: "disk_format,name", sortDir: "asc" }, ["b", "a", "c,d"]],
  ["a direction for each key", { sortKey: "disk_format, name", sortDir: "asc,desc" }, ["b", "c,d", "a"]],
  ["a key alone", { sortKey: "name" }, ["c,d", "b", "a"]],
  ["the classic syntax", { sort: "disk_format:desc,name:asc" }, ["a", "c,d", "b"]],
])("sorts by %s", async (_, order, expected) => {
  expect((await getImages(order, context)).images.map(({ name }) => name)).toEqual(expected);
});

test("begins after the marker, in pages, and ends at maxResults", async () => {
  const order = { sort: "name:asc", limit: 1 };
  expect((await getImages({ ...order, marker: ids.a ?? "" }, context)).ids).toEqual([ids.b, ids["c,d"]]);
  expect((await getImages({ ...order, maxResults: 2 }, context)).ids).toEqual([ids.a, ids.b]);
});

test("what is only iterated is only fetched as far as it is read", async () => {
  const seen: (string | null)[] = [];
  for await (const { name } of selectImages({ sort: "name:asc", limit: 1 }, context)) {
    seen.push(name);
    if (name === "b") break;
  }
  expect(seen).toEqual(["a", "b"]);
});

test.each<[string, object, RegExp]>([
  ["an unknown filter", { nmae: "a" }, /nmae is not an input/],
  ["an unknown status", { status: "ACTIVE" }, /status must be one of queued, .*deactivated/],
  ["an unknown status among others", { statuses: ["active", "bogus"] }, /statuses\[1\] must be one of queued/],
  ["an unknown visibility", { visibility: "secret" }, /visibility must be one of public, private, shared/],
  ["an unknown type", { type: "SNAPSHOT" }, /type must be one of ALL, BASE, SERVER/],
  ["an unknown API", { api: "v3" }, /api must be one of auto, v2, v1, platform9, compute, alliance/],
  ["an unknown sort key", { sort: "colour:asc" }, /sort must look like .*the keys are name, status/],
  ["an unknown classic sort key", { sortKey: "name,colour" }, /sortKey must be a comma-separated list of name/],
  ["an unknown direction", { sortDir: "up" }, /sortDir must be a comma-separated list of asc, desc/],
  ["more directions than keys", { sortKey: "name", sortDir: "asc,desc" }, /sortDir must have one direction/],
  ["both ways of sorting", { sort: "name", sortKey: "name" }, /sort cannot be given together with sortKey/],
  ["one name and several", { name: "a", names: ["b"] }, /names cannot be given together with name/],
  ["no names at all", { names: [] }, /names must not be an empty list/],
  ["a size range that is empty", { sizeMin: 2, sizeMax: 1 }, /sizeMax must not be less/],
  ["an unknown operator", { createdAt: "after:2026-01-01" }, /createdAt must be a time .*operators are gt, gte/],
  ["a date that is none", { updatedAt: "gt:2026-13-01T00:00:00Z" }, /updatedAt must be a time/],
  ["a word for a time", { changesSince: "yesterday" }, /changesSince must be a time like 2026/],
  ["the newest of a brief list", { detail: false, mostRecent: true }, /mostRecent needs creation times/],
  ["a page of nothing", { limit: 0 }, /limit must be at least 1/],
])("refuses %s without asking the cloud", async (_, filters, reason) => {
  await expect(getImage(filters, offline)).rejects.toMatchObject({
    code: "CONFIG",
    message: expect.stringMatching(reason),
  });
});

test("getImages refuses what only getImage takes", async () => {
  const filters: GetImageInputs = { mostRecent: true };
  await expect(getImages(filters, offline)).rejects.toThrow("The filter mostRecent is one of getImage only");
});

test.each<[string, GetImageInputs]>([
  ["changesSince", { changesSince: "2026-01-01" }],
  ["server", { server: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" }],
  ["type", { type: "BASE" }],
  ["isPublic", { isPublic: true }],
  ["detail", { detail: false }],
])("names %s as no filter of the Image API v2", async (name, filters) => {
  const told = new RegExp(`The filter ${name} is no filter of the Image API v2; its filters are ids, name,`);
  await expect(getImages(filters, context)).rejects.toThrow(told);
  const explicit: ResourceContext = { ...offline, capabilities: context.capabilities };
  await expect(getImages({ ...filters, api: "v2" }, explicit)).rejects.toThrow(told);
});

test("the newest is the last created, by id where several are", async () => {
  const { images } = await getImages({}, context);
  const newest = images
    .map(({ createdAt, id }) => `${createdAt} ${id}`)
    .sort()
    .at(-1);
  const { createdAt, id } = await getImage({ names: ["a", "b", "c,d"], mostRecent: true }, context);
  expect(`${createdAt} ${id}`).toBe(newest);
});
