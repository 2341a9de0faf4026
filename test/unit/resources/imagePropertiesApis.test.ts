import type { ImageApi } from "../../../provider/glance/api";
import type { ApiName } from "../../../provider/glance/apiNames";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local";
import type { ProviderConfig } from "../../../provider/resources/config/types";
import { Connections } from "../../../provider/resources/connections";
import { imageProperties } from "../../../provider/resources/imageProperties/resource";
import type { ResourceContext } from "../../../provider/resources/resource";

let server: GlanceLocal;
beforeAll(async () => {
  server = await startGlanceLocal();
});
afterAll(() => server.close());

const contextAt = (config: ProviderConfig): ResourceContext => {
  const demo = { userName: "demo", password: "demo", projectName: "demo" };
  const domains = { userDomainName: "Default", projectDomainName: "Default" };
  const environment = { env: {}, directory: "/", warn: () => {} };
  const connections = new Connections({ authUrl: server.authUrl, ...demo, ...domains, ...config }, environment);
  return {
    directory: "/",
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  };
};

const apis: [string, ApiName, ProviderConfig][] = [
  ["the Image API v2", "v2", {}],
  ["the Image API v1", "v1", {}],
  ["the Compute API in JSON", "compute", {}],
  ["the Compute API in XML", "compute", { format: "xml" }],
];

describe.each(apis)("properties through %s", (_title, api, config) => {
  let context: ResourceContext;
  let glance: ImageApi;
  let imageId: string;

  /** The image's properties as Glance itself shows them. */
  const seen = async () => ({ ...(await glance.get(imageId))?.properties });
  const create = (properties: Record<string, string>) =>
    imageProperties.create({ imageId, properties, api }, {}, context);

  beforeEach(async () => {
    context = contextAt(config);
    glance = (await context.connect({ api: "v2" })).images;
    const properties = { theirs: "1", taken: "2" };
    imageId = (await glance.create({ name: "a", diskFormat: "raw", containerFormat: "bare", properties })).id;
  });
  afterEach(() => glance.delete(imageId));

  test("are set; one that is there already is taken over; others are left alone", async () => {
    const made = await create({ taken: "ours", fresh: "3 ü" });
    expect(made).toEqual({ id: imageId, state: { imageId, properties: { taken: "ours", fresh: "3 ü" }, api } });
    expect(await seen()).toEqual({ theirs: "1", taken: "ours", fresh: "3 ü" });
  });

  test("change, and go when they are declared no more", async () => {
    const { state } = await create({ a: "1", b: "2" });
    const news = { imageId, properties: { b: "3", c: "4" }, api };
    expect(await imageProperties.update(imageId, { inputs: state, state }, news, context)).toEqual(news);
    expect(await seen()).toEqual({ theirs: "1", taken: "2", b: "3", c: "4" });
  });

  test("are the only ones that are read, and one that somebody removed is missing", async () => {
    const { state } = await create({ a: "1", b: "2" });
    const image = (await glance.get(imageId)) as NonNullable<Awaited<ReturnType<ImageApi["get"]>>>;
    await glance.update(image, { properties: { a: null, b: "theirs" } });
    const inputs = { imageId, properties: { b: "theirs" }, api };
    expect(await imageProperties.read(imageId, { inputs: state, state }, context)).toEqual({ inputs, state: inputs });
  });

  test("are all imported but those that nobody may declare", async () => {
    const image = (await glance.get(imageId)) as NonNullable<Awaited<ReturnType<ImageApi["get"]>>>;
    await glance.update(image, { properties: { pulumi_glance_urn: "stamp" } });
    const found = await imageProperties.read(imageId, { state: { api } }, context);
    expect(found?.inputs).toEqual({ imageId, properties: { theirs: "1", taken: "2" }, api });
  });

  test("go with the resource, and no others", async () => {
    const { state } = await create({ taken: "ours", fresh: "3" });
    await imageProperties.delete(imageId, state, context);
    expect(await seen()).toEqual({ theirs: "1" });
    await imageProperties.delete(imageId, state, context);
  });

  test("go with the image", async () => {
    const { state } = await create({ a: "1" });
    await glance.delete(imageId);
    expect(await imageProperties.read(imageId, { inputs: state, state }, context)).toBeUndefined();
    await imageProperties.delete(imageId, state, context);
    await expect(create({ a: "1" })).rejects.toThrow(`There is no image with the id ${imageId}`);
  });
});
