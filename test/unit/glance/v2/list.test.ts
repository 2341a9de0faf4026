import { wireImage, wireWith } from "../fixtures";
import { collect, useCloud } from "./cloud";

const cloud = useCloud();
const page = (ids: readonly string[], next?: string) => ({
  body: {
    images: ids.map((id) => wireWith({ id })),
    ...(next !== undefined && { next: `/v2/images?tag=lost&marker=${next}` }),
  },
});
const ids = async (images: AsyncIterable<{ id: string }>) => (await collect(images)).map(({ id }) => id);

test("goes on after the last image of each page, with its own query", async () => {
  const pages = new Map([
    [null, page(["1", "2"], "2")],
    ["2", page(["3"], "3")],
  ]);
  const { api, server } = await cloud(({ query }) => pages.get(query.get("marker")) ?? page([]));
  expect(await ids(api.list({ tags: ["edge", "x86"], limit: 2 }))).toEqual(["1", "2", "3"]);
  expect(server.calls).toEqual([
    "GET /v2/images?tag=edge&tag=x86&limit=2",
    "GET /v2/images?tag=edge&tag=x86&limit=2&marker=2",
    "GET /v2/images?tag=edge&tag=x86&limit=2&marker=3",
  ]);
});

test("reads no page before it is wanted", async () => {
  const { api, server } = await cloud(({ query }) => page([`${Number(query.get("marker") ?? 0) + 1}`], "x"));
  for await (const { id } of api.list({})) if (id === "2") break;
  expect(server.calls).toEqual(["GET /v2/images", "GET /v2/images?marker=1"]);
});

test("begins after the marker that the caller gives", async () => {
  const { api, server } = await cloud(() => page([]));
  expect(await ids(api.list({ marker: "m" }))).toEqual([]);
  expect(server.calls).toEqual(["GET /v2/images?marker=m"]);
});

test("no ids means no request", async () => {
  const { api, server } = await cloud(() => page([]));
  expect(await ids(api.list({ ids: [] }))).toEqual([]);
  expect(server.calls).toEqual([]);
});

test("sifts what the service cannot", async () => {
  const images = [wireWith({ id: "1", keys: "a" }), wireWith({ id: "2", keys: "b" })];
  const { api } = await cloud(({ query }) => ({ body: { images: query.has("marker") ? [] : images } }));
  expect(await ids(api.list({ properties: { keys: "b" } }))).toEqual(["2"]);
});

test.each([
  ["by its id", wireWith({ min_ram: {} }), `image "${wireImage.id}".min_ram is an object`],
  ["by its place where it has no id", wireWith({ id: 7 }), "list.images[1].id is the number 7"],
  ["by its place where it is none at all", null, "list.images[1] is null"],
])("a bad image is named %s", async (_, image, what) => {
  const { api } = await cloud(() => ({ body: { images: [wireImage, image] } }));
  await expect(ids(api.list({}))).rejects.toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining(`Image service: list failed: ${what}`),
    facts: { requestId: "req-answer" },
  });
});

test("goes on from an earlier image, without repeating any, when the marker was deleted", async () => {
  const { api } = await cloud(({ query }) => {
    switch (query.get("marker")) {
      case null:
        return page(["1", "2"], "2");
      case "1":
        return page(["3"], "3");
      case "3":
        return page(["4"]);
      case "4":
        return page([]);
      default:
        return { status: 400, body: "marker not found" };
    }
  });
  expect(await ids(api.list({}))).toEqual(["1", "2", "3", "4"]);
});

test("a bad query is not asked twice", async () => {
  const { api, server } = await cloud(() => ({ status: 400, body: "Invalid sort key" }));
  await expect(ids(api.list({ sort: "x", marker: "m" }))).rejects.toMatchObject({ status: 400 });
  expect(server.calls).toHaveLength(1);
});
