import { getImageTasks } from "../../../provider/resources/getImageTasks/invoke";
import { getImportMethods } from "../../../provider/resources/getImportMethods/invoke";
import { getStores } from "../../../provider/resources/getStores/invoke";
import { getUsage } from "../../../provider/resources/getUsage/invoke";
import { lookups } from "../../../provider/resources/lookups";
import type { ResourceContext } from "../../../provider/resources/resource";
import type { Answer } from "../glance/server";
import { useContext } from "./context";

const start = useContext();
const imageId = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0";

/** A cloud that answers one path, and says of every other that it does not know it. */
const answering = (path: string, answer: Answer) =>
  start((seen) => (seen.path === path ? answer : { status: 404, body: "404 Not Found" }));

/** A context whose cloud must not be asked. */
const offline: ResourceContext = {
  directory: "/",
  connect: () => Promise.reject(new Error("the cloud was asked")),
  capabilities: () => undefined,
};

test("there is one for each function, by its token", () => {
  expect([...lookups].map(([token, lookup]) => [token, lookup.token])).toEqual(
    ["getImage", "getImages", "getImageTasks", "getImportMethods", "getStores", "getUsage"].map((name) => {
      const token = `glance:index:${name}`;
      return [token, token];
    }),
  );
});

describe.each([...lookups.keys()])("%s", (token) => {
  const ask = (args: object, context = offline) => lookups.get(token)?.invoke(args, context);
  const needed = token.endsWith("Tasks") ? { imageId } : {};

  test.each<[string, object, RegExp]>([
    [
      "an argument that does not exist",
      { colour: "red" },
      /colour is not an input; the inputs are .*cloud, region, api/,
    ],
    ["a word that names no API", { api: "v3" }, /api must be one of auto, v2, v1, platform9, compute, alliance/],
    ["a cloud that is no text", { cloud: 5 }, /cloud must be a string/],
  ])("refuses %s without asking the cloud", async (_, args, reason) => {
    await expect(ask({ ...needed, ...args })).rejects.toMatchObject({
      code: "CONFIG",
      message: expect.stringMatching(reason),
    });
  });

  it("looks where it is told to, and takes null for nothing", async () => {
    const { context, places } = await start(() => ({ status: 500 }));
    const args = { ...needed, cloud: "edge", region: "north", api: null };
    await expect(ask(args, context)).rejects.toMatchObject({ code: "HTTP_STATUS" });
    expect(places).toEqual([{ cloud: "edge", region: "north" }]);
  });
});

describe("getStores", () => {
  it("answers the stores and which one is used by default", async () => {
    const stores = [
      { id: "cheap", description: "slow disks", "read-only": "true" },
      { id: "fast", default: "true" },
    ];
    const { context } = await answering("/v2/info/stores", { body: { stores } });
    expect(await getStores({}, context)).toEqual({
      stores: [
        { id: "cheap", description: "slow disks", default: false, readOnly: true },
        { id: "fast", default: true, readOnly: false },
      ],
      defaultStore: "fast",
    });
  });

  it("answers none where the cloud has a single store", async () => {
    const { context } = await answering("/v2/info/import", {});
    expect(await getStores({}, context)).toEqual({ stores: [] });
  });
});

test("getImportMethods answers what the operator enabled", async () => {
  const methods = { "import-methods": { type: "array", value: ["web-download", "copy-image"] } };
  const { context } = await answering("/v2/info/import", { body: methods });
  expect(await getImportMethods({}, context)).toEqual({ methods: ["web-download", "copy-image"] });
});

test("getUsage answers what is used and what is left, and nothing is left of what is used up", async () => {
  const usage = {
    image_size_total: { usage: 1500, limit: 2000 },
    image_count_total: { usage: 12, limit: 10 },
    image_count_uploading: { usage: 1, limit: -1 },
  };
  const { context } = await answering("/v2/info/usage", { body: { usage } });
  expect(await getUsage({}, context)).toEqual({
    quotas: [
      { name: "image_size_total", usage: 1500, limit: 2000, remaining: 500 },
      { name: "image_count_total", usage: 12, limit: 10, remaining: 0 },
      { name: "image_count_uploading", usage: 1, limit: -1 },
    ],
  });
});

describe("getImageTasks", () => {
  const path = `/v2/images/${imageId}/tasks`;
  const task = { id: "t1", type: "api_image_import", status: "failure", message: "no route to host" };

  it("answers them newest first, each with the request that began it", async () => {
    const tasks = [
      { ...task, id: "old", created_at: "2026-01-31T12:00:00.000001" },
      { ...task, id: "new", request_id: "req-1", created_at: "2026-01-31T12:00:00.000002" },
    ];
    const { context } = await answering(path, { body: { tasks } });
    expect(await getImageTasks({ imageId }, context)).toEqual({
      tasks: [
        { ...task, id: "new", requestId: "req-1", createdAt: "2026-01-31T12:00:00.000002Z" },
        { ...task, id: "old", createdAt: "2026-01-31T12:00:00.000001Z" },
      ],
    });
  });

  test.each<[string, object, RegExp]>([
    ["no image", {}, /imageId must be declared/],
    ["an image's empty id", { imageId: "" }, /imageId must not be empty/],
    ["a path for an id", { imageId: "../../info/usage" }, /imageId is the id of an image, which has no/],
  ])("refuses %s", async (_, args, reason) => {
    await expect(getImageTasks(args as { imageId: string }, offline)).rejects.toThrow(reason);
  });

  it("names the API and the permission where the tasks are not shown", async () => {
    const { context } = await answering(path, { status: 403, body: "Forbidden" });
    await expect(getImageTasks({ imageId }, context)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: expect.stringMatching(
        /^The tasks of the image 0f1e.* are not shown .* by the Image API v2 of http:.*Only the Image API v2 .*policy/,
      ),
    });
  });
});
