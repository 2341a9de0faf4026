import type { ImageQuery } from "../../../../provider/glance/api";
import { collect } from "../v2/cloud";
import { useCloud, wireWith } from "./cloud";

const cloud = useCloud();

/** Serves the images in pages of at most `most`, whatever is asked for, as Glance does with its cap. */
function pages(images: readonly Record<string, unknown>[], most = 2) {
  return ({ query }: { query: URLSearchParams }) => {
    const start = images.findIndex((image) => image.id === query.get("marker")) + 1;
    return { body: { images: images.slice(start, start + Math.min(most, Number(query.get("limit")))) } };
  };
}

const named = (...ids: string[]) => ids.map((id) => wireWith({ id }));

test("pages until an empty one, however few come at a time", async () => {
  const { api, server } = await cloud(pages(named("a", "b", "c")));
  expect((await collect(api.list({}))).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(server.calls).toEqual([
    "GET /v1/images/detail?is_public=None&limit=500",
    "GET /v1/images/detail?is_public=None&limit=500&marker=b",
    "GET /v1/images/detail?is_public=None&limit=500&marker=c",
  ]);
});

test("asks for the next page only when somebody wants it", async () => {
  const { api, server } = await cloud(pages(named("a", "b", "c")));
  for await (const image of api.list({ limit: 1, marker: "a" })) {
    expect(image.id).toBe("b");
    break;
  }
  expect(server.calls).toEqual(["GET /v1/images/detail?is_public=None&limit=1&marker=a"]);
});

test("begins anew when somebody deletes the marker", async () => {
  const { api, server } = await cloud(pages(named("a", "b", "c")));
  const serve = server.script;
  server.script = (request) => {
    if (request.query.get("marker") !== "b") return serve(request);
    server.script = pages(named("a", "c"));
    return { status: 400, body: "400 Bad Request\n\n400 Bad Request  Invalid marker. Image could not be found." };
  };
  expect((await collect(api.list({}))).map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test.each<[ImageQuery, string]>([
  [{ name: "n" }, "detail?name=n&is_public=None&limit=500"],
  [{ name: "a:b" }, "detail?is_public=None&limit=500"],
  [{ status: "queued" }, "detail?status=queued&is_public=None&limit=500"],
  [
    { diskFormat: "raw", containerFormat: "bare" },
    "detail?disk_format=raw&container_format=bare&is_public=None&limit=500",
  ],
  [{ minDisk: 0, minRam: 64 }, "detail?min_disk=0&min_ram=64&is_public=None&limit=500"],
  [{ sizeMin: 1, sizeMax: 2 }, "detail?size_min=1&size_max=2&is_public=None&limit=500"],
  [{ protected: true }, "detail?protected=true&is_public=None&limit=500"],
  [{ visibility: "public" }, "detail?is_public=True&limit=500"],
  [{ visibility: "private" }, "detail?is_public=False&limit=500"],
  [{ visibility: "all" }, "detail?is_public=None&limit=500"],
  [{ isPublic: true }, "detail?is_public=True&limit=500"],
  [{ isPublic: false }, "detail?is_public=False&limit=500"],
  [{ changesSince: "2026-01-31T12:00:00Z" }, "detail?is_public=None&changes-since=2026-01-31T12%3A00%3A00Z&limit=500"],
  [{ properties: { os_distro: "debian" } }, "detail?is_public=None&property-os_distro=debian&limit=500"],
  [{ sort: "name:asc" }, "detail?is_public=None&sort_key=name&sort_dir=asc&limit=500"],
  [{ sort: "size" }, "detail?is_public=None&sort_key=size&sort_dir=desc&limit=500"],
  [{ detail: false, name: "n" }, "?name=n&is_public=None&limit=500"],
  [{ detail: false, owner: "p1" }, "detail?is_public=None&limit=500"],
])("%j becomes %s", async (query, sent) => {
  const { api, server } = await cloud(() => ({ body: { images: [] } }));
  expect(await collect(api.list(query))).toEqual([]);
  expect(server.calls).toEqual([`GET /v1/images${sent.startsWith("?") ? "" : "/"}${sent}`]);
});

const catalogue = [
  wireWith({
    id: "1",
    name: "Edge",
    owner: "p1",
    is_public: true,
    status: "active",
    created_at: "2026-01-01T00:00:00",
  }),
  wireWith({ id: "2", name: "edge", owner: "p2", disk_format: "raw", created_at: "2026-01-02T00:00:00.000000" }),
  wireWith({ id: "3", name: null, status: "queued", container_format: null, properties: { a: "A" } }),
];

test.each<[ImageQuery, string[]]>([
  [{ name: "edge" }, ["2"]],
  [{ names: ["Edge", "other"] }, ["1"]],
  [{ owner: "p2" }, ["2"]],
  [{ statuses: ["queued", "killed"] }, ["3"]],
  [{ visibility: "public" }, ["1"]],
  [{ visibility: "private" }, ["2", "3"]],
  [{ visibility: "all" }, ["1", "2", "3"]],
  [{ isPublic: false }, ["2", "3"]],
  [{ diskFormats: ["raw"] }, ["2"]],
  [{ containerFormats: ["bare"] }, ["1", "2"]],
  [{ properties: { a: "A" } }, ["3"]],
  [{ properties: { a: "a" } }, []],
  [{ createdAt: "gte:2026-01-02T01:00:00+01:00" }, ["2", "3"]],
  [{ createdAt: "lt:2026-01-02" }, ["1"]],
  [{ createdAt: "2026-01-01 00:00" }, ["1"]],
  [{ createdAt: "neq:2026-01-01T00:00:00Z", owner: "p2" }, ["2"]],
  [{ updatedAt: "gt:2030-01-01" }, []],
])("%j sifts what the service does not", async (query, ids) => {
  const { api } = await cloud(pages(catalogue, 3));
  expect((await collect(api.list(query))).map(({ id }) => id)).toEqual(ids);
});

test("ends as soon as all ids have come", async () => {
  const { api, server } = await cloud(pages(named("a", "b", "c", "d")));
  expect((await collect(api.list({ ids: ["b", "a"] }))).map(({ id }) => id)).toEqual(["a", "b"]);
  expect(server.calls).toHaveLength(1);
  expect(await collect(api.list({ ids: [] }))).toEqual([]);
  expect(server.calls).toHaveLength(1);
});

test.each<[ImageQuery, string]>([
  [{ sort: "name:asc,size:desc" }, "sorts by one key"],
  [{ visibility: "community" }, "knows only public and private images"],
])("%j is refused before anything is sent", async (query, why) => {
  const { api, server } = await cloud(pages([]));
  await expect(collect(api.list(query))).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining(why),
  });
  expect(server.calls).toEqual([]);
});

test("an image that cannot be read is named", async () => {
  const { api } = await cloud(pages([wireWith({ id: "bad", min_disk: "two" })]));
  await expect(collect(api.list({}))).rejects.toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining('image "bad".min_disk'),
  });
});
