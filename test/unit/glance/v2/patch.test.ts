import fc from "fast-check";
import type { GlanceImage, ImageChanges } from "../../../../provider/glance/api";
import { decodeImage } from "../../../../provider/glance/v2/codec";
import { diffToPatch, type PatchOperation } from "../../../../provider/glance/v2/patch";
import { changes, image, toWire, wireWith } from "../fixtures";

const current = decodeImage(wireWith({ kept: "1", gone: "2", empty: "" }), "image");

/** RFC 6902 on one flat object, as strict as Glance: no `replace` or `remove` of what is not there. */
function apply(document: Record<string, unknown>, patch: readonly PatchOperation[]): Map<string, unknown> {
  const members = new Map(Object.entries(document));
  for (const operation of patch) {
    const name = operation.path.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
    expect(operation.path).toMatch(/^\/[^/]*$/);
    if (operation.op !== "add") expect(members.has(name)).toBe(true);
    if (operation.op === "remove") members.delete(name);
    else members.set(name, operation.value);
  }
  return members;
}

function desired(from: GlanceImage, { properties = {}, tags, ...fields }: ImageChanges): GlanceImage {
  const kept = Object.entries(from.properties).filter(([name]) => !Object.hasOwn(properties, name));
  const set = Object.entries(properties).filter((entry): entry is [string, string] => entry[1] !== null);
  const unknown = Object.entries(from.unknown).filter(([name]) => !set.some(([other]) => other === name));
  return {
    ...from,
    ...fields,
    tags: tags ? [...new Set(tags)] : from.tags,
    properties: Object.fromEntries([...kept, ...set]),
    unknown: Object.fromEntries(unknown),
  };
}

/** What an image is, apart from the order of keys and tags. */
function essence(document: Map<string, unknown>): unknown {
  const entries = [...document].map(([name, value]) => [
    name,
    name === "tags" ? [...(value as string[])].sort() : value,
  ]);
  return new Map(entries as [string, unknown][]);
}

test("leads from the image to the one that was asked for", () => {
  fc.assert(
    fc.property(image, changes, (from, wanted) => {
      const result = apply(toWire(from), diffToPatch(from, wanted));
      expect(essence(result)).toEqual(essence(new Map(Object.entries(toWire(desired(from, wanted))))));
    }),
  );
});

test("has no operation that could be left out", () => {
  fc.assert(
    fc.property(image, changes, (from, wanted) => {
      const patch = diffToPatch(from, wanted);
      const before = essence(new Map(Object.entries(toWire(from))));
      for (const operation of patch) expect(essence(apply(toWire(from), [operation]))).not.toEqual(before);
      expect(new Set(patch.map(({ path }) => path)).size).toBe(patch.length);
    }),
  );
});

test("is empty for an image that is as asked for", () => {
  fc.assert(
    fc.property(image, changes, (from, wanted) => expect(diffToPatch(desired(from, wanted), wanted)).toEqual([])),
  );
});

test("does not depend on the order in which the changes are given", () => {
  fc.assert(
    fc.property(image, changes, (from, wanted) => {
      const reversed = <T extends object>(object: T) => Object.fromEntries(Object.entries(object).reverse()) as T;
      const other = { ...reversed(wanted), ...(wanted.properties && { properties: reversed(wanted.properties) }) };
      expect(diffToPatch(from, other)).toEqual(diffToPatch(from, wanted));
    }),
  );
});

test("adds and changes properties alike, removes only those that are there, and tells empty from absent", () => {
  const properties = { kept: "1", gone: null, never: null, empty: null, fresh: "", "a/b~c": "x" };
  expect(diffToPatch(current, { properties })).toEqual([
    { op: "remove", path: "/empty" },
    { op: "remove", path: "/gone" },
    { op: "add", path: "/a~1b~0c", value: "x" },
    { op: "add", path: "/fresh", value: "" },
  ]);
});

test("takes tags for a set", () => {
  expect(diffToPatch(current, { tags: ["x86", "edge", "x86"] })).toEqual([]);
  expect(diffToPatch(current, { tags: ["x86"] })).toEqual([{ op: "replace", path: "/tags", value: ["x86"] }]);
  expect(diffToPatch(current, { tags: [] })).toEqual([{ op: "replace", path: "/tags", value: [] }]);
});

test("never adds an owner and never repeats a format", () => {
  expect(diffToPatch(current, { owner: "p1", diskFormat: "qcow2", containerFormat: "bare" })).toEqual([]);
  expect(diffToPatch(current, { owner: "p2" })).toEqual([{ op: "replace", path: "/owner", value: "p2" }]);
});

test.each(["owner", "stores", "status", "os_glance_import_task"])("refuses a property named %s", (name) => {
  for (const value of ["x", null]) {
    expect(() => diffToPatch(current, { properties: { [name]: value } })).toThrow(`"${name}" cannot be set`);
  }
});
