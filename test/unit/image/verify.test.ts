import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { ImageApi } from "../../../provider/glance/api";
import type { GlanceImage } from "../../../provider/glance/image";
import { isLocked } from "../../../provider/image/spec";
import type { ResourceContext } from "../../../provider/resources/resource";
import { rawImage } from "../../tools/images";
import { closeAll } from "../http/servers";
import { useLocalCloud } from "../resources/local";
import { Bringing, publish } from "./bringing";

const cloud = useLocalCloud();
const bringing = new Bringing(cloud);
const disk = rawImage(300_000);
const forged = rawImage(300_000, "forged");
const raw = { diskFormat: "raw", containerFormat: "bare" };
const sha256 = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

beforeAll(() => cloud.write("disk.raw", disk));
afterEach(closeAll);

/** A door to a cloud whose images are told with other facts once they are active. */
async function doorWhere(facts: Partial<GlanceImage>): Promise<ResourceContext> {
  const door = cloud.door();
  const connection = await door.connect({});
  const get: ImageApi["get"] = async (...args) => {
    const image = await connection.images.get(...args);
    return image?.status === "active" && !isLocked(image) ? { ...image, ...facts } : image;
  };
  const images = Object.create(connection.images, { get: { value: get } });
  return { ...door, connect: async () => ({ ...connection, images }) };
}

const policies = ["size", "hash", "download", "none"] as const;

describe("an image that the image service fetched", () => {
  test.each(policies)("is verified as it is declared: %s", async (verify) => {
    const { url } = await publish(() => disk);
    const made = await bringing.make({ ...raw, name: verify, copyFrom: `${url}/disk.raw`, verify });
    expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active", verifiedBy: verify } });
  });

  test.each([
    [undefined, {}, "size"],
    [undefined, { sourceHash: sha256(disk) }, "hash"],
    [undefined, { sourceHash: `sha512:${createHash("sha512").update(disk).digest("hex")}` }, "hash"],
    ["size", { sourceHash: `md5:${createHash("md5").update(disk).digest("hex")}` }, "hash"],
  ] as const)("is compared by all that costs nothing, with a hash by that: %#", async (verify, more, verifiedBy) => {
    const { url } = await publish(() => disk);
    const copyFrom = `${url}/disk.raw`;
    const made = await bringing.make({ ...raw, name: "free", copyFrom, ...(verify && { verify }), ...more });
    expect(made).toMatchObject({ failure: undefined, state: { verifiedBy } });
  });

  test.each(["hash", "download"] as const)("and that has other bytes than we see is not kept: %s", async (verify) => {
    const { url } = await publish(({ by }) => (by === "service" ? forged : disk));
    const name = `forged ${verify}`;
    const made = await bringing.make({ ...raw, name, copyFrom: `${url}/disk.raw`, verify });
    expect(made.state).toBeUndefined();
    expect(made.failure).toMatch(/does not hold the bytes of its source: it has \w+:\w+ instead of \w+:\w+/);
    expect(await bringing.statuses(name)).toEqual([]);
  });

  test("and that has another hash than was published is not kept", async () => {
    for (const algorithm of ["sha256", "sha512", "md5"]) {
      const { url } = await publish(({ by }) => (by === "service" ? forged : disk));
      const sourceHash = `${algorithm}:${createHash(algorithm).update(disk).digest("hex")}`;
      const made = await bringing.make({ ...raw, name: "published", copyFrom: `${url}/disk.raw`, sourceHash });
      expect(made.failure).toContain("does not hold the bytes of its source");
      expect(await bringing.statuses("published")).toEqual([]);
    }
  });

  test("and that is shorter than its source is not kept", async () => {
    const { url } = await publish(({ by }) => (by === "service" ? disk.subarray(1) : disk));
    const made = await bringing.make({ ...raw, name: "short", copyFrom: `${url}/disk.raw` });
    expect(made.failure).toContain(`it has ${disk.length - 1} bytes instead of ${disk.length}`);
    expect(await bringing.statuses("short")).toEqual([]);
  });

  test.each(["none", "size", "hash", undefined] as const)(
    "and that is empty is not kept, verify: %s",
    async (verify) => {
      const { url } = await publish(({ by }) => (by === "service" ? Buffer.alloc(0) : disk));
      const more = { decompress: "none" as const, ...(verify && { verify }) };
      const made = await bringing.make({ ...raw, name: "nothing", copyFrom: `${url}/disk.raw`, ...more });
      expect(made.failure).toContain("does not hold the bytes of its source: it has no byte");
      expect(await bringing.statuses("nothing")).toEqual([]);
    },
  );

  test("cannot be verified where we do not reach its source: a warning, and an error only where that was declared", async () => {
    const { url } = await publish(({ by }) => (by === "service" ? disk : 403));
    const copyFrom = `${url}/disk.raw`;
    const free = await bringing.make({ ...raw, name: "far", copyFrom });
    expect(free).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "none" } });
    expect(free.warnings).toEqual([
      expect.stringMatching(/could not be compared .*: nobody tells the size of its source/),
    ]);
    const declared = await bringing.make({ ...raw, name: "far size", copyFrom, verify: "size" });
    expect(declared.failure).toContain("cannot be verified: nobody tells the size of its source");
    expect(await bringing.statuses("far size")).toEqual(["active"]);
  });
});

describe("an image that we sent", () => {
  test.each([undefined, "hash", "size"] as const)("is verified by the hash of what was sent: %s", async (verify) => {
    const made = await bringing.make({ ...raw, name: "sent", localFile: "disk.raw", ...(verify && { verify }) });
    expect(made).toMatchObject({ failure: undefined, state: { verifiedBy: "hash" } });
  });

  test("and of which the service keeps another hash is not kept", async () => {
    const door = await doorWhere({ osHashValue: "0".repeat(128) });
    const made = await bringing.make({ ...raw, name: "rotten", localFile: "disk.raw" }, door);
    expect(made.state).toBeUndefined();
    expect(made.failure).toContain("does not hold the bytes of its source");
    expect(await bringing.statuses("rotten")).toEqual([]);
  });

  test("and of which the service keeps no hash is compared by its size or by a download", async () => {
    const nothing = { osHashAlgo: null, osHashValue: null, checksum: null };
    const door = await doorWhere(nothing);
    const make = (name: string, more: object = {}) =>
      bringing.make({ ...raw, name, localFile: "disk.raw", ...more }, door);
    expect(await make("bare")).toMatchObject({ failure: undefined, state: { verifiedBy: "size" } });
    expect(await make("back", { verify: "download" })).toMatchObject({ state: { verifiedBy: "download" } });
    expect((await make("hashless", { verify: "hash" })).failure).toMatch(/keeps no hash\. The image is kept/);
  });

  test("and that the service converted cannot be compared, which is said", async () => {
    const door = await doorWhere({ diskFormat: "qcow2", osHashValue: "0".repeat(128) });
    const made = await bringing.make({ ...raw, name: "converted", localFile: "disk.raw" }, door);
    expect(made).toMatchObject({ failure: undefined, state: { verifiedBy: "none" } });
    expect(made.warnings).toEqual([expect.stringContaining("the image service made qcow2 of it")]);
  });
});

describe("a run that was cut off after the bytes had come", () => {
  /** A door through which an operation is cancelled as soon as an image is active. */
  async function cutOffDoor(): Promise<ResourceContext> {
    const end = new AbortController();
    const door = cloud.door();
    const connection = await door.connect({});
    const get: ImageApi["get"] = async (...args) => {
      const image = await connection.images.get(...args);
      if (image?.status === "active" && !isLocked(image)) end.abort();
      return image;
    };
    const images = Object.create(connection.images, { get: { value: get } });
    return { ...door, connect: async () => ({ ...connection, images }), signal: end.signal };
  }

  const packed = gzipSync(disk);
  const cases = [
    ["of a file", { localFile: "disk.raw" }, "hash"],
    ["of a URL, streamed", { importMethod: "upload" }, "size"],
    ["of a URL, unpacked", { path: "/disk.raw.gz" }, "hash"],
    ["of a URL with a hash", { sourceHash: sha256(disk) }, "hash"],
  ] as const;

  test.each(cases)(
    "is verified by the next one: %s",
    async (name, {
      path = "/disk.raw",
      ...more
    }: {
      path?: string;
      localFile?: string;
      importMethod?: "upload";
      sourceHash?: string;
    }, verifiedBy) => {
      const { url } = await publish((request) => (request.path.endsWith(".gz") ? packed : disk));
      const source = more.localFile ? {} : { copyFrom: url + path };
      const made = await bringing.make({ ...raw, name, ...source, ...more }, await cutOffDoor());
      expect(made.state).toMatchObject({ status: "active" });
      expect(made.state).not.toHaveProperty("verifiedBy");
      expect(await bringing.goOn(made)).toMatchObject({ status: "active", verifiedBy });
    },
  );

  test("and that brought other bytes is found out by the next one", async () => {
    const { url } = await publish(({ by }) => (by === "service" ? forged : disk));
    const inputs = { ...raw, name: "forged at rest", copyFrom: `${url}/disk.raw`, sourceHash: sha256(disk) };
    const made = await bringing.make(inputs, await cutOffDoor());
    const failure = await bringing.goOn(made).catch((error: unknown) => error);
    expect(String(failure)).toContain("does not hold the bytes of its source");
    expect(failure).toMatchObject({ state: { status: "killed" } });
  });
});
