import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GlanceImage } from "../../../provider/glance/api";
import { v1Capabilities } from "../../../provider/glance/v1/capabilities";
import { GlanceError } from "../../../provider/http/errors";
import { createImage } from "../../../provider/image/create";
import { UnfinishedImage } from "../../../provider/image/failure";
import { localFile } from "../../../provider/image/source";
import type { ImageSpec } from "../../../provider/image/spec";
import { creating, Leftovers, wasTakenOver } from "../../../provider/image/stamp";
import { updateImage } from "../../../provider/image/update";
import { answer, ScriptedImages, someImage } from "./images";

const directory = mkdtempSync(join(tmpdir(), "leftovers-"));
writeFileSync(join(directory, "disk.raw"), "abc");
afterAll(() => rmSync(directory, { recursive: true }));

const limits = { waitTimeout: 5, pollInterval: 0.001 };
const fields = { name: "debian", diskFormat: "raw", containerFormat: "bare" };
const fromFile: ImageSpec = { fields, properties: {}, source: localFile("disk.raw", directory) };
const stamp = "me:my-stack";
const { pulumi_glance_state: _, ...finished } = creating(stamp);

function cloudWith(...left: Partial<GlanceImage>[]): ScriptedImages {
  const api = new ScriptedImages();
  left.forEach((over, at) => {
    const id = over.id ?? `left-${at}`;
    api.images.set(id, someImage({ properties: creating(stamp), ...over, id }));
  });
  return api;
}

/** A create; what it made or failed with, and what it warned of. */
async function create(api: ScriptedImages, spec: ImageSpec = fromFile) {
  const warnings: string[] = [];
  const warn = (text: string) => void (text.includes("keeps no hash") || warnings.push(text));
  const context = { ...limits, stamp, warn };
  const made = await createImage(api, spec, new Leftovers(api), context).catch((error) => error);
  return { made, warnings };
}

describe("what Nova copied, with the properties, from the image of a server", () => {
  const instance = "0a0a0a0a-1111-4222-8333-444444444444";
  test.each([
    ["a snapshot", { image_type: "snapshot", instance_uuid: instance, base_image_ref: "base" }],
    ["a backup", { image_type: "backup" }],
    ["a snapshot of a server with a volume", { base_image_ref: "" }],
    ["a snapshot of another time", { instance_uuid: instance }],
  ])("%s is no leftover, marked or not", async (_name, properties) => {
    const api = cloudWith(
      { status: "active", properties: { ...creating(stamp), ...properties } },
      { status: "queued", properties: { ...creating(stamp), ...properties } },
      { status: "active", properties: { ...finished, ...properties } },
    );
    const { made, warnings } = await create(api);
    expect(warnings).toEqual([]);
    expect([...api.images.keys()]).toEqual(["left-0", "left-1", "left-2", made.image.id]);
  });
});

describe("a leftover that holds data", () => {
  test.each(["active", "deactivated"])("and is %s goes only once the new image is complete", async (status) => {
    const api = cloudWith({ status });
    api.onBytes = () => {
      expect(api.images.has("left-0")).toBe(true);
      return { status: "active" };
    };
    const { made, warnings } = await create(api);
    expect([...api.images.keys()]).toEqual([made.image.id]);
    expect(api.calls.slice(-2)).toEqual(["update", "delete"]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ["create", answer(413), 0],
    ["upload", answer(415), 0],
    ["upload", new GlanceError({ code: "CONNECTION_LOST", message: "gone" }), 1],
  ])("stays where the %s of the new one fails, and is told", async (call, failure, kept) => {
    const api = cloudWith({ status: "active" });
    api.failing.set(call, failure);
    const { made, warnings } = await create(api);
    expect(made).toBeInstanceOf(Error);
    expect(api.images.has("left-0")).toBe(true);
    expect(api.images.size).toBe(1 + kept);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^An earlier run did not finish image "debian" \(left-0\), which has data.*not removed.*delete it/,
      ),
    ]);
  });

  test("and cannot be deleted is told, and fails no create", async () => {
    const api = cloudWith({ status: "active" });
    api.failing.set("delete", answer(403, "it is protected"));
    const { made, warnings } = await create(api);
    expect(made.image.status).toBe("active");
    expect(warnings).toEqual([
      expect.stringMatching(/did not finish image "debian" \(left-0\), which has data.*it is protected/),
    ]);
  });
});

test("all images of cut off creates make way", async () => {
  const api = cloudWith({}, { status: "active" }, {}, { status: "deactivated" }, { status: "killed" });
  const { made } = await create(api);
  expect([...api.images.keys()]).toEqual([made.image.id]);
});

describe("hidden images", () => {
  const hidden = { status: "active", hidden: true };

  test("are found as leftovers too", async () => {
    const api = cloudWith(hidden);
    const { made } = await create(api);
    expect([...api.images.keys()]).toEqual([made.image.id]);
  });

  test("that are complete are told where the program hides its image; otherwise they were kept on purpose", async () => {
    const api = () => cloudWith({ ...hidden, properties: finished });
    const spec = { ...fromFile, fields: { ...fields, hidden: true } };
    expect((await create(api(), spec)).warnings).toEqual([expect.stringContaining("left-0")]);
    expect((await create(api())).warnings).toEqual([]);
  });

  test("are not asked for where the API has none", async () => {
    const api = Object.assign(cloudWith(), { capabilities: v1Capabilities });
    await create(api);
    expect(api.calls.filter((call) => call === "list")).toHaveLength(1);
  });
});

test("a finished image that no state knows may be the one that is being replaced", async () => {
  const { warnings } = await create(cloudWith({ status: "active", properties: finished }));
  expect(warnings).toEqual([
    expect.stringMatching(/made left-0 for image "debian".*--target-replace.*Pulumi deletes it.*killed.*on purpose/),
  ]);
});

describe("a declared imageId, which Glance never gives out again,", () => {
  // A process does not take twice what it once made.
  let own: ImageSpec & { id: string };
  beforeEach(() => {
    own = { ...fromFile, id: randomUUID() };
  });

  test("is gone on with where nothing has come into the image yet", async () => {
    const api = cloudWith({ id: own.id }, { id: "other" });
    const { made } = await create(api, own);
    expect(made.image).toMatchObject({ id: own.id, status: "active", properties: { pulumi_glance_urn: "me" } });
    expect(made.image.properties).not.toHaveProperty("pulumi_glance_state");
    expect([...api.images.keys()]).toEqual([own.id]);
    expect(api.calls).not.toContain("create");
    expect(wasTakenOver(own.id)).toBe(true);
  });

  test("loses what only the earlier program said of the image", async () => {
    const earlier: Partial<GlanceImage> = { minDisk: 7, minRam: 8, tags: ["old"], visibility: "public" };
    const api = cloudWith({ id: own.id, ...earlier, properties: { ...creating(stamp), old: "1", both: "1" } });
    const { made } = await create(api, { ...own, fields: { ...fields, minRam: 9 }, properties: { both: "2" } });
    expect(made.image).toMatchObject({ minDisk: 0, minRam: 9, tags: [], visibility: "shared" });
    expect(made.image.properties).toEqual({ ...finished, both: "2" });
  });

  test("is gone on with once the service has noticed that an upload was cut off", async () => {
    const api = cloudWith({ id: own.id, status: "saving" });
    const get = api.get.bind(api);
    api.get = async (id) => {
      const image = await get(id);
      if (image?.status === "saving") api.images.set(id, { ...image, status: "queued" });
      return image;
    };
    expect((await create(api, own)).made.image).toMatchObject({ id: own.id, status: "active" });
  });

  test.each([
    [
      "holds data",
      { status: "active" },
      /with data.*never gives its id out again.*pulumi import.*change imageId or leave it out/,
    ],
    ["is poisoned", { checksum: "md5" }, /left image "debian" \(.*\).*change imageId or leave it out/],
    ["was staged into", { status: "uploading" }, /left image "debian" \(.*\).*change imageId or leave it out/],
  ])("is refused, and the image kept, where it %s", async (_name, over, message) => {
    const api = cloudWith({ id: own.id, ...over });
    const { made } = await create(api, own);
    expect(made).toMatchObject({ code: "CONFLICT", message: expect.stringMatching(message) });
    expect([...api.images.keys()]).toEqual([own.id]);
    expect(api.calls).not.toContain("create");
  });

  test("is refused where another run is uploading into the image", async () => {
    const api = cloudWith({ id: own.id, status: "saving" });
    const [image] = api.images.values();
    // Nobody waits until it is at rest.
    api.get = jest.fn().mockResolvedValueOnce(image).mockRejectedValue(answer(403));
    const { made } = await create(api, own);
    expect(made).toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/^Somebody else is uploading.*stampSalt/),
    });
    expect([...api.images.keys()]).toEqual([own.id]);
  });

  test("is kept where the create is refused before anything came into the image, and the corrected program goes on", async () => {
    const api = new ScriptedImages();
    api.failing.set("upload", answer(403, "not with this file"));
    const { made } = await create(api, own);
    expect(made).toBeInstanceOf(UnfinishedImage);
    expect(made).toMatchObject({ lost: false, image: { id: own.id, properties: creating(stamp) } });
    expect(made.message).toMatch(/not with this file.*image is kept.*never gives its id out again.*pulumi up/);
    api.failing.clear();
    expect((await updateImage(api, own.id, own, limits)).image.status).toBe("active");
  });

  test("is said to be used up where the image had to be deleted", async () => {
    const api = new ScriptedImages();
    api.onBytes = () => {
      api.images.set(own.id, someImage({ id: own.id, checksum: "md5" }));
      throw answer(415, "no raw at all");
    };
    const { made } = await create(api, own);
    expect(api.images.size).toBe(0);
    expect(made.message).toMatch(/no raw at all.*never gives the id of a deleted image out again: change imageId/);
  });

  test("of a request without an answer is said to be gone on with", async () => {
    const api = new ScriptedImages();
    const end = new AbortController();
    api.create = async () => {
      end.abort();
      throw new GlanceError({ code: "ABORTED", message: "the operation was cancelled" });
    };
    const context = { ...limits, stamp, signal: end.signal };
    await expect(createImage(api, own, new Leftovers(api), context)).rejects.toThrow(
      /did not answer: an image that it made all the same is gone on with at the next `pulumi up`/,
    );
  });
});
