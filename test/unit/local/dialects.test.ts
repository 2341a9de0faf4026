import type { Dialect } from "../../../provider/local/dialects";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local/index";
import { passwordAuth, requestToken, send } from "./client";

let server: GlanceLocal | undefined;
afterEach(() => server?.close());

/** A server of these dialects, and what its catalog lists. */
async function serve(dialects?: readonly Dialect[]) {
  server = await startGlanceLocal(dialects ? { dialects } : {});
  const { url } = server;
  const answer = await requestToken(server, passwordAuth("demo", "demo", "demo"));
  const { catalog, project } = answer.body.token;
  const listed = new Map<string, string>();
  for (const { type, endpoints } of catalog) listed.set(type, endpoints[0].url.slice(url.length));
  const headers = {
    "x-auth-token": answer.headers.get("x-subject-token") ?? "",
    accept: "application/json",
    "x-target-ns": "any",
    "x-environment-id": project.id as string,
  };
  const get = (path: string) => send("GET", url + path, undefined, headers);
  const create = (path: string, body?: unknown, more = {}) => send("POST", url + path, body, { ...headers, ...more });
  return { listed, projectId: project.id as string, get, create };
}

const lists: Record<string, string> = {
  v2: "/image/v2/images",
  v1: "/image/v1/images",
  platform9: "/glance/v1/images",
  compute: "/compute/v2.1/images",
  alliance: "/alliance/images",
};

/** The images of a list; Alliance has it in a list of its own. */
const imagesOf = (body: unknown) => ([body].flat()[0] as { images: { name: string }[] }).images;

test("serves every dialect, and lists the services of OpenStack in the catalog", async () => {
  const { listed, projectId, get } = await serve();
  expect(Object.fromEntries(listed)).toEqual({
    identity: "/identity/v3",
    image: "/image",
    compute: `/compute/v2.1/${projectId}`,
  });
  for (const path of [...Object.values(lists), `/compute/v2/${projectId}/images`]) {
    const { status, body } = await get(path);
    expect({ path, status, images: imagesOf(body) }).toEqual({ path, status: 200, images: [] });
  }
});

test.each(Object.keys(lists))("serves %s alone", async (dialect) => {
  const { get } = await serve([dialect as Dialect]);
  for (const [name, path] of Object.entries(lists)) {
    expect([name, (await get(path)).status === 200]).toEqual([name, name === dialect]);
  }
});

test("a cloud of v1 alone lists its versions, by which it is found", async () => {
  const { get } = await serve(["v1"]);
  const { status, body } = await get("/image/versions");
  expect(status).toBe(200);
  expect(body.versions.map(({ id }: { id: string }) => id)).toEqual(["v1.1", "v1.0"]);
  expect(await get("/image/v2/images")).toMatchObject({ status: 300, body });
});

test("shows the same images through all of them", async () => {
  const { get, create } = await serve();
  expect((await create("/image/v2/images", { name: "from v2" })).status).toBe(201);
  expect((await create("/image/v1/images", undefined, { "x-image-meta-name": "from v1" })).status).toBe(201);
  for (const path of Object.values(lists)) {
    const { body } = await get(path);
    expect(
      imagesOf(body)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["from v1", "from v2"]);
  }
});
