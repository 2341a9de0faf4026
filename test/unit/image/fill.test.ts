import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { qcow2Image, rawImage } from "../../tools/images";
import { closeAll, web } from "../http/servers";
import { useLocalCloud } from "../resources/local";
import { Bringing, publish } from "./bringing";

const cloud = useLocalCloud({ isFaulty: true });
const bringing = new Bringing(cloud);
const disk = rawImage(300_000);
const raw = { diskFormat: "raw", containerFormat: "bare" };
const sha256 = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

afterEach(async () => {
  cloud.faults().clear();
  cloud.faults().forget();
  await closeAll();
});

/** Requests with which the image service was given bytes, or told to fetch them. */
const ways = () =>
  cloud
    .faults()
    .seen.filter(({ method, path }) => method !== "GET" && /\/(file|stage|import)$/.test(path))
    .map(({ path }) => path.slice(path.lastIndexOf("/") + 1));

describe("where importMethod is auto", () => {
  test("the image service itself fetches a URL", async () => {
    const { url, asked } = await publish(() => disk);
    const made = await bringing.make({ ...raw, name: "fetched", copyFrom: `${url}/disk.raw` });
    expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active" } });
    expect(ways()).toEqual(["import"]);
    expect(asked.filter(({ by, method }) => by === "service" && method === "GET")).toHaveLength(1);
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  });

  test.each([
    ["by its rules", (port: string) => `http://localhost:${port}`, () => disk, ["import", "file"]],
    [
      "in its task",
      (port: string) => `http://127.0.0.1:${port}`,
      ({ by }: { by: string }) => (by === "service" ? 403 : disk),
      ["import", "file"],
    ],
  ] as const)(
    "a URL that the image service refuses %s is streamed, with one warning",
    async (name, place, answer, way) => {
      const { url } = await publish(answer);
      const copyFrom = `${place(new URL(url).port)}/disk.raw?signature=s3cret`;
      const made = await bringing.make({ ...raw, name, copyFrom });
      expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
      expect(made.warnings).toHaveLength(1);
      expect(made.warnings[0]).toMatch(
        /[^.]\. Nothing of it was kept: going on with upload instead of web-download\.$/,
      );
      expect(JSON.stringify(made.warnings)).not.toContain("s3cret");
      expect(ways()).toEqual(way);
      expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
    },
  );

  test("a source that only the image service reaches is left to it", async () => {
    const { url } = await publish(({ by }) => (by === "service" ? disk : 403));
    const made = await bringing.make({ ...raw, name: "far", copyFrom: `${url}/disk.raw` });
    expect(made).toMatchObject({ failure: undefined, state: { status: "active" } });
    expect(made.warnings).toEqual([expect.stringMatching(/^Image "far" .*could not be compared/)]);
  });

  test("a source that nobody reaches leaves nothing but the reason", async () => {
    const { url } = await publish(() => 404);
    const made = await bringing.make({ ...raw, name: "nowhere", copyFrom: `${url}/disk.raw` });
    expect(made.state).toBeUndefined();
    expect(made.failure).toMatch(/import of .* failed/);
    expect(made.warnings).toEqual([]);
    expect(await bringing.statuses("nowhere")).toEqual([]);
  });

  test("a compressed URL is unpacked on its way through the provider", async () => {
    const published = gzipSync(disk);
    const { url } = await publish(() => published);
    const copyFrom = `${url}/disk.raw.gz`;
    const made = await bringing.make({ ...raw, name: "packed", copyFrom, sourceHash: sha256(published) });
    expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active", verifiedBy: "hash" } });
    expect(ways()).toEqual(["file"]);
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  });

  test("another format inside a compressed URL is refused before the cloud has an image", async () => {
    const { url } = await publish(() => gzipSync(qcow2Image(2 ** 30)));
    const made = await bringing.make({ ...raw, name: "misdeclared", copyFrom: `${url}/disk.raw.gz` });
    expect(made.failure).toMatch(/diskFormat says raw, but .* is qcow2/);
    expect(cloud.faults().seen.filter(({ method, path }) => method === "POST" && path.endsWith("/images"))).toEqual([]);
    expect(ways()).toEqual([]);
  });
});

describe("no other way is tried", () => {
  test.each(["localhost", "127.0.0.1"])("where importMethod names one, whatever refuses: %s", async (host) => {
    const { url } = await publish(({ by }) => (by === "service" ? 404 : disk));
    const copyFrom = `http://${host}:${new URL(url).port}/disk.raw`;
    const made = await bringing.make({ ...raw, name: "named", copyFrom, importMethod: "web-download" });
    expect(made).toMatchObject({ state: undefined, warnings: [] });
    expect(made.failure).toMatch(host === "localhost" ? /400/ : /import of .* failed/);
    expect(ways()).toEqual(["import"]);
    expect(await bringing.statuses("named")).toEqual([]);
  });

  test("into an image with data that was refused", async () => {
    const { url } = await publish(({ by }) => (by === "service" ? 404 : disk));
    const door = cloud.door();
    const connection = await door.connect({});
    // Glance keeps the checksum of data that it refused on the queued image (glance/location.py).
    const images = Object.create(connection.images, {
      get: {
        value: async (...args: Parameters<typeof connection.images.get>) => {
          const image = await connection.images.get(...args);
          return image && { ...image, checksum: "d41d8cd98f00b204e9800998ecf8427e" };
        },
      },
    });
    const poisoned = { ...door, connect: async () => ({ ...connection, images }) };
    const made = await bringing.make({ ...raw, name: "poisoned", copyFrom: `${url}/disk.raw` }, poisoned);
    expect(made.failure).toMatch(/import of .* failed/);
    expect(made.warnings).toEqual([]);
    expect(ways()).toEqual(["import"]);
  });
});

describe("a source that is not what it should be", () => {
  const methods = ["upload", "glance-direct"] as const;

  test.each(methods)("never becomes active with another sourceHash: %s", async (importMethod) => {
    const { url } = await publish(() => disk);
    const name = `wrong ${importMethod}`;
    const sourceHash = sha256(Buffer.from("other"));
    const made = await bringing.make({ ...raw, name, copyFrom: `${url}/disk.raw`, importMethod, sourceHash });
    expect(made.state).toBeUndefined();
    expect(made.failure).toContain(`is not what was published: it has ${sha256(disk)} instead of ${sourceHash}`);
    expect(await bringing.statuses(name)).toEqual([]);
    const sent = cloud.faults().seen.filter(({ method }) => method === "PUT");
    expect(sent).toHaveLength(1);
    expect(sent[0]?.bytes).toBeLessThan(disk.length);
    expect(ways()).not.toContain("import");
  });

  test.each(methods)("never becomes active where it is empty or cut off: %s", async (importMethod) => {
    const whole = gzipSync(disk);
    const cut = { "/empty": Buffer.alloc(0), "/cut.gz": whole.subarray(0, whole.length - 9) };
    const { url } = await publish(({ path }) => cut[path as keyof typeof cut]);
    for (const path of Object.keys(cut)) {
      const name = `${importMethod} ${path}`;
      const made = await bringing.make({ ...raw, name, copyFrom: url + path, importMethod });
      expect(made.state).toBeUndefined();
      expect(made.failure).toMatch(/is empty|ends too early/);
      expect(await bringing.statuses(name)).toEqual([]);
    }
  });

  const unread = [{ decompress: "none" }, { diskFormat: "aki", containerFormat: "aki" }] as const;
  test.each([
    ["is empty", "with its length", { "content-length": "0" }, "", []],
    ["is empty", "in chunks", {}, "", []],
    ["sent a web page", "to log in at", { "content-type": "text/html" }, "<html>please log in</html>", unread],
  ])("is not given to the image service where it %s (%s)", async (fault, how, headers, body, others) => {
    const url = await web((_request, response) => response.writeHead(200, headers).end(body));
    for (const more of [{}, { importMethod: "web-download" }, { verify: "none" }, ...others] as const) {
      const made = await bringing.make({ ...raw, name: `no image ${how}`, copyFrom: `${url}/disk.raw`, ...more });
      expect([made.state, made.failure]).toEqual([undefined, expect.stringContaining(fault)]);
    }
    expect(ways()).toEqual([]);
    expect(await bringing.statuses(`no image ${how}`)).toEqual([]);
  });

  test("never becomes active where its server sends less than it said", async () => {
    const url = await web((_request, response) => {
      response.writeHead(200, { "content-length": String(disk.length) });
      response.write(disk.subarray(0, 200_000), () => response.destroy());
    });
    const made = await bringing.make({ ...raw, name: "less", copyFrom: `${url}/disk.raw`, importMethod: "upload" });
    expect(made.failure).toMatch(/broke off after \d+ bytes/);
    expect(await bringing.statuses("less")).toEqual([]);
  });
});

test("what was staged and could not be imported takes no other bytes: the next run replaces it", async () => {
  const { url } = await publish(() => disk);
  const fault = { kind: "answer", status: 503 } as const;
  cloud.faults().inject({ method: "POST", path: "/import", when: "before", times: 9, fault });
  const copyFrom = `${url}/disk.raw`;
  const made = await bringing.make({ ...raw, name: "staged", copyFrom, importMethod: "glance-direct" });
  expect(made.failure).toContain("503");
  expect(made.state?.status).toBe("killed");
  expect(await bringing.statuses("staged")).toEqual(["uploading"]);
});
