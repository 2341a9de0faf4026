import { createHash } from "node:crypto";
import { image } from "../../../provider/resources/image/resource";
import type { CheckedImageInputs, ImageState } from "../../../provider/resources/image/types";
import { UnfinishedResource } from "../../../provider/resources/resource";
import { unknown } from "../../../provider/resources/unknown";
import { rawImage } from "../../tools/images";
import { Bringing, publish } from "../image/bringing";
import { vhdFooter } from "../image/inspect/samples";
import { partitioned } from "../local/store/formats";
import { useLocalCloud } from "./local";

const cloud = useLocalCloud({ isFaulty: true });
const bringing = new Bringing(cloud);
const disk = rawImage(100_000, "content");
const other = rawImage(100_000, "other");
const raw = { diskFormat: "raw", containerFormat: "bare" };
const sha256 = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

beforeAll(() => {
  cloud.write("disk.raw", disk);
  cloud.write("other.raw", other);
});
afterEach(() => cloud.faults().clear());

/** An image with the bytes of disk.raw and without a source of its own, as an import leaves it. */
async function existing(name: string): Promise<{ id: string; inputs: CheckedImageInputs; state: ImageState }> {
  const made = await bringing.make({ ...raw, name, localFile: "disk.raw" });
  const read = await image.read(made.id, { state: {} }, cloud.door());
  if (!read) throw new Error("it is gone");
  return { id: made.id, ...read };
}

describe("a source that is declared for an image that holds bytes already", () => {
  const declare = async (name: string, more: CheckedImageInputs) => {
    const { id, inputs, state } = await existing(name);
    const checked = (await image.check({ ...inputs, ...raw, ...more }, cloud.door())).inputs as CheckedImageInputs;
    return image.update(id, { inputs, state }, checked, cloud.door());
  };

  test("is recorded where it has the same bytes", async () => {
    expect(await declare("same", { localFile: "disk.raw" })).toMatchObject({
      localFileHash: sha256(disk),
      verifiedBy: "hash",
    });
  });

  test("is refused where it has others, and nothing is lost", async () => {
    const failure = await declare("others", { localFile: "other.raw" }).catch((error) => error);
    expect(failure).not.toBeInstanceOf(UnfinishedResource);
    expect(failure.message).toMatch(/does not hold the bytes of its source.*Nothing was changed/);
    expect(await bringing.statuses("others")).toEqual(["active"]);
  });

  test("is recorded unseen where nobody shall compare", async () => {
    expect(await declare("unseen", { localFile: "other.raw", verify: "none" })).toMatchObject({ verifiedBy: "none" });
  });
});

describe("a refresh", () => {
  test("does not make whole what was lost", async () => {
    const { id, inputs, state } = await existing("lost");
    const lost: ImageState = { ...state, status: "killed" };
    const declared = { ...inputs, ...raw, localFile: "disk.raw", localFileHash: sha256(disk) };
    const read = await image.read(id, { inputs: declared, state: lost }, cloud.door());
    expect(read?.state).toMatchObject({ status: "killed" });
    expect(image.diff(id, read ?? { inputs, state }, declared).replaces).toEqual(["status"]);
  });

  test("takes from the program no content that was never brought", async () => {
    const made = await bringing.make({ ...raw, name: "ignored", localFile: "disk.raw" });
    const state = made.state as ImageState;
    // As where the change of the file was ignored: the program's inputs are noted, the image stays.
    const noted = { ...made.inputs, localFileHash: sha256(other) };
    const read = await image.read(made.id, { inputs: noted, state }, cloud.door());
    expect(read?.state.localFileHash).toBe(sha256(disk));
    expect(image.diff(made.id, read ?? { inputs: noted, state }, noted).replaces).toEqual(["localFileHash"]);
  });
});

test("a hash that is declared later and that nothing can be compared with is looked into", async () => {
  const mirror = await publish(() => disk);
  const made = await bringing.make({ ...raw, name: "claimed", copyFrom: `${mirror.url}/disk.raw` });
  const state = made.state as ImageState;
  const claim = (bytes: Buffer) => ({ ...made.inputs, sourceHash: sha256(bytes), sourceIdentity: sha256(bytes) });
  const update = (inputs: CheckedImageInputs) =>
    image.update(made.id, { inputs: made.inputs, state }, inputs, cloud.door());
  expect(await update(claim(disk))).toMatchObject({ verifiedBy: "hash" });
  const failure = await update(claim(other)).catch((error) => error);
  expect(failure).not.toBeInstanceOf(UnfinishedResource);
  expect(failure.message).toMatch(/has sha256:\w+ instead of sha256:\w+.*Nothing was changed\. Correct the hash/);
  expect(await bringing.statuses("claimed")).toEqual(["active"]);
});

describe("a list of checksums that is declared later", () => {
  const listed = (bytes: Buffer) => Buffer.from(`${sha256(bytes).slice(7)}  disk.raw\n`);

  /** An image of what stood at a URL at first, and its update by a list, with what stands there now. */
  async function listLater(name: string, now: Buffer) {
    let content = disk;
    const { url } = await publish(({ path }) => (path === "/SUMS" ? listed(content) : content));
    const made = await bringing.make({ ...raw, name, copyFrom: `${url}/disk.raw` });
    content = now;
    const old = { inputs: made.inputs, state: made.state as ImageState };
    const inputs = { ...made.inputs, checksumsUrl: `${url}/SUMS` };
    const checked = (await image.check(inputs, cloud.door(), made.inputs)).inputs as CheckedImageInputs;
    return { diff: image.diff(made.id, old, checked), done: image.update(made.id, old, checked, cloud.door()) };
  }

  test("is held against the image", async () => {
    const { diff, done } = await listLater("listed", disk);
    expect(diff.replaces).toEqual([]);
    expect(await done).toMatchObject({ verifiedBy: "hash", sourceIdentity: sha256(disk) });
  });

  test("proves nothing where the file has changed meanwhile, and nothing is lost", async () => {
    const { done } = await listLater("listed, but changed", other);
    const failure = await done.catch((error) => error);
    expect(failure).not.toBeInstanceOf(UnfinishedResource);
    expect(failure.message).toContain("Nothing was changed");
    expect(await bringing.statuses("listed, but changed")).toEqual(["active"]);
  });
});

test("a fixed VHD that begins with a partition table is left to the image service to judge", async () => {
  const bootRecord = partitioned();
  bootRecord.writeUInt32LE(100, 446 + 12);
  cloud.write("fixed.vhd", Buffer.concat([bootRecord, vhdFooter(512)]));
  const made = await bringing.make({ ...raw, diskFormat: "vhd", name: "fixed", localFile: "fixed.vhd" });
  expect(made.failure).toMatch(/disk_format vhd does not match stream data gpt/);
});

test("a decompress that is not known yet, or that does not fit, is no crash", async () => {
  const check = (decompress: unknown) =>
    image.check({ ...raw, localFile: "disk.raw", decompress }, cloud.door()).then(({ failures }) => failures);
  expect(await check(unknown)).toEqual([]);
  expect(await check("gzip")).toEqual([
    { property: "decompress", reason: expect.stringMatching(/cannot be decompressed as gzip: it is not compressed/) },
  ]);
});

test("a service that asks for a long pause gets no other attempt in this run", async () => {
  const busy = { kind: "answer", status: 503, retryAfter: 86_400 } as const;
  cloud.faults().inject({ method: "PUT", path: "/file", when: "before", fault: busy });
  const made = await bringing.make({ ...raw, name: "patient", localFile: "disk.raw" });
  expect(made.failure).toMatch(/503/);
  expect(made.state).toMatchObject({ status: "queued" });
});

test("the region of a source image written out is the same image; another id is not", () => {
  const imageId = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  const state = { status: "active", stores: [], allProperties: {}, sourceImage: { imageId } } as unknown as ImageState;
  const replaces = (sourceImage: CheckedImageInputs["sourceImage"]) =>
    image.diff("1", { inputs: { sourceImage: { imageId } }, state }, { sourceImage: sourceImage as never }).replaces;
  expect(replaces({ imageId, region: "RegionOne" })).toEqual([]);
  expect(replaces({ imageId: "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" })).toEqual(["sourceImage"]);
});

test("credentials are secret wherever they stand", () => {
  const secrets = (inputs: object) => image.secrets?.(inputs as never);
  expect(secrets({ copyFrom: "https://robot:hunter2@mirror.test/disk.raw" })).toContain("copyFrom");
  expect(secrets({ copyFrom: "https://mirror.test/disk.raw?at=@" })).toEqual(["sourceCredentials"]);
});
