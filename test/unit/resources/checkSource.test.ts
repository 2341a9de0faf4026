import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkImage } from "../../../provider/resources/image/check";
import { diffImage } from "../../../provider/resources/image/diff";
import { stateOf } from "../../../provider/resources/image/state";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import type { ResourceContext } from "../../../provider/resources/resource";
import { unknown } from "../../../provider/resources/unknown";
import { rawImage } from "../../tools/images";
import { closeAll, closedPort, web } from "../http/servers";
import { someImage } from "../image/images";

const directory = mkdtempSync(join(tmpdir(), "check-source-"));
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(closeAll);

const disk = rawImage(10_000);
const hashOf = (algorithm: string, bytes: Buffer = disk) => createHash(algorithm).update(bytes).digest("hex");
const raw = { diskFormat: "raw", containerFormat: "bare" };
const context: ResourceContext = {
  directory,
  connect: () => Promise.reject(new Error("check must not ask the cloud")),
  capabilities: () => undefined,
};

async function check(declared: Record<string, unknown>, last?: CheckedImageInputs) {
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const { inputs, failures } = await checkImage({ ...raw, ...declared }, { ...context, warn }, last);
  return {
    warnings,
    inputs: inputs as CheckedImageInputs,
    failures: failures.map(({ property, reason }) => `${property}: ${reason}`),
  };
}

/** What a server answers by path; a text stands for a file without more facts. */
type Files = Record<string, { headers?: Record<string, string>; body?: string; status?: number }>;

async function serve(files: () => Files): Promise<{ url: string; asked: string[]; authorizations: unknown[] }> {
  const asked: string[] = [];
  const authorizations: unknown[] = [];
  const handler: RequestListener = ({ method, url = "", headers }, response) => {
    asked.push(`${method} ${url}`);
    authorizations.push(headers.authorization);
    const { status = 200, headers: facts = {}, body = "" } = files()[url.replace(/\?.*/, "")] ?? { status: 404 };
    response.writeHead(status, { "content-length": String(Buffer.byteLength(body)), ...facts });
    response.end(method === "HEAD" ? "" : body);
  };
  return { url: await web(handler), asked, authorizations };
}

/** What a second run would do to the image that a first one made. */
function between(first: CheckedImageInputs, second: CheckedImageInputs) {
  const image = someImage({ status: "active", size: 1 });
  return diffImage(image.id, { inputs: first, state: stateOf(image, first, {}) }, second).replaces;
}

describe("a URL", () => {
  const facts = { etag: '"1"', "last-modified": "Mon, 05 Jan 2026 08:00:00 GMT", "content-length": "1000" };

  test("is told from another by what its server says, of which nothing is fetched", async () => {
    const { url, asked } = await serve(() => ({ "/disk.raw": { headers: facts } }));
    const { inputs, failures } = await check({ copyFrom: `${url}/disk.raw` });
    expect(failures).toEqual([]);
    expect(inputs.sourceIdentity).toBe('etag="1" last-modified=2026-01-05T08:00:00Z length=1000');
    expect(asked).toEqual(["HEAD /disk.raw"]);
  });

  test.each([
    ["etag", { etag: '"2"', "content-length": "2000" }, ["sourceIdentity"]],
    ["length", { ...facts, "content-length": "1001" }, ["sourceIdentity"]],
    ["time", { ...facts, etag: '"2"', "last-modified": "Tue, 06 Jan 2026 08:00:00 GMT" }, ["sourceIdentity"]],
    ["ETag of a mirror", { ...facts, etag: '"2"' }, []],
  ])("that answers another %s later", async (_, later, replaces) => {
    let headers: Record<string, string> = facts;
    const { url } = await serve(() => ({ "/disk.raw": { headers } }));
    const first = await check({ copyFrom: `${url}/disk.raw` });
    headers = later;
    const second = await check({ copyFrom: `${url}/disk.raw` });
    expect(between(first.inputs, second.inputs)).toEqual(replaces);
  });

  test("that is signed anew is the same", async () => {
    const { url } = await serve(() => ({ "/disk.raw": { headers: facts } }));
    const first = await check({ copyFrom: `${url}/disk.raw?X-Signature=1` });
    const second = await check({ copyFrom: `${url}/disk.raw?X-Signature=2` });
    expect(between(first.inputs, second.inputs)).toEqual([]);
  });

  test("that cannot be looked at today is no other one", async () => {
    const { url } = await serve(() => ({ "/disk.raw": { headers: facts } }));
    const first = await check({ copyFrom: `${url}/disk.raw` });
    await closeAll();
    const second = await check({ copyFrom: `${url}/disk.raw` });
    expect(second).toMatchObject({ failures: [] });
    expect(second.inputs).not.toHaveProperty("sourceIdentity");
    expect(between(first.inputs, second.inputs)).toEqual([]);
  });

  test.each([
    ["a page to log in at", { "content-type": "text/html", "content-length": "13" }],
    ["a length that is not known yet", { "content-length": "0" }],
  ])("in whose place comes %s is no other one", async (_, later) => {
    let headers: Record<string, string> = facts;
    const { url } = await serve(() => ({ "/disk.raw": { headers } }));
    const first = await check({ copyFrom: `${url}/disk.raw` });
    headers = later;
    const second = await check({ copyFrom: `${url}/disk.raw?X-Signature=2` });
    expect(second).toMatchObject({ failures: [] });
    expect(between(first.inputs, second.inputs)).toEqual([]);
  });

  test("is looked at with its credentials", async () => {
    const { url, authorizations } = await serve(() => ({ "/disk.raw": { headers: facts } }));
    await check({ copyFrom: `${url}/disk.raw`, sourceCredentials: { token: "s3cret" } });
    expect(authorizations).toEqual(["Bearer s3cret"]);
  });

  test("with a declared hash is that hash, and nobody is asked", async () => {
    const { url, asked } = await serve(() => ({}));
    const sourceHash = `SHA256:${hashOf("sha256").toUpperCase()}`;
    const { inputs } = await check({ copyFrom: `${url}/disk.raw`, sourceHash });
    expect(inputs.sourceIdentity).toBe(`sha256:${hashOf("sha256")}`);
    expect(asked).toEqual([]);
  });

  test.each(["copyFrom", "sourceHash", "checksumsUrl", "sourceCredentials"])(
    "is not looked at while %s is not known",
    async (name) => {
      const { url, asked } = await serve(() => ({}));
      const { inputs } = await check({ copyFrom: `${url}/disk.raw`, [name]: unknown });
      expect(inputs).not.toHaveProperty("sourceIdentity");
      expect(asked).toEqual([]);
    },
  );
});

describe("a list of checksums", () => {
  const lists: [string, string, string][] = [
    ["GNU", `${"0".repeat(64)}  other.raw\n${hashOf("sha256")} *disk.raw\n`, "sha256"],
    ["BSD", `SHA512 (other.raw) = ${"0".repeat(128)}\nSHA512 (disk.raw) = ${hashOf("sha512")}\n`, "sha512"],
  ];

  test.each(lists)("names what a URL holds: %s", async (_, body, algorithm) => {
    const { url } = await serve(() => ({ "/SUMS": { body } }));
    const { inputs, failures } = await check({ copyFrom: `${url}/disk.raw`, checksumsUrl: `${url}/SUMS` });
    expect(failures).toEqual([]);
    expect(inputs.sourceIdentity).toBe(`${algorithm}:${hashOf(algorithm)}`);
  });

  test.each(lists)("is held against a file: %s", async (_, body) => {
    const { url } = await serve(() => ({ "/SUMS": { body } }));
    writeFileSync(join(directory, "disk.raw"), disk);
    expect((await check({ localFile: "disk.raw", checksumsUrl: `${url}/SUMS` })).failures).toEqual([]);
    writeFileSync(join(directory, "disk.raw"), rawImage(10_000, "forged"));
    const { failures } = await check({ localFile: "disk.raw", checksumsUrl: `${url}/SUMS` });
    expect(failures).toEqual([
      expect.stringMatching(/^checksumsUrl: "disk.raw" has sha\d+:\w+ instead of sha\d+:\w+$/),
    ]);
  });

  test("with another hash later is another content", async () => {
    let body = `${hashOf("sha256")}  disk.raw\n`;
    const { url } = await serve(() => ({ "/SUMS": { body } }));
    const declared = { copyFrom: `${url}/disk.raw`, checksumsUrl: `${url}/SUMS` };
    const first = await check(declared);
    body = `${"1".repeat(64)}  disk.raw\n`;
    const second = await check(declared);
    expect(between(first.inputs, second.inputs)).toEqual(["sourceIdentity"]);
  });

  test("that cannot be used is refused with the reason", async () => {
    const { url } = await serve(() => ({
      "/SUMS": { body: `${hashOf("sha256")}  other.raw\n` },
      "/MINE": { body: `${hashOf("sha256")}  disk.raw\n` },
    }));
    const copyFrom = `${url}/disk.raw`;
    const refusal = async (more: object) => (await check({ copyFrom, ...more })).failures.join("\n");
    expect(await refusal({ checksumsUrl: `${url}/SUMS` })).toBe('checksumsUrl: says nothing of "disk.raw"');
    expect(await refusal({ checksumsUrl: `${url}/GONE` })).toMatch(/^checksumsUrl: .*\/GONE cannot be read: .*404/);
    expect(await refusal({ checksumsUrl: `${url}/MINE`, sourceHash: `sha256:${"2".repeat(64)}` })).toMatch(
      /^checksumsUrl: says that "disk.raw" has sha256:\w+ instead of sha256:2+$/,
    );
  });

  test("is asked for with the credentials where its server is that of the URL, and not elsewhere", async () => {
    const body = `${hashOf("sha256")}  disk.raw\n`;
    const one = await serve(() => ({ "/SUMS": { body } }));
    const other = await serve(() => ({ "/SUMS": { body } }));
    const sourceCredentials = { userName: "u", password: "s3cret" };
    const copyFrom = `${one.url}/disk.raw`;
    await check({ copyFrom, checksumsUrl: `${one.url}/SUMS`, sourceCredentials });
    await check({ copyFrom, checksumsUrl: `${other.url}/SUMS`, sourceCredentials });
    expect(one.authorizations).toEqual([`Basic ${Buffer.from("u:s3cret").toString("base64")}`]);
    expect(other.authorizations).toEqual([undefined]);
  });

  describe("that cannot be read any more", () => {
    const listed = async () => {
      const there = { "/SUMS": { body: `${hashOf("sha256")}  disk.raw\n` } };
      const files: Files = { ...there };
      const { url } = await serve(() => files);
      const gone = () => delete files["/SUMS"];
      return { copyFrom: `${url}/disk.raw`, checksumsUrl: `${url}/SUMS`, gone };
    };

    test("says of the same URL what it said in the last run, with a warning", async () => {
      const { gone, ...declared } = await listed();
      const first = await check(declared);
      gone();
      const second = await check(declared, first.inputs);
      expect([second.failures, second.inputs]).toEqual([[], first.inputs]);
      expect(second.warnings).toEqual([
        expect.stringMatching(/^checksumsUrl .*\/SUMS cannot be read: .*404.* last run/),
      ]);
      expect(between(first.inputs, second.inputs)).toEqual([]);
    });

    test("says it of a URL that is signed anew", async () => {
      const { gone, copyFrom, checksumsUrl } = await listed();
      const signed = (n: number) => ({ copyFrom: `${copyFrom}?s=${n}`, checksumsUrl: `${checksumsUrl}?s=${n}` });
      const first = await check(signed(1));
      gone();
      const { failures, inputs } = await check(signed(2), first.inputs);
      expect([failures, inputs.sourceIdentity]).toEqual([[], first.inputs.sourceIdentity]);
      expect(between(first.inputs, inputs)).toEqual([]);
    });

    test("says it, too, where it names other files today", async () => {
      let body = `${hashOf("sha256")}  disk.raw\n`;
      const { url } = await serve(() => ({ "/SUMS": { body } }));
      const declared = { copyFrom: `${url}/disk.raw`, checksumsUrl: `${url}/SUMS` };
      const first = await check(declared);
      body = `${hashOf("sha256")}  disk-2.raw\n`;
      const { inputs, warnings } = await check(declared, first.inputs);
      expect([inputs, warnings]).toEqual([first.inputs, [expect.stringMatching(/says nothing of "disk.raw"/)]]);
    });

    test("does not let another format pass", async () => {
      const { gone, checksumsUrl } = await listed();
      const declared = { localFile: "disk.raw", checksumsUrl };
      writeFileSync(join(directory, "disk.raw"), disk);
      const first = await check(declared);
      gone();
      const { failures } = await check({ ...declared, diskFormat: "qcow2" }, first.inputs);
      expect(failures).toEqual([expect.stringMatching(/^diskFormat: /)]);
    });

    test("says it of the same file, but of no other bytes", async () => {
      const { gone, checksumsUrl } = await listed();
      const declared = { localFile: "disk.raw", checksumsUrl };
      writeFileSync(join(directory, "disk.raw"), disk);
      const first = await check(declared);
      gone();
      expect((await check(declared, first.inputs)).inputs).toEqual(first.inputs);
      writeFileSync(join(directory, "disk.raw"), rawImage(10_000, "forged"));
      expect((await check(declared, first.inputs)).failures).toEqual([expect.stringMatching(/^checksumsUrl: .*404/)]);
      rmSync(join(directory, "disk.raw"));
      expect((await check(declared, first.inputs)).failures).toEqual([
        expect.stringMatching(/^localFile: There is no/),
      ]);
    });

    test("says nothing of another URL, nor instead of another list", async () => {
      const { gone, ...declared } = await listed();
      const first = await check(declared);
      gone();
      for (const other of [{ copyFrom: `${declared.copyFrom}.xz` }, { checksumsUrl: `${declared.checksumsUrl}2` }]) {
        expect((await check({ ...declared, ...other }, first.inputs)).failures).toHaveLength(1);
      }
    });
  });

  test("tells nothing secret where it cannot be read", async () => {
    const checksumsUrl = `http://127.0.0.1:${await closedPort()}/SUMS?signature=s3cret-query`;
    const sourceCredentials = { token: "s3cret-token" };
    const { failures } = await check({ localFile: "disk.raw", checksumsUrl, sourceCredentials });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/^checksumsUrl: /);
    expect(failures[0]).not.toContain("s3cret");
  });
});

test("a file with another hash than declared is refused", async () => {
  writeFileSync(join(directory, "disk.raw"), disk);
  const good = await check({ localFile: "disk.raw", sourceHash: `sha1:${hashOf("sha1")}` });
  expect(good).toMatchObject({ failures: [], inputs: { localFileHash: `sha256:${hashOf("sha256")}` } });
  const { failures } = await check({ localFile: "disk.raw", sourceHash: `sha1:${"0".repeat(40)}` });
  expect(failures).toEqual([`sourceHash: "disk.raw" has sha1:${hashOf("sha1")} instead of sha1:${"0".repeat(40)}`]);
});

test.each([
  [{ sourceHash: `sha256:${"0".repeat(64)}` }, "sourceHash: says how a source is treated, and there is none"],
  [{ sourceCredentials: { token: "x" } }, "sourceCredentials: are for the server of copyFrom or checksumsUrl"],
  [{ localFile: "disk.raw", importMethod: "web-download" }, "importMethod: web-download takes copyFrom, not localFile"],
  [
    { copyFrom: "http://127.0.0.1:9/x", importMethod: "web-download", sourceCredentials: { token: "x" } },
    "importMethod: web-download would tell the image service the sourceCredentials: use upload",
  ],
  [
    { copyFrom: "http://127.0.0.1:9/x", importMethod: "web-download", decompress: "xz" },
    "decompress: web-download brings the bytes as they are: use upload",
  ],
  [{ localFile: "disk.raw", sourceHash: "sha256:123" }, "sourceHash: must be a hash like"],
  [
    { copyFrom: "http://127.0.0.1:9/x", sourceCredentials: { headers: { Host: "x" } } },
    'sourceCredentials.headers["Host"]: is set by the provider itself',
  ],
])("what contradicts itself is refused: %j", async (declared, reason) => {
  expect((await check(declared)).failures).toEqual([expect.stringContaining(reason)]);
});
