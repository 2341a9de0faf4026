import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderConfig } from "../../../../provider/resources/config/types";
import { openSession, speak } from "../../../../provider/resources/reach";
import { ScriptedServer } from "../server";

const image = JSON.parse(readFileSync(join(__dirname, "../../../fixtures/seeds/alliance-image.json"), "utf8"));
const tenancy = { targetNs: "ccsr1", environmentId: "54915a05b0bb43dcbb218525c426b6a5" };

let server: ScriptedServer;

beforeEach(async () => {
  const token = { expires_at: "2030-01-01T00:00:00Z", catalog: [] };
  server = await ScriptedServer.start(({ path }) =>
    path.startsWith("/v3")
      ? { status: 201, headers: { "x-subject-token": "issued" }, body: { token } }
      : { body: image },
  );
});
afterEach(() => server.close());

/** The requests for one image, and the token of the last. */
async function requestsWith(config: ProviderConfig): Promise<[calls: string[], token: unknown]> {
  const place = { env: { GLANCE_ALLIANCE_URL: server.url, HOME: "/none" }, directory: "/none", warn: () => {} };
  const options: ProviderConfig = { api: "alliance", authUrl: `${server.url}/v3`, ...tenancy, ...config };
  const { session } = openSession(options, place);
  try {
    await (await speak(session, options, place)).get(image.id);
  } finally {
    await session.close();
  }
  return [server.calls, server.seen.at(-1)?.headers["x-auth-token"]];
}

const show = `GET /images/${image.id}`;

test("without authentication neither Keystone is asked nor a token sent", async () => {
  expect(await requestsWith({ authType: "none" })).toEqual([[show], undefined]);
});

test("a given token is sent as it is", async () => {
  expect(await requestsWith({ authType: "admin_token", token: "given" })).toEqual([[show], "given"]);
});

test("a cloud with a password sends its token", async () => {
  const user = { userName: "alice", password: "s3cret", projectName: "demo" };
  expect(await requestsWith(user)).toEqual([["POST /v3/auth/tokens", show], "issued"]);
});
