import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { allianceCapabilities } from "../../../provider/glance/alliance/capabilities";
import { computeCapabilities } from "../../../provider/glance/compute/capabilities";
import { v1Capabilities } from "../../../provider/glance/v1/capabilities";
import { v2Capabilities } from "../../../provider/glance/v2/capabilities";
import { diffImage } from "../../../provider/resources/image/diff";
import { specOf } from "../../../provider/resources/image/spec";
import { inputsAsRead, stateOf } from "../../../provider/resources/image/state";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import { type Previewed, unknown } from "../../../provider/resources/unknown";
import { someImage } from "../image/images";

const id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

function diff(inputs: CheckedImageInputs, image: Parameters<typeof someImage>[0], news: Previewed<CheckedImageInputs>) {
  return diffImage(id, { inputs, state: stateOf(someImage({ id, status: "active", ...image }), inputs, {}) }, news);
}

const a = "http://mirror.test/a";
const b = "http://mirror.test/b";
const file = { localFile: "a.raw", localFileHash: `sha256:${"a".repeat(64)}` };

test.each<[string, CheckedImageInputs, Parameters<typeof someImage>[0], Previewed<CheckedImageInputs>]>([
  ["nothing declared", {}, { minDisk: 5, tags: ["x"] }, {}],
  ["tags in another order", { tags: ["a", "b"] }, { tags: ["b", "a"] }, { tags: ["a", "b"] }],
  ["a repeated tag", { tags: ["a", "a"] }, { tags: ["a"] }, { tags: ["a", "a"] }],
  [
    "a property that nobody declared",
    { properties: { a: "1" } },
    { properties: { a: "1", os_x: "2" } },
    { properties: { a: "1" } },
  ],
  ["a source removed from the program", { copyFrom: a }, {}, {}],
  ["another waiting time", { waitTimeout: 5 }, {}, { waitTimeout: 9 }],
  ["a name no longer declared", { name: "debian" }, { name: "debian" }, {}],
  ["a visibility no longer declared", { visibility: "public" }, { visibility: "public" }, {}],
  ["an owner no longer declared", { owner: "p1" }, { owner: "p1" }, {}],
  ["the id it has", {}, {}, { imageId: id }],
  ["a format that the cloud converted", { diskFormat: "qcow2" }, { diskFormat: "raw" }, { diskFormat: "qcow2" }],
])("%s is no difference", (_name, inputs, image, news) => {
  expect(diff(inputs, image, news)).toEqual({ changes: [], replaces: [] });
});

test.each<[string, CheckedImageInputs, Parameters<typeof someImage>[0], Previewed<CheckedImageInputs>, string]>([
  ["name", {}, { name: "a" }, { name: "b" }, "name"],
  ["minRam", {}, {}, { minRam: 5 }, "minRam"],
  ["minDisk undeclared", { minDisk: 5 }, { minDisk: 5 }, {}, "minDisk"],
  ["protected undeclared", { protected: true }, { protected: true }, {}, "protected"],
  ["hidden undeclared", { hidden: true }, { hidden: true }, {}, "hidden"],
  ["tags undeclared", { tags: ["a"] }, { tags: ["a"] }, {}, "tags"],
  ["a property undeclared", { properties: { a: "1" } }, { properties: { a: "1" } }, {}, 'properties["a"]'],
  [
    "a property changed",
    { properties: { a: "1" } },
    { properties: { a: "1" } },
    { properties: { a: "2" } },
    'properties["a"]',
  ],
  ["a property that drifted away", { properties: { a: "1" } }, {}, { properties: { a: "1" } }, 'properties["a"]'],
  ["deactivated undeclared", { deactivated: true }, { status: "deactivated" }, {}, "deactivated"],
  ["deactivated by others", { deactivated: false }, { status: "deactivated" }, { deactivated: false }, "deactivated"],
  ["a format while queued", { diskFormat: "raw" }, { status: "queued" }, { diskFormat: "qcow2" }, "diskFormat"],
  ["a source for a queued image", {}, { status: "queued" }, { copyFrom: a }, "copyFrom"],
  ["a source that an active image never had", {}, {}, { copyFrom: a }, "copyFrom"],
  ["the same file under another path", file, {}, { ...file, localFile: "b.raw" }, "localFile"],
  ["an import that is not finished", { copyFrom: a }, { status: "importing" }, { copyFrom: a }, "status"],
  [
    "another source for an image that is still empty",
    { copyFrom: a },
    { status: "queued" },
    { copyFrom: b },
    "copyFrom",
  ],
  ["a value that is there already, now declared", {}, { protected: true }, { protected: true }, "protected"],
  ["a create that was not finished", {}, { properties: { pulumi_glance_state: "creating" } }, {}, "status"],
  ["an unknown name", {}, {}, { name: unknown }, "name"],
  ["unknown properties", {}, {}, { properties: unknown }, "properties"],
  ["an unknown tag", { tags: ["a"] }, { tags: ["a"] }, { tags: ["a", unknown] }, "tags"],
  ["an unknown first source", {}, { status: "queued" }, { copyFrom: unknown }, "copyFrom"],
])("%s changes in place", (_name, inputs, image, news, path) => {
  expect(diff(inputs, image, news)).toEqual({ changes: [path], replaces: [] });
});

test.each<[string, CheckedImageInputs, Parameters<typeof someImage>[0], Previewed<CheckedImageInputs>, string]>([
  ["another URL", { copyFrom: a }, {}, { copyFrom: b }, "copyFrom"],
  ["an unknown URL", { copyFrom: a }, {}, { copyFrom: unknown }, "copyFrom"],
  [
    "other content under the same path",
    file,
    {},
    { ...file, localFileHash: `sha256:${"b".repeat(64)}` },
    "localFileHash",
  ],
  ["another file", file, {}, { localFile: "b.raw", localFileHash: `sha256:${"b".repeat(64)}` }, "localFile"],
  ["a URL instead of a file", file, {}, { copyFrom: a }, "copyFrom"],
  ["a format once there is data", { diskFormat: "raw" }, {}, { diskFormat: "qcow2" }, "diskFormat"],
  [
    "an unknown format once there is data",
    { containerFormat: "bare" },
    {},
    { containerFormat: unknown },
    "containerFormat",
  ],
  ["another id", {}, {}, { imageId: "11111111-2222-4333-8444-555555555555" }, "imageId"],
  ["another cloud", { cloud: "a" }, {}, { cloud: "b" }, "cloud"],
  ["a region of its own", {}, {}, { region: "RegionTwo" }, "region"],
  [
    "an image that refused its bytes",
    { copyFrom: a },
    { status: "queued", checksum: "md5" },
    { copyFrom: a },
    "status",
  ],
  ["an import that was killed", { copyFrom: a }, { status: "killed" }, { copyFrom: a }, "status"],
])("%s replaces", (_name, inputs, image, news, path) => {
  expect(diff(inputs, image, news)).toEqual({ changes: [path], replaces: [path] });
});

test("a source that was dropped is remembered: another one later replaces", () => {
  const dropped = stateOf(someImage({ status: "active" }), {}, { copyFrom: a });
  expect(diffImage(id, { inputs: {}, state: dropped }, { copyFrom: b }).replaces).toEqual(["copyFrom"]);
});

const inputs: fc.Arbitrary<CheckedImageInputs> = fc.record(
  {
    name: fc.string(),
    minRam: fc.nat(),
    minDisk: fc.nat(),
    visibility: fc.constantFrom("public" as const, "private" as const, "shared" as const),
    protected: fc.boolean(),
    hidden: fc.boolean(),
    tags: fc.array(fc.string()),
    properties: fc.dictionary(fc.string(), fc.string()),
  },
  { requiredKeys: [] },
);

function imageWith(declared: CheckedImageInputs) {
  const { properties, tags, ...rest } = declared;
  return someImage({
    id,
    status: "active",
    ...(rest as object),
    tags: [...new Set(tags)],
    properties: { ...properties, other: "x" },
  });
}

test("an image made from inputs does not differ from them, before and after a refresh", () => {
  fc.assert(
    fc.property(inputs, (declared) => {
      const image = imageWith(declared);
      const made = { inputs: declared, state: stateOf(image, declared, declared) };
      expect(diffImage(id, made, declared).changes).toEqual([]);
      const read = inputsAsRead(image, made, v2Capabilities);
      expect(diffImage(id, { inputs: read, state: stateOf(image, read, made.state) }, declared).changes).toEqual([]);
    }),
  );
});

test("what an API does not show is read as it was declared", () => {
  const declared = { name: "a", tags: ["x"], protected: true };
  const made = { inputs: declared, state: stateOf(imageWith(declared), declared, declared) };
  const seen = someImage({ id, name: "b", status: "active" });
  expect(inputsAsRead(seen, made, v1Capabilities)).toEqual({ name: "b", tags: ["x"], protected: false });
  expect(inputsAsRead(seen, made, computeCapabilities)).toEqual(declared);
});

test("what another API declared is taken back as far as this one can", () => {
  const old = { tags: ["x"], hidden: true, minDisk: 1, members: ["p"], properties: { Foo: "1", bar: "2" } };
  const place = { directory: "/", connect: () => Promise.reject(new Error("nobody asks the cloud")) };
  expect(specOf({}, old, place, v1Capabilities)).toEqual({
    fields: { minDisk: 0 },
    properties: { bar: null },
    members: { without: ["p"] },
  });
  expect(specOf({}, old, place, allianceCapabilities)).toEqual({ fields: { minDisk: 0 }, properties: {} });
});

test("every declared attribute that differs or is newly declared is found, and no other", () => {
  fc.assert(
    fc.property(inputs, inputs, (before, after) => {
      const { changes } = diffImage(id, { inputs: before, state: stateOf(imageWith(before), before, {}) }, after);
      const same = imageWith(before);
      const changed = (name: "minRam" | "name", value: unknown) => before[name] === undefined || after[name] !== value;
      if (after.minRam !== undefined) expect(changes.includes("minRam")).toBe(changed("minRam", same.minRam));
      if (after.name !== undefined) expect(changes.includes("name")).toBe(changed("name", same.name));
      const sameTags = isDeepStrictEqual(new Set(after.tags), new Set(same.tags));
      if (after.tags) expect(changes.includes("tags")).toBe(before.tags === undefined || !sameTags);
    }),
  );
});
