import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { preflightImage } from "../../../provider/resources/image/preflight";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import { type Previewed, unknown } from "../../../provider/resources/unknown";
import { qcow2Image } from "../../tools/images";
import { type Answer, type Script, ScriptedServer, type Seen } from "../glance/server";
import { useContext } from "./context";

const start = useContext();
const formats = { diskFormat: "raw", containerFormat: "bare" };
const [MiB, size] = [2 ** 20, 5 * 2 ** 20];

interface Cloud {
  methods?: string[];
  /** By name, in the unit of each: images, or MiB. */
  quotas?: Record<string, readonly [usage: number, limit: number]>;
  status?: number;
}

function cloudOf({ methods = ["web-download"], quotas = {}, status }: Cloud): Script {
  const usage = Object.fromEntries(Object.entries(quotas).map(([name, [usage, limit]]) => [name, { usage, limit }]));
  const answers: Record<string, unknown> = {
    "/v2/info/import": { "import-methods": { value: methods } },
    "/v2/info/usage": { usage },
    "/v2/schemas/image": {
      properties: { disk_format: { enum: [null, "raw", "qcow2"] }, container_format: { enum: [null, "bare"] } },
    },
  };
  return ({ path }) => (status === undefined ? { body: answers[path] } : { status });
}

const mirrors: ScriptedServer[] = [];
afterEach(async () => {
  for (const mirror of mirrors.splice(0)) await mirror.close();
});
async function mirrorThat(answers: (request: Seen) => Answer): Promise<ScriptedServer> {
  const mirror = await ScriptedServer.start(answers);
  mirrors.push(mirror);
  return mirror;
}
const fine = (): Answer => ({ headers: { "content-length": String(size) } });

async function warningsOf(inputs: Previewed<CheckedImageInputs>, cloud: Cloud = {}): Promise<string[]> {
  const { context, server } = await start(cloudOf(cloud));
  const warnings = await preflightImage(inputs, context);
  expect(server.seen.every(({ method }) => method === "GET")).toBe(true);
  return warnings;
}

test("nothing is said of an image that this cloud would take", async () => {
  const mirror = await mirrorThat(({ method }) => (method === "HEAD" ? fine() : { status: 500 }));
  const quotas = { image_count_total: [9, 10], image_size_total: [10, 10] } as const;
  expect(await warningsOf({ ...formats, copyFrom: `${mirror.url}/disk.raw` }, { quotas })).toEqual([]);
  expect(mirror.calls).toEqual(["HEAD /disk.raw"]);
});

test("a cloud without the wanted import method is told before it is needed; without web-download the provider streams", async () => {
  const mirror = await mirrorThat(fine);
  const inputs = { ...formats, copyFrom: `${mirror.url}/disk.raw` };
  expect(await warningsOf(inputs, { methods: ["glance-direct"] })).toEqual([]);
  const insisting = { ...inputs, importMethod: "web-download" } as const;
  const [warning, ...more] = await warningsOf(insisting, { methods: ["glance-direct"] });
  expect(more).toEqual([]);
  expect(warning).toMatch(/web-download: this cloud does not offer it \(it offers glance-direct\)/);
});

test("a minDisk that is smaller than the disk in the file is told, also of a compressed one", async () => {
  const directory = mkdtempSync(join(tmpdir(), "preflight-"));
  const path = join(directory, "disk.qcow2.gz");
  writeFileSync(path, gzipSync(qcow2Image(10 * 2 ** 30 + 1)));
  const inputs = { diskFormat: "qcow2", containerFormat: "bare", localFile: path };
  const told = [`The disk in "${path}" has 11 GiB, but minDisk is 10: declare minDisk: 11.`];
  expect(await warningsOf({ ...inputs, minDisk: 10 })).toEqual(told);
  expect(await warningsOf({ ...inputs, minDisk: 11 })).toEqual([]);
  rmSync(directory, { recursive: true });
});

test("each format that the cloud's schema does not have is told with those that it has", async () => {
  expect(await warningsOf({ diskFormat: "qcow9", containerFormat: "tin" })).toEqual([
    'diskFormat "qcow9" is unknown to this cloud; it knows raw, qcow2.',
    'containerFormat "tin" is unknown to this cloud; it knows bare.',
  ]);
});

describe("the URL", () => {
  const secret = (url: string) => `${url.replace("//", "//robot:hunter2@")}/disk.raw?sig=s3cret`;
  const headRefused = (status: number, got: Answer) =>
    mirrorThat(({ method }) => (method === "HEAD" ? { status } : got));

  test.each([404, 410, 500])("that answers %i is told without its credentials", async (status) => {
    const mirror = await mirrorThat(() => ({ status }));
    const warnings = await warningsOf({ ...formats, copyFrom: secret(mirror.url) });
    expect(warnings).toEqual([
      `${mirror.url}/disk.raw answers ${status} from here; the image service may see it differently.`,
    ]);
  });

  test.each([401, 403])(
    "that answers %i may want its user info, which only the image service sends",
    async (status) => {
      const mirror = await mirrorThat(() => ({ status }));
      expect(await warningsOf({ ...formats, copyFrom: secret(mirror.url) })).toEqual([]);
      expect(await warningsOf({ ...formats, copyFrom: `${mirror.url}/disk.raw` })).toEqual([
        expect.stringMatching(`answers ${status} from here`),
      ]);
    },
  );

  test.each<[string, (socket: Socket) => void]>([
    ["breaks the connection at HEAD", (socket) => socket.destroy()],
    ["does not answer HEAD", () => {}],
  ])("of a server that %s is asked for one byte", async (_name, atHead) => {
    const server = createServer(({ method, socket }, response) => {
      if (method === "HEAD") atHead(socket);
      else response.end("x");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const warnings = await warningsOf({ ...formats, copyFrom: `http://127.0.0.1:${port}/disk.raw` });
    await new Promise((resolve) => server.close(resolve));
    expect(warnings).toEqual([]);
  });

  test("that redirects to what is no URL is told", async () => {
    const mirror = await mirrorThat(() => ({ status: 302, headers: { location: "http://[bad" } }));
    expect(await warningsOf({ ...formats, copyFrom: `${mirror.url}/disk.raw` })).toEqual([
      expect.stringMatching(/cannot be read from here \(it redirects to what is no URL\)/),
    ]);
  });

  test.each([403, 405, 501])("that refuses HEAD with %i is asked for one byte", async (status) => {
    const part = { status: 206, headers: { "content-range": `bytes 0-0/${size}` }, body: "x" };
    const mirror = await headRefused(status, part);
    expect(await warningsOf({ ...formats, copyFrom: `${mirror.url}/disk.raw` })).toEqual([]);
    expect(mirror.seen.map(({ method, headers }) => [method, headers.range])).toEqual([
      ["HEAD", undefined],
      ["GET", "bytes=0-0"],
    ]);
  });

  test("is followed to where it leads, with nothing of the cloud's or its own credentials", async () => {
    const mirror = await mirrorThat(({ path }) =>
      path === "/there" ? fine() : { status: 302, headers: { location: "/there" } },
    );
    expect(await warningsOf({ ...formats, copyFrom: secret(mirror.url) })).toEqual([]);
    expect(mirror.calls).toEqual(["HEAD /disk.raw?sig=s3cret", "HEAD /there"]);
    for (const { headers } of mirror.seen) {
      expect(Object.keys(headers).filter((name) => /auth|cookie/.test(name))).toEqual([]);
    }
  });

  test("that redirects for ever is told", async () => {
    const mirror = await mirrorThat(() => ({ status: 302, headers: { location: "/again" } }));
    expect(await warningsOf({ ...formats, copyFrom: `${mirror.url}/disk.raw` })).toEqual([
      expect.stringMatching(/redirects more than 5 times; the image service may see it differently/),
    ]);
  });

  test.each([
    ["of a host that does not exist", async () => "http://no-such-host.invalid/disk.raw", /host name/],
    ["of a port where nobody listens", async () => `${await closedServer()}/disk.raw`, /refused/],
  ])("%s is told as seen from here", async (_name, url, reason) => {
    const [warning, ...more] = await warningsOf({ ...formats, copyFrom: await url() });
    expect(more).toEqual([]);
    expect(warning).toMatch(/disk\.raw cannot be read from here \(.*\); the image service may see it differently\.$/);
    expect(warning).toMatch(reason);
  });

  async function closedServer(): Promise<string> {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  }
});

describe("quotas", () => {
  test("an import asks only whether they are exceeded already, and an image without a source not for its size", async () => {
    const mirror = await mirrorThat(fine);
    const quotas = { image_count_total: [10, 10], image_size_total: [11, 10] } as const;
    const one = expect.stringMatching(/10 of the 10 images that its quota image_count_total allows/);
    expect(await warningsOf({ ...formats, copyFrom: `${mirror.url}/disk.raw` }, { quotas })).toEqual([
      one,
      expect.stringMatching(/hold 11 MiB of the 10 MiB that its quota image_size_total allows: an import would be ref/),
    ]);
    expect(await warningsOf({ ...formats }, { quotas })).toEqual([one]);
  });

  test("the size of a local file counts", async () => {
    const directory = mkdtempSync(join(tmpdir(), "preflight-"));
    writeFileSync(join(directory, "disk.raw"), Buffer.alloc(2 * MiB));
    const inputs = { ...formats, localFile: join(directory, "disk.raw") };
    const warnings = await warningsOf(inputs, { quotas: { image_size_total: [9, 10] } });
    rmSync(directory, { recursive: true });
    expect(warnings).toEqual([
      expect.stringMatching(
        /hold 9\.0 MiB of the 10 MiB that its quota image_size_total allows: 2\.0 MiB more would be/,
      ),
    ]);
  });

  test("all images of a preview share one answer", async () => {
    const { context, server } = await start(cloudOf({ quotas: { image_count_total: [1, 1] } }));
    const connection = await context.connect({});
    const shared = { ...context, connect: async () => connection };
    const warnings = await Promise.all(Array.from({ length: 5 }, () => preflightImage(formats, shared)));
    expect(warnings.flat()).toHaveLength(5);
    for (const path of ["/v2/info/usage", "/v2/schemas/image"]) {
      expect(server.calls.filter((call) => call === `GET ${path}`)).toHaveLength(1);
    }
  });
});

describe("what cannot be looked up gives no warning", () => {
  test("inputs that are not known yet", async () => {
    const unknowns = { diskFormat: unknown, copyFrom: unknown, localFile: unknown } as const;
    expect(await warningsOf({ ...unknowns, containerFormat: "bare" })).toEqual([]);
  });

  test("a cloud that nobody knows yet; the URL is looked at all the same", async () => {
    const mirror = await mirrorThat(() => ({ status: 404 }));
    const { context, places } = await start(cloudOf({}));
    const copyFrom = `${mirror.url}/disk.raw`;
    expect(await preflightImage({ cloud: unknown, diskFormat: "qcow9", copyFrom }, context)).toEqual([
      expect.stringMatching(/answers 404/),
    ]);
    expect(places).toEqual([]);
  });

  test.each([401, 403, 404, 500])("a cloud that answers %i", async (status) => {
    expect(await warningsOf({ diskFormat: "qcow9", localFile: "none.raw" }, { status })).toEqual([]);
  });

  test("a cloud that does not answer until the operation is cancelled", async () => {
    const { context } = await start(cloudOf({}));
    const end = new AbortController();
    const silent = () => {
      queueMicrotask(() => end.abort());
      return new Promise<never>(() => {});
    };
    const waiting = { ...context, connect: silent, signal: end.signal };
    expect(await preflightImage({ diskFormat: "qcow9" }, waiting)).toEqual([]);
  });
});
