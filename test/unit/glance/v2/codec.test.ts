import fc from "fast-check";
import { decodeImage, decodeTasks, encodeNewImage } from "../../../../provider/glance/v2/codec";
import { changes, image, properties, propertyName, toWire, wireImage, wireWith } from "../fixtures";

const decode = (body: unknown) => decodeImage(JSON.parse(JSON.stringify(body)), "image");

describe("an image as Glance shows it", () => {
  test("is split into attributes, properties and the state of its import", () => {
    const read = decode(
      wireWith({
        hw_disk_bus: "virtio",
        os_glance_import_task: "task-1",
        os_glance_importing_to_stores: "a, b",
        os_glance_failed_import: "",
        os_glance_something_later: "hidden",
      }),
    );
    expect({ ...read, properties: { ...read.properties } }).toMatchObject({
      id: wireImage.id,
      diskFormat: "qcow2",
      minDisk: 2,
      size: 11,
      virtualSize: null,
      osHashAlgo: "sha512",
      stores: ["fast", "cheap"],
      directUrl: "file:///data/b2173dd3",
      properties: { hw_disk_bus: "virtio" },
      import: { task: "task-1", importingTo: ["a", "b"], failedStores: [] },
      unknown: {},
    });
    expect(Object.keys(read.properties)).toEqual(["hw_disk_bus"]);
  });

  test("of an old single-store server lacks some attributes", () => {
    const { os_hidden, stores, direct_url, os_hash_algo, os_hash_value, virtual_size, ...old } = wireImage;
    expect(decode(old)).toMatchObject({
      hidden: false,
      stores: [],
      directUrl: undefined,
      osHashAlgo: null,
      virtualSize: null,
      import: { task: undefined, importingTo: [], failedStores: [] },
    });
  });

  test("keeps what a newer server adds", () => {
    const read = decode(wireWith({ os_sealed: true, os_parts: [{ size: 1 }], os_later: "text", kernel_id: null }));
    expect({ ...read.unknown }).toEqual({ os_sealed: true, os_parts: [{ size: 1 }], kernel_id: null });
    expect({ ...read.properties }).toEqual({ os_later: "text" });
  });

  test("may have properties named like parts of JavaScript", () => {
    const body = JSON.stringify(wireImage).replace("{", '{"__proto__":"a","constructor":"b","toString":"c",');
    const { properties } = decodeImage(JSON.parse(body), "image");
    expect(Object.entries(properties)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
      ["toString", "c"],
    ]);
    expect(decode(wireImage).properties.constructor).toBeUndefined();
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test.each([
    ["image.id", { id: 5 }],
    ["image.status", { status: null }],
    ["image.protected", { protected: "perhaps" }],
    ["image.min_disk", { min_disk: 1.5 }],
    ["image.size", { size: "eleven" }],
    ["image.tags", { tags: "edge" }],
    ["image.tags[1]", { tags: ["edge", 7] }],
    ["image.created_at", { created_at: "yesterday" }],
    ["image.stores", { stores: ["fast"] }],
  ])("with a bad %s is BAD_RESPONSE", (field, bad) => {
    expect(() => decode(wireWith(bad))).toThrow(
      expect.objectContaining({ code: "BAD_RESPONSE", message: expect.stringContaining(`${field} is `) }),
    );
  });

  test.each([
    ["a list", []],
    ["null", null],
    ["the string", "gone"],
  ])("is not %s", (name, body) => {
    expect(() => decode(body)).toThrow(`image is ${name}`);
  });

  test("reads back as it was written", () => {
    fc.assert(fc.property(image, (original) => expect(decode(toWire(original))).toEqual(original)));
  });
});

describe("a new image", () => {
  test("is written with Glance's names, and only what was given", () => {
    const body = encodeNewImage({
      id: "i",
      name: "n",
      hidden: true,
      minRam: 0,
      tags: ["b", "a", "b"],
      properties: { hw_disk_bus: "" },
    });
    expect(JSON.parse(JSON.stringify(body))).toEqual({
      id: "i",
      name: "n",
      os_hidden: true,
      min_ram: 0,
      tags: ["a", "b"],
      hw_disk_bus: "",
    });
  });

  test.each(["id", "status", "owner", "visibility", "stores", "locations", "os_glance_x", "os_hash_value", "deleted"])(
    "cannot have a property %s, which would overwrite an attribute",
    (name) => {
      expect(() => encodeNewImage({ properties: { [name]: "x" } })).toThrow(
        expect.objectContaining({ code: "UNSUPPORTED", message: expect.stringContaining(`"${name}"`) }),
      );
    },
  );

  test("comes back as it was asked for", () => {
    const given = fc.record({ id: fc.uuid(), fields: changes, properties });
    fc.assert(
      fc.property(given, ({ id, fields, properties }) => {
        const { tags, ...rest } = fields;
        const read = decode(wireWith(encodeNewImage({ ...rest, ...(tags && { tags }), id, properties })));
        expect(read).toMatchObject({ id, ...rest, properties });
        expect(Object.keys(read.properties).sort()).toEqual(Object.keys(properties).sort());
        if (tags) expect(new Set(read.tags)).toEqual(new Set(tags));
      }),
    );
  });

  test("has every property in its body, whatever the name", () => {
    fc.assert(
      fc.property(propertyName, fc.string(), (name, value) => {
        const body = JSON.parse(JSON.stringify(encodeNewImage({ properties: Object.fromEntries([[name, value]]) })));
        expect(Object.entries(body)).toEqual([[name, value]]);
      }),
    );
  });
});

describe("tasks", () => {
  const task = { id: "t", type: "api_image_import", status: "processing", message: null, request_id: null };

  test("come newest first, their times in UTC", () => {
    const times = ["2026-01-31T12:00:00", "2026-01-31T12:00:00.700002", "2026-01-31T12:00:00.700001"];
    const tasks = decodeTasks({ tasks: times.map((created_at) => ({ ...task, created_at })) }, "answer");
    expect(tasks.map(({ createdAt }) => createdAt)).toEqual([
      "2026-01-31T12:00:00.700002Z",
      "2026-01-31T12:00:00.700001Z",
      "2026-01-31T12:00:00Z",
    ]);
    expect(tasks[0]).toMatchObject({ message: "", requestId: undefined });
  });

  test("of another shape are BAD_RESPONSE", () => {
    expect(() => decodeTasks({ tasks: [task] }, "answer")).toThrow("answer.tasks[0].created_at is missing");
    expect(() => decodeTasks([], "answer")).toThrow("answer is a list");
  });
});
