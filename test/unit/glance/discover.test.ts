import { inspect } from "node:util";
import type { ApiChoice } from "../../../provider/glance/apiNames";
import { connect, offeredVersions } from "../../../provider/glance/discover";
import { GlanceError } from "../../../provider/http/errors";
import type { ServiceRequest, Session } from "../../../provider/keystone/types";
import { type Script, ScriptedServer } from "./server";
import { PlainSession } from "./session";

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(() => server.close());

const connectTo = (script: Script) => {
  server.script = script;
  return connect(new PlainSession(server.url));
};

const versions = (...ids: string[]) => ({ versions: ids.map((id) => ({ id, status: "SUPPORTED", links: [] })) });

test.each([200, 300])("finds v2 in a list of versions with status %i", async (status) => {
  const api = await connectTo(() => ({ status, body: versions("v1.1", "v2.0", "v2.17") }));
  expect(api.endpoint).toBe(server.url);
  expect(server.calls).toEqual(["GET /versions"]);
});

test.each<[string, unknown]>([
  ["without a minor version", versions("v2")],
  ["beside odd entries", { versions: [null, "v2", {}, { id: 7 }, { id: "v2.9" }] }],
])("finds v2 in a list %s", async (_, body) => {
  const api = await connectTo(() => ({ body }));
  expect(api.endpoint).toBe(server.url);
  expect(server.calls).toEqual(["GET /versions"]);
});

test.each(["v1", "v1.0", "v1.1"])("finds v1 where the service lists %s and no v2", async (version) => {
  const api = await connectTo(() => ({ status: 300, body: versions(version) }));
  expect(api.capabilities.api).toBe("v1");
});

test("knows v1 by its list of images where neither versions nor a schema are shown", async () => {
  const api = await connectTo(({ path }) => (path === "/v1/images" ? { body: { images: [] } } : { status: 404 }));
  expect(api.capabilities.api).toBe("v1");
  expect(server.calls).toEqual(["GET /versions", "GET /v2/schemas/image", "GET /v1/images?limit=1"]);
});

test.each<[string, ReturnType<Script>]>([
  ["401", { status: 401, body: "no" }],
  ["403", { status: 403, body: "no" }],
  ["404", { status: 404, body: "<html>not found</html>" }],
  ["405", { status: 405, body: "no" }],
  ["a page", { body: "<html>welcome</html>" }],
  ["an empty 300", { status: 300 }],
  ["an empty list", { body: versions() }],
  ["a list of another shape", { body: { versions: { values: [] } } }],
  ["a list of odd entries", { body: { versions: [null, { id: 7 }] } }],
])("knows v2 by its image schema where the versions are %s", async (_, answer) => {
  const api = await connectTo(({ path }) =>
    path === "/v2/schemas/image" ? { body: { name: "image", properties: {} } } : answer,
  );
  expect(api.endpoint).toBe(server.url);
  expect(server.calls).toEqual(["GET /versions", "GET /v2/schemas/image"]);
});

test.each([401, 403, 405])(
  "where neither versions nor schema are shown, status %i stays what it is",
  async (status) => {
    const answers = connectTo(({ path }) => ({ status: path === "/versions" ? status : 404, body: "no" }));
    await expect(answers).rejects.toMatchObject({ code: "HTTP_STATUS", status });
  },
);

test("versions that are listed are believed: no schema is asked for", async () => {
  await expect(connectTo(() => ({ body: versions("v0.9") }))).rejects.toMatchObject({ code: "UNSUPPORTED" });
  expect(server.calls).toEqual(["GET /versions"]);
});

test.each<[string, boolean]>([
  ["a token that the service refuses asks for the schema", true],
  ["a user that Keystone refuses is not asked for twice", false],
])("%s", async (_, ofService) => {
  const refusal = new GlanceError({ code: "HTTP_STATUS", status: 401, message: "who?" });
  const auth = new GlanceError({ code: "AUTH", status: 401, message: "no", ...(ofService && { cause: refusal }) });
  const paths: string[] = [];
  const session = {
    endpoint: async () => server.url,
    request: async (_service: string, { path }: ServiceRequest) => {
      paths.push(path);
      throw auth;
    },
  } as unknown as Session;
  await expect(connect(session)).rejects.toBe(auth);
  expect(paths).toEqual(["/versions", ...(ofService ? ["/v2/schemas/image", "/v1/images?limit=1"] : [])]);
});

test("cancelling ends the wait for Keystone", async () => {
  const stop = new AbortController();
  const session = { endpoint: () => new Promise(() => undefined) } as unknown as Session;
  setImmediate(() => stop.abort());
  await expect(connect(session, { signal: stop.signal })).rejects.toMatchObject({ code: "ABORTED" });
});

test("cancelling while the schema is asked for is no answer", async () => {
  const session = {
    endpoint: async () => server.url,
    request: async (_service: string, { path }: ServiceRequest) => {
      const code = path === "/versions" ? "HTTP_STATUS" : "ABORTED";
      throw new GlanceError({ code, status: 403, message: "no" });
    },
  } as unknown as Session;
  await expect(connect(session)).rejects.toMatchObject({ code: "ABORTED" });
});

test.each([500, 503, 429])("no older API is taken where the newer one answers %i", async (status) => {
  const answers: Script = ({ path }) => {
    if (path === "/versions") return { status: 403, body: "kept back" };
    return path.startsWith("/v2") ? { status, body: "not now" } : { body: { images: [] } };
  };
  await expect(connectTo(answers)).rejects.toMatchObject({ status });
});

test("says what it found where no dialect fits", async () => {
  await expect(connectTo(() => ({ body: versions("v0.9", "v3.0") }))).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining(`${server.url} offers v0.9, v3.0; this provider speaks v2, v1`),
  });
});

test.each<[string, ReturnType<Script>]>([
  ["a page", { body: "<html>welcome</html>" }],
  ["a page of a proxy that is not found", { status: 404, body: "<html>not found</html>" }],
  ["some other JSON", { body: { hello: "world" } }],
  ["versions of another shape", { body: { versions: { values: [] } } }],
])("%s is no image service", async (_, answer) => {
  await expect(connectTo(() => answer)).rejects.toMatchObject({
    code: "UNSUPPORTED",
    facts: { url: `${server.url}/versions`, hint: expect.stringContaining("endpoint") },
  });
});

test.each<[string, unknown]>([
  ["other versions", versions("v0.9")],
  ["a page", "<html>welcome</html>"],
])("a password in the endpoint is not shown with %s", async (_, body) => {
  server.script = () => ({ body });
  const plain = new PlainSession(server.url);
  const session = {
    request: plain.request.bind(plain),
    endpoint: async () => server.url.replace("://", "://me:s3cret@"),
  } as unknown as Session;
  const error = await connect(session).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "UNSUPPORTED" });
  expect(inspect(error, { depth: 20 })).not.toContain("s3cret");
});

test("an error of the service stays what it is", async () => {
  await expect(connectTo(() => ({ status: 503, body: "down" }))).rejects.toMatchObject({
    code: "HTTP_STATUS",
    status: 503,
  });
});

test("a word that names no API is refused with those that do", async () => {
  const api = "v3" as ApiChoice;
  await expect(connect(new PlainSession(server.url), { api })).rejects.toMatchObject({
    code: "CONFIG",
    message: expect.stringContaining('"v3" is no image API'),
    facts: { hint: "Set api to one of auto, v2, v1, platform9, compute, alliance" },
  });
  const format = "yaml" as "json";
  await expect(connect(new PlainSession(server.url), { api: "compute", format })).rejects.toMatchObject({
    code: "CONFIG",
    message: expect.stringContaining('"yaml" is no format'),
  });
});

test("a dialect that is asked for is not looked for", async () => {
  const api = await connect(new PlainSession(server.url), { api: "v2" });
  expect(api.endpoint).toBe(server.url);
  expect(server.calls).toEqual([]);
});

describe("the versions that a service offers", () => {
  const offered = (script: Script, api?: "v1" | "platform9") => {
    server.script = script;
    return offeredVersions(new PlainSession(server.url), api);
  };

  test("are those of its list, whichever is spoken", async () => {
    expect(await offered(() => ({ status: 300, body: versions("v2.17", "v1.1") }))).toEqual(["v2.17", "v1.1"]);
    expect(await offered(() => ({ body: versions("v2.0") }), "v1")).toEqual(["v2.0"]);
  });

  test("are not asked where services list none", async () => {
    expect(await offered(() => ({ status: 500 }), "platform9")).toBeUndefined();
    expect(server.calls).toEqual([]);
  });

  test("cannot be told where the list is kept back", async () => {
    await expect(offered(() => ({ status: 403, body: "no" }))).rejects.toMatchObject({ status: 403 });
  });
});
