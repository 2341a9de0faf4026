import { connect } from "../../../provider/glance/discover";
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

test("says what it found where no dialect fits", async () => {
  await expect(connectTo(() => ({ body: versions("v1.1", "v3.0") }))).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining(`${server.url} offers v1.1, v3.0; this provider speaks v2`),
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

test("an error of the service stays what it is", async () => {
  await expect(connectTo(() => ({ status: 503, body: "down" }))).rejects.toMatchObject({
    code: "HTTP_STATUS",
    status: 503,
  });
});

test("a dialect that is asked for is not looked for", async () => {
  const api = await connect(new PlainSession(server.url), { dialect: "v2" });
  expect(api.endpoint).toBe(server.url);
  expect(server.calls).toEqual([]);
});
