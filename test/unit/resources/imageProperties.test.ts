import { computeCapabilities } from "../../../provider/glance/compute/capabilities";
import { capabilitiesOf } from "../../../provider/glance/discover";
import { imageProperties } from "../../../provider/resources/imageProperties/resource";
import type { ImagePropertiesInputs } from "../../../provider/resources/imageProperties/types";
import type { Place, ResourceContext } from "../../../provider/resources/resource";
import { unknown } from "../../../provider/resources/unknown";
import { wireWith } from "../glance/fixtures";
import { noImage } from "../glance/v2/cloud";
import { useContext } from "./context";

const inputs: ImagePropertiesInputs = { imageId: "i1", properties: { a: "1", b: "2" } };

const contextWith = (capabilities: ResourceContext["capabilities"]): ResourceContext => ({
  directory: "/",
  connect: () => Promise.reject(new Error("nothing is asked")),
  capabilities,
});

const failuresOf = async (
  news: Record<string, unknown>,
  capabilities: ResourceContext["capabilities"] = ({ api }: Place) => capabilitiesOf(api),
) => (await imageProperties.check(news, contextWith(capabilities))).failures;

describe("check", () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ["no image", { properties: {} }, "imageId", /must be declared/],
    ["an image with a slash", { ...inputs, imageId: "a/b" }, "imageId", /no "\/"/],
    ["no properties", { imageId: "a" }, "properties", /must be declared/],
    ["a list", { ...inputs, properties: ["a"] }, "properties", /must be a map/],
    ["a number", { ...inputs, properties: { a: 1 } }, 'properties["a"]', /must be a string/],
    ["an attribute", { ...inputs, properties: { min_disk: "1" } }, 'properties["min_disk"]', /use the input minDisk/],
    ["the server's own", { ...inputs, properties: { checksum: "1" } }, 'properties["checksum"]', /image service only/],
    ["our mark", { ...inputs, properties: { pulumi_glance_state: "x" } }, 'properties["pulumi_glance_state"]', /marks/],
    ["a name that v1 cannot carry", { ...inputs, api: "v1", properties: { "A-b": "1" } }, 'properties["A-b"]', /a_b/],
    [
      "a name that Nova refuses",
      { ...inputs, api: "compute", properties: { ü: "1" } },
      'properties["ü"]',
      /Compute API/,
    ],
    ["Platform9's", { ...inputs, api: "platform9", properties: { pf9_a: "1" } }, 'properties["pf9_a"]', /Platform9/],
    ["another input", { ...inputs, name: "a" }, "name", /is not an input/],
  ])("%s is a failure at its path", async (_name, news, property, reason) => {
    expect(await failuresOf(news)).toContainEqual({ property, reason: expect.stringMatching(reason) });
  });

  test("an API that changes no properties is named", async () => {
    const unchanging = { ...computeCapabilities, title: "the Image API v0", changesProperties: false };
    expect(await failuresOf({ ...inputs }, () => unchanging)).toEqual([
      { property: "", reason: "the Image API v0 does not change the properties of an image" },
    ]);
  });

  test.each([
    { ...inputs },
    { ...inputs, api: "compute", cloud: "edge" },
    { imageId: unknown, properties: unknown, api: "v1" },
    { imageId: unknown, properties: { a: unknown } },
    { imageId: "a", properties: {} },
  ])("%p passes", async (news) => {
    expect(await failuresOf(news)).toEqual([]);
  });
});

test.each<[string, Record<string, unknown>, string[], string[]]>([
  ["nothing", {}, [], []],
  ["a value", { properties: { a: "1", b: "3" } }, ['properties["b"]'], []],
  ["a property that is declared no more", { properties: { a: "1" } }, ['properties["b"]'], []],
  ["another property", { properties: { a: "1", b: "2", c: "3" } }, ['properties["c"]'], []],
  ["properties that are still to be known", { properties: unknown }, ["properties"], []],
  ["the image", { imageId: "i2" }, ["imageId"], ["imageId"]],
  ["the region", { region: "two" }, ["region"], ["region"]],
  ["the API to speak", { api: "compute" }, ["api"], []],
])("%s that differs is seen", (_name, over, changes, replaces) => {
  const diff = imageProperties.diff("i1", { inputs, state: inputs }, { ...inputs, ...over } as never);
  expect(diff).toEqual({ changes, replaces, deleteFirst: true });
});

describe("with an image service where much happens at once", () => {
  const cloud = useContext();
  const shown = { body: wireWith({ id: "i1", a: "1" }) };

  test("one change of an image comes after the other: each writes back all properties that it read", async () => {
    const { context, server } = await cloud(() => shown);
    const change = (name: string) =>
      imageProperties.create({ imageId: "i1", properties: { [name]: "2" } }, {}, context);
    await Promise.all(["b", "c", "d"].map(change));
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "PATCH", "GET", "PATCH", "GET", "PATCH"]);
  });

  test("a change that fails does not keep others from coming", async () => {
    const { context, server } = await cloud(({ method }) =>
      method === "PATCH" && server.calls.length < 3 ? { status: 403, body: { message: "no" } } : shown,
    );
    const change = () => imageProperties.create({ imageId: "i1", properties: { b: "2" } }, {}, context);
    const results = await Promise.allSettled([change(), change()]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });

  test("an image that goes while its properties are removed takes them along", async () => {
    let exists = true;
    const { context } = await cloud(({ method }) => {
      exists &&= method === "GET";
      return exists ? shown : noImage("i1");
    });
    await imageProperties.delete("i1", { imageId: "i1", properties: { a: "1" } }, context);
    expect(exists).toBe(false);
  });

  test("an image that is there all the same is a failure", async () => {
    const { context } = await cloud(({ method }) => (method === "GET" ? shown : noImage("i1")));
    const removal = imageProperties.delete("i1", { imageId: "i1", properties: { a: "1" } }, context);
    await expect(removal).rejects.toThrow(/update failed/);
  });
});
