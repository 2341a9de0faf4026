import fc from "fast-check";
import { encodeProperties, imageIn } from "../../../../provider/glance/v1/headers";
import { platform9PropertyFault, propertyFault } from "../../../../provider/glance/v1/names";

/** What the service makes of a header's name (glance/common/utils.py). */
const stored = (header: string) => header.toLowerCase().slice("x-image-meta-property-".length).replaceAll("-", "_");

test("a name without a fault is stored as it is", () => {
  const name = fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((text) => propertyFault(text) === undefined);
  fc.assert(
    fc.property(name, (text) => {
      const [header = ""] = Object.keys(encodeProperties({ [text]: "x" }));
      expect(header).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/);
      expect(stored(header)).toBe(text);
    }),
  );
});

test.each(["HW_Model", "hw-model", "a b", "trait:CUSTOM_X", "grün", "", "a/b", "a\nb"])(
  "%j cannot be stored",
  (name) => {
    expect(propertyFault(name)).toContain("HTTP headers");
  },
);

test("the name that would do is told", () => {
  expect(propertyFault("HW-Model")).toContain('"hw_model" would do');
  expect(propertyFault("trait:X")).not.toContain("would do");
});

test("names with underscores are sent with hyphens, which every proxy lets through", () => {
  expect(encodeProperties({ hw_disk_bus: "virtio" })).toEqual({ "x-image-meta-property-hw-disk-bus": "virtio" });
});

test("what Platform9 writes itself cannot be declared there", () => {
  expect(platform9PropertyFault("pf9_path")).toContain("Platform9");
  expect(platform9PropertyFault("os_distro")).toBeUndefined();
  expect(platform9PropertyFault("OS")).toBe(propertyFault("OS"));
  expect(propertyFault("pf9_path")).toBeUndefined();
});

test("names of foreign properties are keys like any other", () => {
  const { properties } = imageIn({ "x-image-meta-property-__proto__": "a", "x-image-meta-property-constructor": "b" });
  expect(Object.entries(properties as object)).toEqual([
    ["__proto__", "a"],
    ["constructor", "b"],
  ]);
});
