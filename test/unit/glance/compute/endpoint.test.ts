import type { ProviderConfig } from "../../../../provider/resources/config/types";
import { Connections } from "../../../../provider/resources/connections";
import type { Place } from "../../../../provider/resources/resource";
import { ScriptedServer } from "../server";
import { noImage } from "./cloud";

let server: ScriptedServer;
beforeEach(async () => {
  server = await ScriptedServer.start(() => noImage);
});
afterEach(() => server.close());

/** What is asked for when an image is read. */
async function pathOf(config: ProviderConfig, where: Place = {}, env: Record<string, string> = {}) {
  const connections = new Connections({ authType: "none", ...config }, { env, directory: "/", warn: () => {} });
  const { images } = await connections.connect(where);
  await images.get("a");
  return server.seen[0]?.path;
}

test("the configured endpoint is that of the Compute service where its API is configured", async () => {
  expect(await pathOf({ api: "compute", endpointOverride: `${server.url}/v2/p1/` })).toBe("/v2/p1/images/a");
});

test("a resource that speaks to another service than configured does not take its endpoint", async () => {
  const config = { api: "v2", endpointOverride: "http://127.0.0.1:9/image" } as const;
  const env = { OS_COMPUTE_ENDPOINT_OVERRIDE: `${server.url}/v2.1` };
  expect(await pathOf(config, { api: "compute" }, env)).toBe("/v2.1/images/a");
  await expect(pathOf(config, { api: "compute" })).rejects.toThrow(/OS_COMPUTE_ENDPOINT_OVERRIDE\) is missing/);
});

test.each(["alliance", "platform9"] as const)("nor does one that speaks %s, whose URL is another", async (api) => {
  const config = {
    api: "v2",
    endpointOverride: "http://127.0.0.1:9/image",
    targetNs: "n",
    environmentId: "e",
  } as const;
  const env = { GLANCE_ALLIANCE_URL: server.url, GLANCE_PLATFORM9_URL: server.url };
  await pathOf(config, { api }, env).catch(() => undefined);
  expect(server.seen.length).toBeGreaterThan(0);
});

test("the variable for images is not taken for the Compute service", async () => {
  const env = { OS_IMAGE_ENDPOINT_OVERRIDE: server.url };
  await expect(pathOf({ api: "compute" }, {}, env)).rejects.toThrow(/OS_COMPUTE_ENDPOINT_OVERRIDE\) is missing/);
});
