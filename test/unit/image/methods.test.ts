import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { ImageApi } from "../../../provider/glance/api";
import { GlanceError } from "../../../provider/http/errors";
import { glanceDownload } from "../../../provider/image/methods/glanceDownload";
import type { Job } from "../../../provider/image/methods/job";
import type { FaultRule } from "../../../provider/local/faults/proxy";
import { image } from "../../../provider/resources/image/resource";
import type { ImageState } from "../../../provider/resources/image/types";
import { rawImage } from "../../tools/images";
import { closeAll } from "../http/servers";
import { useLocalCloud } from "../resources/local";
import { Bringing, publish } from "./bringing";

const cloud = useLocalCloud({ isFaulty: true });
const bringing = new Bringing(cloud);
const disk = rawImage(3_000_000);
const raw = { diskFormat: "raw", containerFormat: "bare" };

beforeAll(() => cloud.write("disk.raw", disk));
afterEach(async () => {
  cloud.faults().clear();
  cloud.faults().forget();
  await closeAll();
});

/** Requests that sent bytes. */
const sent = () => cloud.faults().seen.filter(({ method }) => method === "PUT");

const cut: FaultRule = { method: "PUT", when: "before", fault: { kind: "cut" } };
const interruptions: [string, Pick<FaultRule, "when" | "fault">][] = [
  ["a connection that is lost before them", { when: "before", fault: { kind: "reset" } }],
  ["503", { when: "before", fault: { kind: "answer", status: 503 } }],
  ["401", { when: "before", fault: { kind: "answer", status: 401 } }],
];
const lost: [string, Pick<FaultRule, "when" | "fault">][] = [
  ["lost", { when: "after", fault: { kind: "reset" } }],
  ["an error of a proxy", { when: "after", fault: { kind: "answer", status: 502 } }],
];
const methods = [
  ["upload", "/file"],
  ["glance-direct", "/stage"],
] as const;

describe.each(methods)("%s", (importMethod, path) => {
  test("brings the bytes of a file", async () => {
    const made = await bringing.make({ ...raw, name: "file", localFile: "disk.raw", importMethod });
    expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active", verifiedBy: "hash" } });
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.path).toMatch(path);
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  });

  test.each(interruptions)("after %s sends the bytes from their beginning again", async (name, rule) => {
    cloud.faults().inject({ method: "PUT", path, ...rule });
    const { url, asked } = await publish(() => disk);
    const copyFrom = `${url}/disk.raw`;
    const made = await bringing.make({ ...raw, name, copyFrom, importMethod });
    expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
    expect(sent()).toHaveLength(2);
    expect(asked.filter(({ method }) => method === "GET").length).toBeGreaterThanOrEqual(2);
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  });

  test.each(lost)("does not send them again where the answer is %s", async (name, rule) => {
    cloud.faults().inject({ method: "PUT", path, ...rule });
    const made = await bringing.make({ ...raw, name, localFile: "disk.raw", importMethod });
    expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
    expect(sent()).toHaveLength(1);
  });

  test("gives up where the service stays in trouble, and the next run goes on", async () => {
    const [fault] = cloud.faults().inject({
      method: "PUT",
      path,
      when: "before",
      times: Number.POSITIVE_INFINITY,
      fault: { kind: "answer", status: 503 },
    });
    const made = await bringing.make({ ...raw, name: `trouble ${importMethod}`, localFile: "disk.raw", importMethod });
    expect(made.failure).toContain("503");
    expect(fault?.struck).toBe(3);
    expect(made.state?.status).toBe("queued");
    cloud.faults().clear();
    expect(await bringing.goOn(made)).toMatchObject({ status: "active", verifiedBy: "hash" });
    expect(await bringing.statuses(`trouble ${importMethod}`)).toEqual(["active"]);
  });
});

test("an upload that is cut in the middle begins anew with a source that is opened anew", async () => {
  cloud.faults().inject({ ...cut, path: "/file" });
  const { url, asked } = await publish(() => disk);
  const made = await bringing.make({ ...raw, name: "cut", copyFrom: `${url}/disk.raw`, importMethod: "upload" });
  expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
  expect(sent()).toHaveLength(2);
  expect(sent()[0]?.bytes).toBeGreaterThan(0);
  // One look at it before.
  expect(asked.filter(({ method }) => method === "GET")).toHaveLength(3);
  expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
});

test("a part that the service takes for all of it is not kept", async () => {
  const door = cloud.door();
  const connection = await door.connect({});
  const upload: ImageApi["upload"] = async (id, body, options) => {
    const stream = await body.open();
    const { value: part } = await stream[Symbol.asyncIterator]().next();
    await connection.images.upload(id, { open: () => Readable.from([part]), length: part.length }, options);
    stream.destroy();
    throw new GlanceError({ code: "CONNECTION_LOST", message: "it broke" });
  };
  const images = Object.create(connection.images, { upload: { value: upload } });
  const { url } = await publish(() => gzipSync(disk));
  const inputs = { ...raw, name: "part", copyFrom: `${url}/disk.raw.gz` };
  const made = await bringing.make(inputs, { ...door, connect: async () => ({ ...connection, images }) });
  expect(made.state).toBeUndefined();
  expect(made.failure).toContain("was taken for complete after a part of its bytes");
  expect(await bringing.statuses("part")).toEqual([]);
});

test("an image whose staging is cut in the middle is for the next run to finish or to replace", async () => {
  // A service that has read nothing of it yet takes it again.
  cloud.faults().inject({ ...cut, path: "/stage", times: Number.POSITIVE_INFINITY });
  const made = await bringing.make({ ...raw, name: "half", localFile: "disk.raw", importMethod: "glance-direct" });
  expect(made.failure).toContain("staging");
  const diff = image.diff(made.id, { inputs: made.inputs, state: made.state as ImageState }, made.inputs);
  expect(diff.changes).toEqual(["status"]);
});

test("several images of one URL fetch it once, and each has all bytes", async () => {
  const large = rawImage(24 * 1024 ** 2);
  const { url, asked } = await publish(() => large);
  const copyFrom = `${url}/disk.raw`;
  const door = cloud.door();
  const names = ["one", "two", "three"];
  const all = await Promise.all(
    names.map((name) => bringing.make({ ...raw, name, copyFrom, importMethod: "upload" }, door)),
  );
  for (const made of all) {
    expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
    expect((await bringing.bytesOf(made)).equals(large)).toBe(true);
  }
  expect(asked.filter(({ method, isWhole }) => method === "GET" && isWhole)).toHaveLength(1);
}, 30_000);

test("bytes that were unpacked are shared with those who want the same", async () => {
  const { url } = await publish(() => gzipSync(disk));
  const copyFrom = `${url}/disk.raw.gz`;
  const door = cloud.door();
  const make = (name: string, decompress: "auto" | "none") =>
    bringing.make({ ...raw, name, copyFrom, importMethod: "upload", decompress }, door);
  const [plain, packed, again] = await Promise.all([make("a", "auto"), make("b", "none"), make("c", "auto")]);
  expect((await bringing.bytesOf(plain)).equals(disk)).toBe(true);
  expect((await bringing.bytesOf(again)).equals(disk)).toBe(true);
  expect((await bringing.bytesOf(packed)).equals(gzipSync(disk))).toBe(true);
});

describe("sourceCredentials", () => {
  const secrets = ["s3cret-user", "s3cret-word", "s3cret-header"];
  const sourceCredentials = { userName: secrets[0], password: secrets[1], headers: { "X-Api-Key": secrets[2] } } as {
    userName: string;
    password: string;
    headers: { "X-Api-Key": string };
  };
  const basic = Buffer.from("s3cret-user:s3cret-word").toString("base64");
  const shown = (made: object) => {
    const { inputs: _inputs, ...rest } = made as { inputs: unknown };
    return JSON.stringify(rest);
  };

  test("are told to the source's server and to nobody else, and shown nowhere", async () => {
    const elsewhere = await publish(() => disk);
    const { url, asked } = await publish(({ headers, path }) => {
      if (headers.authorization !== `Basic ${basic}` || headers["x-api-key"] !== "s3cret-header") return 401;
      return path === "/moved.raw" ? new URL(elsewhere.url) : disk;
    });
    for (const path of ["/disk.raw", "/moved.raw"]) {
      const made = await bringing.make({ ...raw, name: path, copyFrom: url + path, sourceCredentials });
      expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
      expect(made.told.length).toBeGreaterThan(0);
      for (const secret of [...secrets, basic]) expect(shown(made)).not.toContain(secret);
    }
    expect(asked.every(({ by }) => by === "provider")).toBe(true);
    expect(elsewhere.asked.length).toBeGreaterThan(0);
    for (const { headers } of elsewhere.asked) {
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("x-api-key");
    }
    expect(cloud.faults().seen.filter(({ path }) => path.endsWith("/import"))).toEqual([]);
  });

  test("that are refused are in no message", async () => {
    const { url } = await publish(() => 403);
    const made = await bringing.make({ ...raw, name: "refused", copyFrom: `${url}/disk.raw`, sourceCredentials });
    expect(made.failure).toContain("answered 403 Forbidden");
    for (const secret of [...secrets, basic]) expect(shown(made)).not.toContain(secret);
    expect(await bringing.statuses("refused")).toEqual([]);
  });
});

test("another image is copied byte by byte where the image service cannot fetch it", async () => {
  const origin = await bringing.make({ ...raw, name: "origin", localFile: "disk.raw" });
  const made = await bringing.make({ ...raw, name: "copy", sourceImage: { imageId: origin.id } });
  expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active", verifiedBy: "hash" } });
  expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  const gone = await bringing.make({ ...raw, name: "gone", sourceImage: { imageId: origin.id.replace(/.$/, "x") } });
  expect(gone.failure).toContain("UUID");
  const missing = "00000000-0000-4000-8000-000000000000";
  const none = await bringing.make({ ...raw, name: "none", sourceImage: { imageId: missing } });
  expect(none.failure).toContain(`image ${missing}, does not exist`);
  expect(await bringing.statuses("none")).toEqual([]);
});

test("a way that is closed is refused with the reason, before there is an image", async () => {
  const { url } = await publish(() => disk);
  const copyFrom = `${url}/disk.raw`;
  const lonely = await bringing.make({ ...raw, name: "lonely", copyFrom, importMethod: "copy-image" });
  expect(lonely.failure).toMatch(/copy-image: the data goes to one store only/);
  expect(cloud.faults().seen.filter(({ method }) => method === "POST" && !sent().length)).not.toContainEqual(
    expect.objectContaining({ path: "/image/v2/images" }),
  );
});

test("a way that the cloud does not offer is closed", async () => {
  const api = { importMethods: async () => ["web-download"] } as unknown as ImageApi;
  const sourceImage = { kind: "sourceImage", imageId: "x", region: "Elsewhere" };
  const job = { source: sourceImage, context: {}, delivery: { decompress: "auto" } } as unknown as Job;
  const closed = await glanceDownload.closed(api, job);
  expect(closed).toBe("this cloud does not offer it (it offers web-download)");
});

describe("the configuration", () => {
  const transfersOf = async (config: Parameters<typeof cloud.door>[0]) =>
    (await cloud.door(config).connect({})).transfers;

  test("limits how fast all transfers are together", async () => {
    const stream = Readable.from([disk]);
    expect((await transfersOf({ maxBandwidth: 1 })).limited(stream)).not.toBe(stream);
    expect((await transfersOf({})).limited(stream)).toBe(stream);
  });

  test("says how long a source's server may be silent, but not how the cloud's certificates are trusted", async () => {
    const config = { idleTimeout: 10, requestTimeout: 7, insecure: true };
    expect((await transfersOf(config)).transport).toEqual({ idleTimeout: 5, requestTimeout: 7 });
  });
});
