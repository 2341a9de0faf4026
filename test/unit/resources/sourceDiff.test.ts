import fc from "fast-check";
import { identityText } from "../../../provider/image/remote/sameBytes";
import { diffImage } from "../../../provider/resources/image/diff";
import { stateOf } from "../../../provider/resources/image/state";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import { type Previewed, unknown } from "../../../provider/resources/unknown";
import { someImage } from "../image/images";

const id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const active = { id, status: "active", size: 3, checksum: "9".repeat(32) };

function diff(inputs: CheckedImageInputs, news: Previewed<CheckedImageInputs>) {
  return diffImage(id, { inputs, state: stateOf(someImage(active), inputs, {}) }, news);
}

const sha256 = (digit: string) => `sha256:${digit.repeat(64)}`;
const sha512 = (digit: string) => `sha512:${digit.repeat(128)}`;
const url = "https://mirror.test/disk.raw";
const monday = "2026-01-05T08:00:00Z";
const tuesday = "2026-01-06T08:00:00Z";

interface Told {
  etag?: string;
  lastModified?: string;
  length?: number;
}
const told = ({ etag, lastModified, length }: Told): CheckedImageInputs => {
  const sourceIdentity = identityText({ etag, lastModified, length });
  return { copyFrom: url, ...(sourceIdentity !== undefined && { sourceIdentity }) };
};
const all = { etag: '"a"', lastModified: monday, length: 1000 };
const old = told(all);

test.each<[string, CheckedImageInputs, CheckedImageInputs]>([
  ["the same file", { localFile: "a", localFileHash: sha256("a") }, { localFile: "a", localFileHash: sha256("a") }],
  ["a URL of which the server tells the same", old, old],
  ["a URL whose server tells nothing today", old, { copyFrom: url }],
  ["a mirror with another ETag, but the same time and length", old, told({ ...all, etag: '"b"' })],
  ["a mirror with another time, but the same ETag", old, told({ ...all, lastModified: tuesday })],
  ["a server that no longer tells the length", old, told({ etag: '"a"', lastModified: monday })],
  ["the same image", { sourceImage: { imageId: id } }, { sourceImage: { imageId: id } }],
  ["what `decompress` is anyway", old, { ...old, decompress: "auto" }],
])("%s is no difference", (_name, inputs, news) => {
  expect(diff(inputs, news)).toEqual({ changes: [], replaces: [] });
});

test.each<[string, CheckedImageInputs, CheckedImageInputs, string]>([
  [
    "a new signed URL",
    { ...old, copyFrom: `${url}?X-Signature=1` },
    { ...old, copyFrom: `${url}?X-Signature=2` },
    "copyFrom",
  ],
  [
    "a new signature while its server tells nothing",
    { ...old, copyFrom: `${url}?s=1` },
    { copyFrom: `${url}?s=2` },
    "copyFrom",
  ],
  [
    "a new signature beside a hash that is dropped",
    { copyFrom: `${url}?s=1`, sourceIdentity: sha256("a") },
    { ...old, copyFrom: `${url}?s=2` },
    "copyFrom",
  ],
  [
    "a new signature beside a hash that is added",
    { ...old, copyFrom: `${url}?s=1` },
    { copyFrom: `${url}?s=2`, sourceIdentity: sha256("a") },
    "copyFrom",
  ],
  [
    "another URL with the same hash",
    { copyFrom: url, sourceIdentity: sha256("a") },
    { copyFrom: "https://other.test/x", sourceIdentity: sha256("a") },
    "copyFrom",
  ],
  [
    "the file of a URL with its hash",
    { copyFrom: url, sourceHash: sha256("a") },
    { localFile: "a", localFileHash: sha256("a") },
    "localFile",
  ],
  [
    "another path with the same bytes",
    { localFile: "a", localFileHash: sha256("a") },
    { localFile: "b", localFileHash: sha256("a") },
    "localFile",
  ],
  ["what a server tells for the first time", { copyFrom: url }, old, "sourceIdentity"],
  [
    "a hash that is declared later",
    old,
    { ...old, sourceHash: sha256("a"), sourceIdentity: sha256("a") },
    "sourceHash",
  ],
])("%s is only recorded", (_name, inputs, news, path) => {
  const { changes, replaces } = diff(inputs, news);
  expect(changes).toContain(path);
  expect(replaces).toEqual([]);
});

test.each<[string, CheckedImageInputs, Previewed<CheckedImageInputs>, string]>([
  [
    "a file",
    { localFile: "a", localFileHash: sha256("a") },
    { localFile: "a", localFileHash: sha256("b") },
    "localFileHash",
  ],
  ["a URL, by its ETag alone", told({ etag: '"a"' }), told({ etag: '"b"' }), "sourceIdentity"],
  ["a URL, by its time", old, told({ ...all, etag: '"b"', lastModified: tuesday }), "sourceIdentity"],
  ["a URL, by its length", old, told({ ...all, length: 1001 }), "sourceIdentity"],
  [
    "a URL, by its hash",
    { copyFrom: url, sourceIdentity: sha256("a") },
    { copyFrom: url, sourceIdentity: sha256("b") },
    "sourceIdentity",
  ],
  [
    "a declared hash",
    { copyFrom: url, sourceHash: sha256("a") },
    { copyFrom: url, sourceHash: sha256("b") },
    "sourceHash",
  ],
  [
    "one of several hashes",
    { copyFrom: url, sourceHash: `md5:${"a".repeat(32)}`, sourceIdentity: sha256("a") },
    { copyFrom: url, sourceHash: `md5:${"a".repeat(32)}`, sourceIdentity: sha256("b") },
    "sourceIdentity",
  ],
  [
    "a signed URL, by what is told",
    { ...old, copyFrom: `${url}?s=1` },
    { ...told({ ...all, length: 9 }), copyFrom: `${url}?s=2` },
    "copyFrom",
  ],
  [
    "another query of a server that has never told anything",
    { copyFrom: `${url}?version=1` },
    { copyFrom: `${url}?version=2` },
    "copyFrom",
  ],
  [
    "another query where only a length is told",
    { ...told({ length: 9 }), copyFrom: `${url}?version=1` },
    { ...told({ length: 9 }), copyFrom: `${url}?version=2` },
    "copyFrom",
  ],
  ["another path of a URL, of which the same is told", old, { ...old, copyFrom: `${url}.old` }, "copyFrom"],
  [
    "another image",
    { sourceImage: { imageId: id } },
    { sourceImage: { imageId: id.replace("0", "1") } },
    "sourceImage",
  ],
  ["unpacking", old, { ...old, decompress: "none" }, "decompress"],
  ["a URL that is not known yet", old, { copyFrom: unknown }, "copyFrom"],
])("other content replaces: %s", (_name, inputs, news, path) => {
  expect(diff(inputs, news).replaces).toEqual([path]);
});

test("what is known of the content outlives an update while its server tells nothing", () => {
  const before = stateOf(someImage(active), old, {});
  const silent = { copyFrom: url };
  const after = stateOf(someImage(active), silent, before);
  expect(after.sourceIdentity).toBe(old.sourceIdentity);
  const changed = diffImage(id, { inputs: silent, state: after }, told({ ...all, length: 1 }));
  expect(changed.replaces).toEqual(["sourceIdentity"]);
  const moved = stateOf(someImage(active), { copyFrom: "https://other.test/x" }, before);
  expect(moved).not.toHaveProperty("sourceIdentity");
});

const digit = fc.constantFrom(..."0123456789abcdef");
const address = fc.constantFrom(
  url,
  `${url}?s=1`,
  `${url}?s=2`,
  "https://other.test/disk",
  "http://mirror.test/disk.raw",
);
const algorithm = fc.constantFrom(sha256, sha512);
const place = fc.oneof(
  address.map((copyFrom) => (hash: string) => ({ copyFrom, sourceIdentity: hash })),
  address.map((copyFrom) => (hash: string) => ({ copyFrom, sourceHash: hash, sourceIdentity: hash })),
);

test("equal hashes never replace, wherever the bytes come from; different ones always do", () => {
  fc.assert(
    fc.property(place, place, algorithm, digit, digit, (from, to, hash, one, other) => {
      const { replaces } = diff(from(hash(one)), to(hash(other)));
      expect(replaces.length > 0).toBe(one !== other);
    }),
  );
});

test("a file is its hash, whatever its path", () => {
  const path = fc.constantFrom("a", "b/c", "../d");
  fc.assert(
    fc.property(path, path, digit, digit, (from, to, one, other) => {
      const file = (localFile: string, hash: string) => ({ localFile, localFileHash: sha256(hash) });
      expect(diff(file(from, one), file(to, other)).replaces.length > 0).toBe(one !== other);
    }),
  );
});
