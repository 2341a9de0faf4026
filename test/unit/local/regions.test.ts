import { type GlanceLocal, startGlanceLocal } from "../../../provider/local";
import { Client, passwordAuth, rawFormats, requestToken, send } from "./client";

describe("several regions", () => {
  let server: GlanceLocal;
  let dev: Client;
  beforeAll(async () => {
    server = await startGlanceLocal({ regions: ["Dev", "Prod"] });
    dev = await Client.logIn(server);
  });
  afterAll(() => server.close());

  const prodUrl = () => `${server.url}/regions/Prod/image`;
  const inProd = async (method: string, path: string, body?: unknown) =>
    send(method, `${prodUrl()}${path}`, body, { "X-Auth-Token": dev.token });

  it("are listed in one catalog, each with its own address", async () => {
    const { body } = await requestToken(server, passwordAuth("demo", "demo", "demo"));
    const places = (type: string) => {
      const { endpoints } = body.token.catalog.find((service: { type: string }) => service.type === type);
      return endpoints
        .filter((one: { interface: string }) => one.interface === "public")
        .map(({ region, url }: { region: string; url: string }) => [region, url]);
    };
    expect(places("image")).toEqual([
      ["Dev", server.imageUrl],
      ["Prod", prodUrl()],
    ]);
    expect(places("compute").map(([, url]: [string, string]) => new URL(url).pathname)).toEqual([
      `/compute/v2.1/${dev.projectId}`,
      `/regions/Prod/compute/v2.1/${dev.projectId}`,
    ]);
    expect(places("identity")).toEqual([["Dev", server.authUrl]]);
    expect(server.region).toBe("Dev");
  });

  it("have images of their own", async () => {
    const { id } = await dev.create(rawFormats);
    expect((await inProd("GET", `/v2/images/${id}`)).status).toBe(404);
    const made = await inProd("POST", "/v2.9/images", { name: "prod" });
    expect([made.status, made.headers.get("location")]).toEqual([201, `${prodUrl()}/v2/images/${made.body.id}`]);
    expect((await dev.send("GET", `/images/${made.body.id}`)).status).toBe(404);
  });

  it("take names that a path can tell apart", async () => {
    await expect(startGlanceLocal({ regions: [] })).rejects.toThrow("A cloud has at least one region.");
    await expect(startGlanceLocal({ regions: [".."] })).rejects.toThrow('unlike "..".');
    await expect(startGlanceLocal({ regions: ["a", "A"] })).rejects.toThrow('There is a region "A" already');
  });
});
