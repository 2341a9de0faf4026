import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { digestsOfFile, fingerprintOf } from "../../../../provider/image/integrity/fileDigest";

type Module = typeof import("../../../../provider/image/integrity/fileDigest");

const { HOME, XDG_CACHE_HOME } = process.env;
const lastYear = new Date("2025-03-01T12:00:00Z");
const content = "what an image holds";
const lie = "0".repeat(64);
const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

let folder: string;
let cache: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "digest-"));
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  cache = join(folder, "cache", "pulumi-glance", "hashes.json");
  file = oldFile("disk.raw", content);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const [name, value] of Object.entries({ HOME, XDG_CACHE_HOME })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

function oldFile(name: string, data: string): string {
  const path = join(folder, name);
  writeFileSync(path, data);
  utimesSync(path, lastYear, lastYear);
  return path;
}

/** The same code with nothing remembered, as in a later process. */
function laterProcess(): Module {
  let loaded: Module | undefined;
  jest.isolateModules(() => {
    loaded = require("../../../../provider/image/integrity/fileDigest");
  });
  return loaded as Module;
}

const hashIn = async ({ digestsOfFile }: Module, path = file) => (await digestsOfFile(path, ["sha256"])).digests.sha256;

const cached = (): { path: string; digests: Record<string, string> }[] => JSON.parse(readFileSync(cache, "utf8"));

/** Makes the cache tell what is not so: whoever answers this read no byte of the file. */
function falsify(): void {
  writeFileSync(cache, JSON.stringify(cached().map((entry) => ({ ...entry, digests: { sha256: lie } }))));
}

it("hashes with every algorithm at once", async () => {
  const answer = await digestsOfFile(file, ["md5", "sha1", "sha256", "sha512"]);
  const hash = (algorithm: string) => createHash(algorithm).update(content).digest("hex");
  expect(answer).toEqual({
    digests: { md5: hash("md5"), sha1: hash("sha1"), sha256: hash("sha256"), sha512: hash("sha512") },
    size: content.length,
    fingerprint: await fingerprintOf(file),
  });
});

describe("a later process", () => {
  beforeEach(async () => {
    await hashIn(laterProcess());
    falsify();
  });

  it("finds the hash", async () => {
    expect(await hashIn(laterProcess())).toBe(lie);
  });

  it("reads the file for another algorithm, and keeps both", async () => {
    const answer = await laterProcess().digestsOfFile(file, ["md5", "sha256"]);
    const md5 = createHash("md5").update(content).digest("hex");
    expect(answer.digests).toEqual({ md5, sha256: lie });
    expect(cached()).toEqual([expect.objectContaining({ path: file, digests: { md5, sha256: lie } })]);
  });

  const changed = "what an image hides";
  test.each<[string, string, () => void]>([
    ["its time", content, () => utimesSync(file, lastYear, new Date())],
    ["its size", `${content}!`, () => oldFile("disk.raw", `${content}!`)],
    ["its bytes and nothing else that stat shows but the time of that", changed, () => oldFile("disk.raw", changed)],
    ["its mode", content, () => chmodSync(file, 0o600)],
    ["its inode", changed, () => renameSync(oldFile("other.raw", changed), file)],
  ])("reads a file again that changed %s", async (_what, expected, change) => {
    change();
    expect(await hashIn(laterProcess())).toBe(sha256(expected));
  });

  it("keeps what others wrote meanwhile", async () => {
    const mine = laterProcess();
    await hashIn(mine);
    const theirs = oldFile("theirs.raw", "theirs");
    await hashIn(laterProcess(), theirs);
    const last = oldFile("last.raw", "last");
    await hashIn(mine, last);
    expect(cached().map(({ path }) => path)).toEqual([file, theirs, last]);
    expect(readdirSync(dirname(cache))).toEqual(["hashes.json"]);
  });
});

it("keeps the thousand files hashed last", async () => {
  const paths = Array.from({ length: 1000 }, (_, n) => `/images/${n}.raw`);
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, JSON.stringify(paths.map((path) => ({ path, fingerprint: "1:2", digests: {} }))));
  await hashIn(laterProcess());
  expect(cached().map(({ path }) => path)).toEqual([...paths.slice(1), file]);
});

it("keeps no hash of a file that was just written", async () => {
  const { digestsOfFile } = laterProcess();
  utimesSync(file, new Date(), new Date());
  expect((await digestsOfFile(file, ["sha256"])).digests.sha256).toBe(sha256(content));
  expect(() => cached()).toThrow("ENOENT");
});

test.each([
  ["empty", ""],
  ["cut short", '[{"path": "/x", "finger'],
  ["of another shape", '{"__proto__": {"path": 1}, "length": 3}'],
  ["with a hash that is none", `[{"path": "/x", "fingerprint": "1", "digests": {"sha256": "../../etc"}}]`],
  ["with keys of Object", `[{"path": "__proto__", "fingerprint": "1", "digests": {"constructor": "00"}}]`],
])("overwrites a cache that is %s", async (_what, garbage) => {
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, garbage);
  expect(await hashIn(laterProcess())).toBe(sha256(content));
  expect(cached()).toEqual([expect.objectContaining({ path: file, digests: { sha256: sha256(content) } })]);
});

test("the cache stands in the home folder where nothing else is said, or a path that is not absolute", async () => {
  process.env.HOME = folder;
  for (const said of [undefined, "", "caches/here"]) {
    if (said === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = said;
    await hashIn(laterProcess());
    expect(readdirSync(join(folder, ".cache", "pulumi-glance"))).toEqual(["hashes.json"]);
    rmSync(join(folder, ".cache"), { recursive: true });
  }
});

describe("what is no source", () => {
  const replaceByFolder = () => {
    rmSync(file);
    mkdirSync(file);
  };

  test.each<[string, () => void, string]>([
    ["absent", () => rmSync(file), 'There is no file "../disk.raw". The path is relative to the directory'],
    ["empty", () => truncateSync(file), 'The file "../disk.raw" is empty.'],
    ["a folder", replaceByFolder, '"../disk.raw" is not a file.'],
  ])("is named as it was written, if it is %s", async (_what, change, message) => {
    change();
    const failure = expect.objectContaining({ code: "SOURCE", message: expect.stringContaining(message) });
    await expect(digestsOfFile(file, ["sha256"], "../disk.raw")).rejects.toEqual(failure);
    await expect(fingerprintOf(file, "../disk.raw")).rejects.toEqual(failure);
  });
});

// Only Linux tells how many bytes a process has read.
const onLinux = process.platform === "linux" ? describe : describe.skip;
onLinux("of a big file", () => {
  const size = 64 * 1024 * 1024;
  const zeros = sha256(Buffer.alloc(size));
  const readBytes = () => Number(/^rchar: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);

  beforeEach(() => {
    truncateSync(file, 0);
    truncateSync(file, size);
    utimesSync(file, lastYear, lastYear);
  });

  /** How often the file was read. */
  async function passesOf(action: () => Promise<unknown>): Promise<number> {
    const before = readBytes();
    await action();
    return Math.round((readBytes() - before) / size);
  }

  it("two asks at the same time share one pass", async () => {
    const both = () =>
      Promise.all([hashIn({ digestsOfFile, fingerprintOf }), hashIn({ digestsOfFile, fingerprintOf })]);
    expect(await passesOf(async () => expect(await both()).toEqual([zeros, zeros]))).toBe(1);
  });

  it("a later ask reads nothing, even where no cache can be written", async () => {
    process.env.XDG_CACHE_HOME = join(file, "nowhere");
    const module = laterProcess();
    expect(await passesOf(() => hashIn(module))).toBe(1);
    expect(await passesOf(async () => expect(await hashIn(module)).toBe(zeros))).toBe(0);
  });

  it("a change during the pass makes another one", async () => {
    const before = readBytes();
    const answer = laterProcess().digestsOfFile(file, ["sha256"]);
    while (readBytes() < before + size / 8) await turn();
    appendFileSync(file, "end");
    expect((await answer).digests.sha256).toBe(sha256(Buffer.concat([Buffer.alloc(size), Buffer.from("end")])));
    expect((await answer).size).toBe(size + 3);
  });

  it("a change during each pass is a failure", async () => {
    let done = false;
    const failure = expect(
      laterProcess()
        .digestsOfFile(file, ["sha256"], "disk.raw")
        .finally(() => {
          done = true;
        }),
    ).rejects.toMatchObject({
      code: "SOURCE",
      message: expect.stringContaining('"disk.raw" changes while it is read'),
    });
    for (let second = 1; !done; second++) {
      utimesSync(file, lastYear, second);
      await turn();
    }
    await failure;
  });
});
