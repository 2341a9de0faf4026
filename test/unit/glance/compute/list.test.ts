import type { ImageQuery } from "../../../../provider/glance/query";
import type { Seen } from "../server";
import { collect } from "../v2/cloud";
import { base, useCloud, wireWith, xmlAnswer } from "./cloud";

const cloud = useCloud();

/** Pages of three images of the given ones, each beginning after the marker. */
const pagesOf =
  (images: readonly Record<string, unknown>[]) =>
  ({ query }: Seen) => {
    const start = images.findIndex(({ id }) => id === query.get("marker")) + 1;
    return { body: { images: images.slice(start, start + 3) } };
  };

const idsOf = async (query: ImageQuery, images: readonly Record<string, unknown>[]) => {
  const { json } = await cloud(pagesOf(images));
  return (await collect(json.list(query))).map(({ id }) => id);
};

test("pages are asked for by the last id until one is empty; links are not followed", async () => {
  const images = ["a", "b", "c", "d"].map((id) => wireWith({ id }));
  const links = [{ rel: "next", href: "http://elsewhere/images?marker=a" }];
  const { json, server } = await cloud((request) => {
    const { body } = pagesOf(images)(request);
    return { body: { ...body, images_links: links } };
  });
  expect((await collect(json.list({ limit: 3 }))).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  expect(server.calls).toEqual([
    `GET ${base}/images/detail?limit=3`,
    `GET ${base}/images/detail?limit=3&marker=c`,
    `GET ${base}/images/detail?limit=3&marker=d`,
  ]);
});

test("no more than is needed is asked for", async () => {
  const { json, server } = await cloud(pagesOf(["a", "b", "c", "d"].map((id) => wireWith({ id }))));
  for await (const _first of json.list({ limit: 3 })) break;
  expect(server.calls).toHaveLength(1);
});

test("every filter that the service knows is sent", async () => {
  const { json, server } = await cloud(() => ({ body: { images: [] } }));
  await collect(
    json.list({
      name: "edge ü",
      status: "active",
      changesSince: "2026-01-01T00:00:00+02:00",
      server: "http://nova/servers/9f2d",
      minDisk: 1,
      minRam: 64,
      type: "ALL",
      limit: 7,
      marker: "m",
    }),
  );
  expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
    name: "edge ü",
    status: "ACTIVE",
    "changes-since": "2026-01-01T00:00:00+02:00",
    server: "http://nova/servers/9f2d",
    minDisk: "1",
    minRam: "64",
    limit: "7",
    marker: "m",
  });
});

test("the brief list is asked for where it suffices", async () => {
  const { json, server } = await cloud(() => ({ body: { images: [] } }));
  for (const more of [{}, { name: "a", server: "s" }, { status: "active" }, { type: "BASE" }, { type: "ALL" }] as const)
    await collect(json.list({ detail: false, ...more }));
  expect(server.seen.map(({ path }) => path.slice(base.length))).toEqual([
    "/images",
    "/images",
    "/images/detail",
    "/images/detail",
    "/images",
  ]);
});

test("no microversion is asked for", async () => {
  const { json, server } = await cloud(() => ({ body: { images: [] } }));
  await collect(json.list({}));
  const names = Object.keys(server.seen[0]?.headers ?? {});
  expect(names.filter((name) => name.includes("version"))).toEqual([]);
});

describe("what the service does not sift is sifted here:", () => {
  const snapshot = wireWith({ id: "snap", metadata: { image_type: "snapshot" } });
  const backup = wireWith({ id: "backup", metadata: { image_type: "backup" } });
  const other = wireWith({ id: "base", metadata: { "os:distro": "debian" }, name: "a:b" });
  const queued = wireWith({ id: "queued", status: "SAVING", progress: 25, metadata: {} });
  const killed = wireWith({ id: "killed", status: "ERROR", progress: 0, metadata: {} });
  const all = [snapshot, backup, other, queued, killed];

  test.each<[string, ImageQuery, string[]]>([
    ["type SERVER", { type: "SERVER" }, ["snap", "backup"]],
    ["type BASE", { type: "BASE" }, ["base", "queued", "killed"]],
    ["type ALL", { type: "ALL" }, ["snap", "backup", "base", "queued", "killed"]],
    ["a status of many meanings", { status: "killed" }, ["killed"]],
    ["a status that SAVING does not find", { status: "queued" }, ["queued"]],
    ["statuses", { statuses: ["queued", "killed"] }, ["queued", "killed"]],
    ["a name with a colon", { name: "a:b" }, ["base"]],
    ["names", { names: ["a:b", "c"] }, ["base"]],
    ["properties", { properties: { "os:distro": "debian" } }, ["base"]],
    ["a time of creation", { createdAt: "gte:2026-11-21T00:57:22Z", name: "a:b" }, ["base"]],
    ["another time of creation", { createdAt: "gt:2026-11-21T00:57:22Z" }, []],
    ["a time of a change", { updatedAt: "lt:2026-11-21T00:57:25Z" }, []],
    ["ids", { ids: ["killed", "snap"] }, ["snap", "killed"]],
    ["no ids", { ids: [] }, []],
  ])("%s", async (_name, query, found) => {
    expect(await idsOf(query, all)).toEqual(found);
  });

  test("and not asked for", async () => {
    const { json, server } = await cloud(() => ({ body: { images: [] } }));
    await collect(json.list({ status: "killed", type: "SERVER", name: "a:b", properties: { a: "b" } }));
    expect(server.seen[0]?.query.toString()).toBe("limit=500");
  });

  test("a list by ids ends with the last of them", async () => {
    const { json, server } = await cloud(pagesOf(all));
    await collect(json.list({ ids: ["snap"] }));
    expect(server.calls).toHaveLength(1);
  });
});

test("a marker that somebody deletes is replaced by an image before it", async () => {
  const images = ["a", "b", "c", "d", "e"].map((id) => wireWith({ id }));
  const { json, server } = await cloud((request) =>
    request.query.get("marker") === "c"
      ? { status: 400, body: { badRequest: { code: 400, message: "HTTP 400 Bad Request: No image found with ID c" } } }
      : pagesOf(images)(request),
  );
  expect((await collect(json.list({ limit: 3 }))).map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
  expect(server.calls).toContain(`GET ${base}/images/detail?limit=3&marker=b`);
});

test("a server that only speaks JSON is understood by those who asked for XML, and the other way round", async () => {
  const { xml, json, server } = await cloud(({ query, headers }) => {
    if (headers.accept === "application/xml") return { body: { images: query.has("marker") ? [] : [wireWith({})] } };
    const image = query.has("marker") ? "" : '<image id="b" name="in XML"/>';
    return xmlAnswer(`<images xmlns="http://docs.openstack.org/compute/api/v1.1">${image}</images>`);
  });
  expect(await collect(xml.list({}))).toMatchObject([{ name: "nr-snap" }]);
  expect(await collect(json.list({}))).toMatchObject([{ name: "in XML" }]);
  expect(server.seen.map(({ headers }) => headers.accept)).toContain("application/xml");
});

test("an answer of little authority is an answer", async () => {
  const { json } = await cloud(({ query }) => ({
    status: 203,
    body: { images: query.has("marker") ? [] : [wireWith({})] },
  }));
  expect(await collect(json.list({}))).toHaveLength(1);
});
