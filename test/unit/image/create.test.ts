import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GlanceImage, ImageChanges } from "../../../provider/glance/api";
import { GlanceError } from "../../../provider/http/errors";
import { createImage } from "../../../provider/image/create";
import { UnfinishedImage } from "../../../provider/image/failure";
import { localFile } from "../../../provider/image/source";
import type { ImageSpec } from "../../../provider/image/spec";
import { creating, hold, Leftovers } from "../../../provider/image/stamp";
import { answer, ScriptedImages, someImage } from "./images";

const directory = mkdtempSync(join(tmpdir(), "create-"));
writeFileSync(join(directory, "disk.raw"), "abc");
afterAll(() => rmSync(directory, { recursive: true }));

const limits = { waitTimeout: 5, pollInterval: 0.001 };
const fields = { name: "debian", diskFormat: "raw", containerFormat: "bare" };
const fromFile: ImageSpec = { fields, properties: {}, source: localFile("disk.raw", directory) };
const fromUrl: ImageSpec = {
  fields,
  properties: {},
  source: { kind: "copyFrom", url: "http://mirror.test/disk.raw?sig=s3cret" },
  delivery: { method: "web-download", decompress: "none", expected: [], verify: "none" },
};

async function create(api: ScriptedImages, spec: ImageSpec, more: { stamp?: string; signal?: AbortSignal } = {}) {
  return (await createImage(api, spec, new Leftovers(api), { ...limits, ...more })).image;
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );
}

test("a URL that the server repeats in its refusal is shown without its query", async () => {
  const api = new ScriptedImages();
  api.failing.set("create", answer(400, "cannot copy http://mirror.test/disk.raw?token=s3cret"));
  const failure = await failureOf(create(api, fromUrl));
  expect(failure.message).toContain("http://mirror.test/disk.raw");
  expect(failure.message).not.toContain("s3cret");
});

describe("a create that succeeds", () => {
  test("without a source it makes a queued image and does not wait", async () => {
    const api = new ScriptedImages();
    expect((await create(api, { fields, properties: { a: "1" } })).status).toBe("queued");
    expect(api.calls).toEqual(["create"]);
  });

  test("with a file it uploads and answers the active image", async () => {
    const api = new ScriptedImages();
    expect(await create(api, fromFile)).toMatchObject({ status: "active", size: 3 });
  });

  test("protects and hides the image only when it is whole, in the request that takes the mark away", async () => {
    const api = new ScriptedImages();
    const spec = { ...fromFile, fields: { ...fields, protected: true, hidden: true } };
    api.onBytes = (image) => {
      expect(image).toMatchObject({ protected: false, hidden: false, properties: creating("me") });
      return { status: "active" };
    };
    const made = await create(api, spec, { stamp: "me" });
    expect(made).toMatchObject({ protected: true, hidden: true, properties: { pulumi_glance_urn: "me" } });
    expect(made.properties).not.toHaveProperty("pulumi_glance_state");
  });

  test("deactivates after the bytes are in", async () => {
    const api = new ScriptedImages();
    expect((await create(api, { ...fromFile, deactivated: true })).status).toBe("deactivated");
  });
});

describe("a create that the server refuses leaves nothing behind", () => {
  test.each([
    ["an unknown disk format", { ...fromFile, fields: { ...fields, diskFormat: "qcow9" } }, /qcow9.*raw, qcow2/],
    ["an unknown container format", { ...fromFile, fields: { ...fields, containerFormat: "tin" } }, /tin.*bare/],
    ["a file that is not there", { ...fromFile, source: localFile("none.raw", directory) }, /no file "none.raw"/],
    ["deactivated without data", { fields, properties: {}, deactivated: true }, /needs an image with data/],
  ])("%s is found before the first write", async (_name, spec, message) => {
    const api = new ScriptedImages();
    await expect(create(api, spec as ImageSpec)).rejects.toThrow(message);
    expect(api.calls).not.toContain("create");
  });

  test("a cloud without web-download is found before the first write, without showing the URL's secrets", async () => {
    const api = new ScriptedImages();
    api.imports = ["glance-direct"];
    const failure = await failureOf(create(api, fromUrl));
    expect(failure.message).toMatch(/http:\/\/mirror.test\/disk.raw.*glance-direct/);
    expect(failure.message).not.toContain("s3cret");
    expect(api.calls).not.toContain("create");
  });

  test.each([400, 403, 413, 415])("an upload answered with %i deletes the image", async (status) => {
    const api = new ScriptedImages();
    api.failing.set("upload", answer(status, "the reason"));
    const failure = await failureOf(create(api, fromFile));
    expect(failure).toBeInstanceOf(GlanceError);
    expect(failure.message).toContain("the reason");
    expect(api.images.size).toBe(0);
  });

  test("an import whose task failed deletes the image and tells the task's reason", async () => {
    const api = new ScriptedImages();
    api.onBytes = () => ({ status: "queued" });
    api.taskList = [
      {
        id: "t",
        type: "api_image_import",
        status: "failure",
        message: "the source said 404",
        requestId: "req-1",
        createdAt: "",
      },
    ];
    await expect(create(api, fromUrl)).rejects.toThrow(
      /import of http:\/\/mirror.test\/disk.raw failed: the source said 404.*request id req-1/,
    );
    expect(api.images.size).toBe(0);
  });

  test("an image that cannot be removed either is a lost one that the state keeps", async () => {
    const api = new ScriptedImages();
    api.failing.set("upload", answer(415));
    api.failing.set("delete", answer(500));
    const failure = await failureOf(create(api, fromFile));
    expect(failure).toBeInstanceOf(UnfinishedImage);
    expect(failure).toMatchObject({ lost: true });
    expect(failure.message).toMatch(/removing it failed as well/);
  });
});

describe("a create whose end is undecided keeps the image for the next run", () => {
  const lostConnection = new GlanceError({ code: "CONNECTION_LOST", message: "gone" });
  test.each([
    ["a lost connection", lostConnection],
    ["an expired token", answer(401)],
    ["a server in trouble", answer(503)],
  ])("%s", async (_name, error) => {
    const api = new ScriptedImages();
    api.failing.set("upload", error);
    const failure = await failureOf(create(api, fromFile, { stamp: "me" }));
    expect(failure).toBeInstanceOf(UnfinishedImage);
    expect(failure).toMatchObject({ lost: false, image: { status: "queued" } });
    expect(api.images.size).toBe(1);
  });

  test("the image keeps its mark, or gets it again where it was lost, unless an import is writing it", async () => {
    const api = new ScriptedImages();
    api.failing.set("upload", lostConnection);
    await failureOf(create(api, fromFile, { stamp: "me" }));
    expect([...api.images.values()][0]?.properties).toEqual(creating("me"));

    const unheard = new ScriptedImages();
    const update = unheard.update.bind(unheard);
    unheard.update = async (image: GlanceImage, changes: ImageChanges) => {
      unheard.update = update;
      await update(image, changes);
      throw lostConnection;
    };
    await failureOf(create(unheard, fromFile, { stamp: "me" }));
    expect([...unheard.images.values()][0]?.properties).toEqual(creating("me"));

    const busy = new ScriptedImages();
    busy.onBytes = () => ({ status: "importing", import: { task: "t", importingTo: ["fast"], failedStores: [] } });
    await failureOf(
      createImage(busy, fromUrl, new Leftovers(busy), { waitTimeout: 0.05, pollInterval: 0.001, stamp: "me" }),
    );
    expect([...busy.images.values()][0]?.properties).toEqual(creating("me"));
  });

  test("a wait that takes too long says so", async () => {
    const api = new ScriptedImages();
    api.onBytes = () => ({ status: "importing" });
    const failure = await failureOf(createImage(api, fromUrl, new Leftovers(api), { ...limits, waitTimeout: 0.05 }));
    expect(failure).toBeInstanceOf(UnfinishedImage);
    expect(failure.message).toMatch(/not finished after 0.05 s; the image is importing/);
  });

  test("a cancelled wait says so", async () => {
    const api = new ScriptedImages();
    const cancel = new AbortController();
    api.onBytes = () => {
      cancel.abort();
      return { status: "importing" };
    };
    const failure = await failureOf(create(api, fromUrl, { signal: cancel.signal }));
    expect(failure).toBeInstanceOf(UnfinishedImage);
    expect(failure.message).toMatch(/was cancelled/);
  });
});

describe("a create after one that was cut off", () => {
  test.each([
    ["that is still empty", {}],
    ["that holds bytes already", { status: "active" }],
  ])("makes the image anew instead of a leftover %s", async (_name, over) => {
    const api = new ScriptedImages();
    api.images.set("left", someImage({ id: "left", properties: creating("me"), ...over }));
    const made = await create(api, fromFile, { stamp: "me" });
    expect([...api.images.keys()]).toEqual([made.id]);
    expect(made).toMatchObject({ status: "active", properties: { pulumi_glance_urn: "me" } });
  });

  test.each([
    ["another resource's leftover", creating("you")],
    ["a finished image of the same resource", { pulumi_glance_urn: "me" }],
  ])("does not touch %s", async (_name, properties) => {
    const api = new ScriptedImages();
    api.images.set("other", someImage({ id: "other", properties }));
    expect((await create(api, fromFile, { stamp: "me" })).id).not.toBe("other");
    expect(api.images.get("other")?.properties).toEqual(properties);
  });

  test("tells of a finished image of the same resource that no state knows, and leaves it alone", async () => {
    const api = new ScriptedImages();
    const stamp = "me:my-stack";
    const { pulumi_glance_state: _, ...finished } = creating(stamp);
    api.images.set("other", someImage({ id: "other", status: "active", properties: finished }));
    const warn = jest.fn();
    const { image } = await createImage(api, fromFile, new Leftovers(api), { ...limits, stamp, warn });
    expect(image.id).not.toBe("other");
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^Another run of this stack made other for image "debian"/)],
    ]);
    expect(api.images.get("other")?.properties).toEqual(finished);
  });

  test.each([
    ["by its id", (id: string) => hold(undefined, id)],
    ["as the engine told with the stamp", () => hold("held-stamp", undefined)],
  ])("does not touch an image that a state holds, %s, though it is marked", async (_name, tell) => {
    const api = new ScriptedImages();
    const stamp = "held-stamp";
    api.images.set("held", someImage({ id: "held", properties: creating(stamp) }));
    tell("held");
    expect((await create(api, fromFile, { stamp })).id).not.toBe("held");
    expect(api.images.has("held")).toBe(true);
  });

  test("ten creates look for leftovers once, hidden ones too", async () => {
    const api = new ScriptedImages();
    const leftovers = new Leftovers(api);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => createImage(api, fromFile, leftovers, { ...limits, stamp: `r${n}` })),
    );
    expect(api.calls.filter((call) => call === "list")).toHaveLength(2);
  });
});
