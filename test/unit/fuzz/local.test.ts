import { Agent, request as send } from "node:http";
import { toUSVString } from "node:util";
import fc from "fast-check";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local";
import { passwordAuth, requestToken } from "../local/client";
import { damagedText, guardPrototypes, loadedWords, nearly, oddTexts } from "./hostile";

guardPrototypes();

const agent = new Agent({ keepAlive: true });
let server: GlanceLocal;
let headers: Record<string, string>;
let image: string;

beforeAll(async () => {
  server = await startGlanceLocal();
  const answer = await requestToken(server, passwordAuth("admin", "secret", "admin"));
  headers = {
    "x-auth-token": answer.headers.get("x-subject-token") ?? "",
    "x-target-ns": "ns",
    "x-environment-id": answer.body.token.project.id,
  };
  const made = await ask("POST", "/image/v2/images", Buffer.from(JSON.stringify({ name: "n", tags: ["a"] })));
  image = JSON.parse(made.text).id;
});

afterAll(async () => {
  agent.destroy();
  await server.close();
});

interface Answer {
  status: number;
  text: string;
}

function ask(method: string, path: string, body?: Buffer, more: Record<string, string> = {}): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  const sent = body ? { "content-length": String(body.length), "content-type": "application/json" } : {};
  return new Promise((resolve, reject) => {
    send({ hostname, port, agent, method, path, headers: { ...headers, ...sent, ...more } })
      .on("error", reject)
      .on("response", (incoming) => {
        const answered = (chunks: Buffer[]) => ({
          status: incoming.statusCode ?? 0,
          text: String(Buffer.concat(chunks)),
        });
        incoming.toArray().then((chunks) => resolve(answered(chunks)), reject);
      })
      .end(body);
  });
}

/** Asks, and then whether all is as before. Glance says 500 to some mistakes of clients, and so does its stand-in. */
async function survives(...request: Parameters<typeof ask>): Promise<void> {
  const { status, text } = await ask(...request);
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThanOrEqual(500);
  expect(text).not.toMatch(/RangeError|TypeError|node:internal|\.ts:\d+/);
  const after = ["/image/v2/images", "/image/v1/images/detail", "/compute/v2.1/images/detail", "/alliance/images"];
  for (const list of after) expect(await ask("GET", list)).toMatchObject({ status: 200 });
}

/** A request whose body is nearly one of these values. */
interface Target {
  method: string;
  path: (image: string) => string;
  values: readonly unknown[];
  headers?: Record<string, string>;
}

const patchType = (version: string) => ({ "content-type": `application/openstack-images-${version}-json-patch` });
const withToken = { auth: { identity: { methods: ["token"], token: { id: "x" } }, scope: { project: { id: "p" } } } };
const namespace = {
  namespace: "N",
  visibility: "private",
  properties: { a: { type: "string", title: "A", enum: ["x"] } },
  objects: [{ name: "o", properties: {}, required: [] }],
  tags: [{ name: "t" }],
  resource_type_associations: [{ name: "OS::Glance::Image", prefix: "p_" }],
};
const newImage = { name: "n", disk_format: "raw", container_format: "bare", min_disk: 1 };

const targets: Readonly<Record<string, Target>> = {
  "a token": {
    method: "POST",
    path: () => "/identity/v3/auth/tokens",
    values: [{ auth: passwordAuth("demo", "demo", "demo") }, withToken],
  },
  "an image": {
    method: "POST",
    path: () => "/image/v2/images",
    values: [{ ...newImage, tags: ["t"], visibility: "private", protected: false, x: "y" }],
  },
  "a change of an image": {
    method: "PATCH",
    path: (id) => `/image/v2/images/${id}`,
    values: [[{ op: "add", path: "/x", value: "y" }], [{ op: "replace", path: "/tags", value: ["z"] }]],
    headers: patchType("v2.1"),
  },
  "a change of an image, in the older form": {
    method: "PATCH",
    path: (id) => `/image/v2/images/${id}`,
    values: [[{ add: "/x", value: "y" }], [{ remove: "/x" }]],
    headers: patchType("v2.0"),
  },
  "an import": {
    method: "POST",
    path: (id) => `/image/v2/images/${id}/import`,
    values: [
      { method: { name: "web-download", uri: "http://127.0.0.1:1/" }, stores: ["fast"], all_stores: false },
      { method: { name: "glance-download", glance_region: "R", glance_image_id: "i" } },
    ],
  },
  "a member": { method: "POST", path: (id) => `/image/v2/images/${id}/members`, values: [{ member: "p2" }] },
  "a namespace": { method: "POST", path: () => "/image/v2/metadefs/namespaces", values: [namespace] },
  "memberships of v1": {
    method: "PUT",
    path: (id) => `/image/v1/images/${id}/members`,
    values: [{ memberships: [{ member_id: "p2", can_share: false }] }],
  },
  "metadata of compute": {
    method: "POST",
    path: (id) => `/compute/v2.1/images/${id}/metadata`,
    values: [{ metadata: { a: "b" } }],
  },
  "an image of Alliance": { method: "POST", path: () => "/alliance/images", values: [{ image: newImage }] },
};

test.each(Object.entries(targets))("survives any JSON for %s", async (_what, { method, path, values, headers }) => {
  await fc.assert(
    fc.asyncProperty(nearly(...values), (body) => survives(method, path(image), body, headers)),
    { numRuns: 40 },
  );
});

test("survives any XML", async () => {
  const metadata = '<metadata xmlns="http://docs.openstack.org/compute/api/v1.1"><meta key="a">b</meta></metadata>';
  await fc.assert(
    fc.asyncProperty(damagedText(metadata), (body) =>
      survives("POST", `/compute/v2.1/images/${image}/metadata`, Buffer.from(body), {
        "content-type": "application/xml",
      }),
    ),
    { numRuns: 40 },
  );
});

test("survives any query and any path", async () => {
  const key = fc.oneof(
    fc.constantFrom("limit", "marker", "sort", "sort_key", "sort_dir", "name", "id", "size_min", "created_at", "tag"),
    fc.constantFrom(...loadedWords, "property-a", "changes-since", "os_hidden", "member_status", "visibility"),
  );
  const value = fc.oneof(
    fc.constantFrom(
      "in:",
      "in:a,b",
      'in:"',
      "gt:",
      "gte:2026",
      "-1",
      "1e9",
      "%",
      "%ff",
      "%00",
      "a:b:c",
      "asc,desc",
      "[]",
    ),
    oddTexts.map((odd) => encodeURIComponent(toUSVString(odd.slice(0, 1000)))),
  );
  const query = fc.array(
    fc.tuple(key, value).map((pair) => pair.join("=")),
    { maxLength: 4 },
  );
  const path = fc.oneof(
    fc.constantFrom(
      "/image/v2/images",
      "/image/v1/images",
      "/image/v2/metadefs/namespaces",
      "/compute/v2.1/images/detail",
    ),
    fc.constantFrom("/alliance/images", "/image/v2/tasks", "/glance/v1/images/detail", "/identity/v3/auth/tokens"),
    value.map((part) => `/image/v2/images/${part}/file`),
    value.map((part) => `/compute/v2.1/images/${part}/metadata/${part}`),
  );
  await fc.assert(
    fc.asyncProperty(path, query, (path, query) => survives("GET", `${path}?${query.join("&")}`)),
    { numRuns: 150 },
  );
});

test("survives any headers of an image of v1", async () => {
  const name = fc.constantFrom(
    "name",
    "id",
    "size",
    "checksum",
    "is-public",
    "min_ram",
    "owner",
    "store",
    "property-a",
    "x",
  );
  const value = oddTexts.map((odd) => odd.replace(/[^\t\x20-\x7e\x80-\xff]/g, "").slice(0, 500));
  const said = fc.array(fc.tuple(name, value), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(said, (said) => {
      const more = Object.fromEntries(said.map(([name, value]) => [`x-image-meta-${name}`, value]));
      return survives("POST", "/image/v1/images", Buffer.alloc(0), more);
    }),
    { numRuns: 60 },
  );
});

test("is done with many beginnings of tags, to be taken out of a plain text", async () => {
  const body = Buffer.from(JSON.stringify([{ op: "<".repeat(1_000_000), path: "/x" }]));
  const more = { ...patchType("v2.1"), accept: "text/plain" };
  expect(await ask("PATCH", `/image/v2/images/${image}`, body, more)).toMatchObject({ status: 400 });
});
