import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { GlanceError } from "../../../provider/http/errors";
import { image } from "../../../provider/resources/image/resource";
import type { CheckedImageInputs, ImageInputs, ImageState } from "../../../provider/resources/image/types";
import { UnfinishedResource } from "../../../provider/resources/resource";
import { rawImage } from "../../tools/images";
import { closeAll } from "../http/servers";
import { useLocalCloud } from "../resources/local";
import { Bringing, publish } from "./bringing";

const cloud = useLocalCloud({ regions: ["Here", "There"] });
const bringing = new Bringing(cloud);
const disk = rawImage(300_000);
const other = rawImage(300_000, "other");
const raw = { diskFormat: "raw", containerFormat: "bare" };
const hash = (algorithm: string, bytes: Buffer) => createHash(algorithm).update(bytes).digest("hex");
const digest = (algorithm: string, bytes: Buffer) => `${algorithm}:${hash(algorithm, bytes)}`;

afterEach(closeAll);

describe("the hash of a source image", () => {
  async function copy(name: string, more: ImageInputs) {
    const { url } = await publish(() => disk);
    const there = await bringing.make({ ...raw, name: "there", region: "There", copyFrom: `${url}/disk.raw` });
    return bringing.make({ ...raw, name, sourceImage: { imageId: there.id, region: "There" }, ...more });
  }

  test.each(["glance-download", "upload"] as const)("is held against what comes by %s", async (importMethod) => {
    const right = await copy("right", { importMethod, sourceHash: digest("sha256", disk) });
    expect(right).toMatchObject({ failure: undefined, state: { verifiedBy: "hash" } });
    const name = `wrong by ${importMethod}`;
    const wrong = await copy(name, { importMethod, sourceHash: digest("sha256", other) });
    expect([wrong.state, wrong.failure]).toEqual([undefined, expect.stringContaining("instead of sha256:")]);
    expect(await bringing.statuses(name)).toEqual([]);
  });

  test("is held against what is read back", async () => {
    const sourceHash = digest("sha256", other);
    const wrong = await copy("read back", { importMethod: "glance-download", verify: "download", sourceHash });
    expect([wrong.state, wrong.failure]).toEqual([undefined, expect.stringContaining("does not hold the bytes")]);
  });
});

test.each(["upload", "web-download"] as const)("a list holds beside a declared hash: %s", async (importMethod) => {
  const list = Buffer.from(`${hash("sha512", other)}  disk.raw\n${hash("sha256", other)}  disk.raw\n`);
  const { url } = await publish(({ path }) => (path === "/SUMS" ? list : disk));
  const claims = { checksumsUrl: `${url}/SUMS`, sourceHash: digest("md5", disk) };
  const made = await bringing.make({ ...raw, name: "both", copyFrom: `${url}/disk.raw`, importMethod, ...claims });
  expect([made.state, made.failure]).toEqual([undefined, expect.stringContaining("instead of sha512:")]);
  expect(await bringing.statuses("both")).toEqual([]);
});

test("a damaged archive that nobody unpacked is not kept", async () => {
  const packed = gzipSync(disk);
  const damaged = Buffer.from(packed);
  damaged[damaged.length - 20] = (damaged.at(-20) ?? 0) ^ 1;
  const { url } = await publish(({ by }) => (by === "service" ? damaged : packed));
  const sourceHash = digest("sha256", packed);
  const more = { decompress: "none", importMethod: "web-download", sourceHash } as const;
  const made = await bringing.make({ ...raw, name: "damaged", copyFrom: `${url}/disk.raw.gz`, ...more });
  expect([made.state, made.failure]).toEqual([undefined, expect.stringContaining("does not hold the bytes")]);
});

test("a hash that is declared while the source cannot be read says nothing against an unpacked image", async () => {
  const packed = gzipSync(disk);
  let isUp = true;
  const { url } = await publish(() => (isUp ? packed : 503));
  const made = await bringing.make({ ...raw, name: "unpacked", copyFrom: `${url}/disk.raw.gz` });
  const inputs: CheckedImageInputs = { ...made.inputs, sourceHash: digest("sha512", packed) };
  const old = { inputs: made.inputs, state: made.state as ImageState };
  isUp = false;
  const failure = await image.update(made.id, old, inputs, cloud.door()).catch((error) => error);
  expect(failure).not.toBeInstanceOf(UnfinishedResource);
  expect(failure.message).toContain("cannot be verified");
  isUp = true;
  expect(await image.update(made.id, old, inputs, cloud.door())).toMatchObject({ verifiedBy: "hash" });
});

test("an image that may not be read back is kept", async () => {
  const { url } = await publish(() => disk);
  const door = cloud.door();
  const connection = await door.connect({});
  const refuse = () => {
    throw new GlanceError({ code: "HTTP_STATUS", message: "download_image: 403 Forbidden", status: 403 });
  };
  const images = Object.create(connection.images, { download: { value: refuse } });
  const guarded = { ...door, connect: async () => ({ ...connection, images }) };
  const made = await bringing.make(
    { ...raw, name: "unread", copyFrom: `${url}/disk.raw`, verify: "download" },
    guarded,
  );
  expect(made.failure).toMatch(/cannot be verified: .*403.* The image is kept/);
  expect(await bringing.statuses("unread")).toEqual(["active"]);
});
