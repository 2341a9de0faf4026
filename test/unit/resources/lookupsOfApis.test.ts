import { demoEnvironment } from "../../../provider/local/environment";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local/index";
import { Connections } from "../../../provider/resources/connections";
import { getImageTasks } from "../../../provider/resources/getImageTasks/invoke";
import { getImportMethods } from "../../../provider/resources/getImportMethods/invoke";
import { getStores } from "../../../provider/resources/getStores/invoke";
import { getUsage } from "../../../provider/resources/getUsage/invoke";
import type { ResourceContext } from "../../../provider/resources/resource";

let server: GlanceLocal;
let context: ResourceContext;

beforeAll(async () => {
  server = await startGlanceLocal();
  const connections = new Connections({}, { env: demoEnvironment(server), directory: "/", warn: () => {} });
  context = {
    directory: "/",
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  };
});
afterAll(() => server.close());

describe.each([
  ["v2", ["fast", "cheap"], ["glance-direct", "web-download", "copy-image", "glance-download"]],
  ["v1", [], ["web-download"]],
  ["platform9", [], ["web-download"]],
  ["compute", [], []],
  ["alliance", [], ["web-download"]],
] as const)("the API %s", (api, stores, methods) => {
  it("says what it has, and an empty list of what it has not", async () => {
    expect((await getStores({ api }, context)).stores.map(({ id }) => id)).toEqual(stores);
    expect(await getImportMethods({ api }, context)).toEqual({ methods });
    expect(await getUsage({ api }, context)).toEqual({ quotas: [] });
  });
});

test.each([
  ["v1", "the Image API v1"],
  ["platform9", "Platform9's Image API v1"],
  ["compute", "the Compute API"],
  ["alliance", "the Alliance Glance API"],
] as const)("the API %s has no tasks", async (api, title) => {
  const { images } = await context.connect({ api: "v2" });
  const { id: imageId } = await images.create({ name: "a" });
  await expect(getImageTasks({ imageId, api }, context)).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining(`not shown to these credentials by ${title} of http`),
  });
});

test("the API v2 tells of an image without imports, and of one that does not exist", async () => {
  const { images } = await context.connect({ api: "v2" });
  const { id: imageId } = await images.create({ name: "a" });
  expect(await getImageTasks({ imageId }, context)).toEqual({ tasks: [] });
  await images.delete(imageId);
  await expect(getImageTasks({ imageId }, context)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
