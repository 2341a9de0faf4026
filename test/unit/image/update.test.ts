import type { GlanceImage } from "../../../provider/glance/image";
import { v2Capabilities } from "../../../provider/glance/v2/capabilities";
import { UnfinishedImage } from "../../../provider/image/failure";
import type { ImageSpec } from "../../../provider/image/spec";
import { creating } from "../../../provider/image/stamp";
import { updateImage } from "../../../provider/image/update";
import { answer, ScriptedImages, someImage } from "./images";

const id = "image-1";
const limits = { waitTimeout: 5, pollInterval: 0.001 };
const fromUrl: ImageSpec = {
  fields: {},
  properties: {},
  source: { kind: "copyFrom", url: "http://mirror.test/disk.raw" },
  delivery: { method: "web-download", decompress: "none", expected: [], verify: "none" },
};

function cloudWith(over: Parameters<typeof someImage>[0]): ScriptedImages {
  const api = new ScriptedImages();
  api.images.set(id, someImage({ id, ...over }));
  return api;
}

test("an image that is as it shall be costs one read", async () => {
  const api = cloudWith({ status: "active" });
  await updateImage(api, id, { fields: { name: "debian" }, properties: {} }, limits);
  expect(api.calls).toEqual(["get"]);
});

test("several changes are one patch, and removed properties go", async () => {
  const api = cloudWith({ status: "active", properties: { old: "1", other: "2" } });
  const spec = { fields: { name: "new", minDisk: 3, tags: ["a"] }, properties: { old: null, fresh: "3" } };
  const { image } = await updateImage(api, id, spec, limits);
  expect(image).toMatchObject({ name: "new", minDisk: 3, tags: ["a"], properties: { other: "2", fresh: "3" } });
  expect(api.calls).toEqual(["get", "update"]);
});

test("a queued image gets the bytes that its source still owes it, and loses the mark of its create", async () => {
  const api = cloudWith({ properties: creating("me") });
  const { image } = await updateImage(api, id, fromUrl, limits);
  expect(image.status).toBe("active");
  expect(image.properties).toEqual({ pulumi_glance_urn: "me" });
});

test("an import that is still running is waited for, not started again", async () => {
  const api = cloudWith({ status: "importing", import: { task: "t", importingTo: ["fast"], failedStores: [] } });
  api.taskList = undefined;
  const updated = updateImage(api, id, fromUrl, limits);
  api.images.set(id, someImage({ id, status: "active" }));
  expect((await updated).image.status).toBe("active");
  expect(api.calls).not.toContain("import");
});

test("an active image is not filled again", async () => {
  const api = cloudWith({ status: "active" });
  await updateImage(api, id, fromUrl, limits);
  expect(api.calls).toEqual(["get"]);
});

test.each([
  [true, "active", "deactivated"],
  [false, "deactivated", "active"],
  [undefined, "deactivated", "deactivated"],
])("deactivated: %s turns %s into %s", async (deactivated, before, after) => {
  const api = cloudWith({ status: before });
  const spec = { fields: {}, properties: {}, ...(deactivated !== undefined && { deactivated }) };
  expect((await updateImage(api, id, spec, limits)).image.status).toBe(after);
});

describe("an API that takes a source only at create", () => {
  const atCreate = (over: Parameters<typeof cloudWith>[0]) =>
    Object.assign(cloudWith(over), { capabilities: { ...v2Capabilities, importsLater: false } });

  test("replaces an empty image that is given one later", async () => {
    const failure = await updateImage(atCreate({}), id, fromUrl, limits, "none").catch((error) => error);
    expect(failure).toMatchObject({ lost: true });
    expect(failure.message).toMatch(/takes a source only when it creates an image/);
  });

  test("is waited for where the create was interrupted", async () => {
    const api = atCreate({});
    const look = api.get.bind(api);
    let looks = 0;
    api.get = async (of: string) => {
      looks += 1;
      if (looks === 3) api.images.set(of, { ...(api.images.get(of) as GlanceImage), status: "active" });
      return look(of);
    };
    expect((await updateImage(api, id, fromUrl, limits)).image.status).toBe("active");
    expect(api.calls).not.toContain("import");
  });
});

test("another source goes only into an image that is still empty", async () => {
  const empty = cloudWith({});
  expect((await updateImage(empty, id, fromUrl, limits, "other")).image.status).toBe("active");
  const full = cloudWith({ status: "active" });
  const failure = await updateImage(full, id, fromUrl, limits, "other").catch((error) => error);
  expect(failure).toMatchObject({ lost: true });
  expect(failure.message).toMatch(/bytes of its earlier source.*pulumi up/);
});

test("nothing is patched while somebody else's import writes the image", async () => {
  const api = cloudWith({ status: "active", import: { task: "t", importingTo: ["cheap"], failedStores: [] } });
  api.taskList = [
    { id: "t", type: "api_image_import", status: "processing", message: "", requestId: undefined, createdAt: "" },
  ];
  const updated = updateImage(api, id, { fields: { name: "new" }, properties: {} }, limits);
  await new Promise(setImmediate);
  expect(api.calls).not.toContain("update");
  api.images.set(id, someImage({ id, status: "active" }));
  expect((await updated).image.name).toBe("new");
});

test("a failed import is not tried again on the same image", async () => {
  const api = cloudWith({});
  api.onBytes = () => ({});
  api.taskList = [
    { id: "t", type: "api_image_import", status: "failure", message: "no", requestId: "req-1", createdAt: "" },
  ];
  expect(await updateImage(api, id, fromUrl, limits).catch((error) => error)).toMatchObject({ lost: true });
});

test("credentials in a URL that the server repeats are not shown", async () => {
  const api = cloudWith({});
  const refused = answer(
    400,
    "URI for web-download does not pass filtering: https://robot:hunter2@mirror.test/a.raw?sig=TOPSECRET",
  );
  api.failing.set("import", refused);
  const failure = await updateImage(api, id, fromUrl, limits).catch((error) => error);
  expect(failure.message).toMatch(/https:\/\/mirror.test\/a.raw/);
  expect(failure.message).not.toMatch(/hunter2|robot|TOPSECRET/);
});

test("a missing image is explained", async () => {
  await expect(updateImage(new ScriptedImages(), id, fromUrl, limits)).rejects.toThrow(
    /deleted outside of Pulumi.*pulumi refresh/,
  );
});

test.each([
  ["poisoned by an earlier upload", { checksum: "md5" }],
  ["killed", { status: "killed" }],
])("an image that was %s is lost: the next run replaces it", async (_name, over) => {
  const api = cloudWith(over);
  const failure = await updateImage(api, id, fromUrl, limits).catch((error) => error);
  expect(failure).toBeInstanceOf(UnfinishedImage);
  expect(failure).toMatchObject({ lost: true });
});

test("a refused change names the image and keeps it", async () => {
  const api = cloudWith({ status: "active" });
  api.failing.set("update", answer(403, "You are not authorized to complete publicize_image action."));
  const failure = await updateImage(api, id, { fields: { visibility: "public" }, properties: {} }, limits).catch(
    (error) => error,
  );
  expect(failure).toMatchObject({ lost: false, image: { id } });
  expect(failure.message).toMatch(/Image "debian" \(image-1\).*publicize_image.*administrators/);
});
