import fc from "fast-check";
import { decodeImage } from "../../../../provider/glance/compute/codec";
import { propertyFault } from "../../../../provider/glance/compute/names";
import type { Answer, Seen } from "../server";
import { base, id, noImage, noResource, useCloud, wireWith } from "./cloud";

const cloud = useCloud();

/** An image with its metadata as Nova keeps them. */
class Kept {
  readonly metadata: Map<string, string>;
  exists = true;

  constructor(metadata: Record<string, string>) {
    this.metadata = new Map(Object.entries(metadata));
  }

  get wire() {
    return wireWith({ metadata: Object.fromEntries(this.metadata) });
  }

  readonly script = ({ method, path, body }: Seen): Answer => {
    if (!this.exists) return noImage;
    const [, metadata, key] = path.slice(`${base}/images/`.length).split("/");
    if (metadata === undefined) return { body: { image: this.wire } };
    if (method === "DELETE") return this.metadata.delete(decodeURIComponent(key ?? "")) ? { status: 204 } : noResource;
    for (const [name, value] of Object.entries<string>(JSON.parse(body).metadata)) this.metadata.set(name, value);
    return { body: { metadata: Object.fromEntries(this.metadata) } };
  };
}

const current = (kept: Kept) => decodeImage(kept.wire, "image");

test("properties are removed one by one and then merged at once; those of others stay", async () => {
  const kept = new Kept({ theirs: "1", same: "2", old: "3", "a key": "4" });
  const { json, server } = await cloud(kept.script);
  const properties = { same: "2", old: null, "a key": null, absent: null, fresh: "5", "trait:X": "6" };
  const image = await json.update(current(kept), { properties });
  expect(server.calls).toEqual([
    `DELETE ${base}/images/${id}/metadata/old`,
    `DELETE ${base}/images/${id}/metadata/a%20key`,
    `POST ${base}/images/${id}/metadata`,
    `GET ${base}/images/${id}`,
  ]);
  expect(JSON.parse(server.seen[2]?.body ?? "")).toEqual({ metadata: { fresh: "5", "trait:X": "6" } });
  expect(image.properties).toEqual({ theirs: "1", same: "2", fresh: "5", "trait:X": "6" });
});

test("nothing is sent where nothing differs", async () => {
  const kept = new Kept({ a: "1" });
  const { json, server } = await cloud(kept.script);
  const image = current(kept);
  expect(await json.update(image, { properties: { a: "1", b: null } })).toBe(image);
  expect(server.calls).toEqual([]);
});

test("a 404 for a property that is still there is not believed", async () => {
  const kept = new Kept({ a: "1" });
  const { json } = await cloud((seen) =>
    seen.method === "DELETE" ? { status: 404, body: "a proxy" } : kept.script(seen),
  );
  await expect(json.update(current(kept), { properties: { a: null } })).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("what Nova would show as a list is no property", async () => {
  const { json } = await cloud(new Kept({}).script);
  for (const name of ["mappings", "block_device_mapping"]) {
    await expect(json.update(current(new Kept({})), { properties: { [name]: "[]" } })).rejects.toThrow(/as a list/);
  }
});

test("a property that somebody else removed since is no failure", async () => {
  const kept = new Kept({ a: "1" });
  const before = current(kept);
  kept.metadata.clear();
  const { json } = await cloud(kept.script);
  expect((await json.update(before, { properties: { a: null } })).properties).toEqual({});
});

test("an image that is gone is told", async () => {
  const kept = new Kept({ a: "1" });
  kept.exists = false;
  const { json } = await cloud(kept.script);
  await expect(json.update(current(kept), { properties: { a: null } })).rejects.toThrow("does not exist any more");
  await expect(json.update(current(kept), { properties: { a: "2" } })).rejects.toThrow("Image not found");
});

test("anything but properties is refused by name, before anything is sent", async () => {
  const kept = new Kept({});
  const { json, server } = await cloud(kept.script);
  const change = json.update(current(kept), { name: "b", tags: [], properties: { a: "1" } });
  await expect(change).rejects.toThrow(/the Compute API changes only properties, not name, tags\..*api: v2/);
  expect(server.calls).toEqual([]);
});

test.each(["", ".", "..", "a/b", "ü", "a".repeat(256), "a\n"])(
  "the name %p is refused, even to remove it",
  async (name) => {
    const kept = new Kept({ [name]: "1" });
    const { json, server } = await cloud(kept.script);
    expect(propertyFault(name)).toBeDefined();
    await expect(json.update(current(kept), { properties: { [name]: null } })).rejects.toThrow(/cannot be set/);
    expect(server.calls).toEqual([]);
  },
);

test("every name that is accepted is one step of its path", () => {
  const name = fc.string({ unit: fc.constantFrom(..."aZ0-_:. "), minLength: 1, maxLength: 255 });
  fc.assert(
    fc.property(name, (text) => {
      fc.pre(propertyFault(text) === undefined);
      const { pathname } = new URL(`http://nova/images/1/metadata/${encodeURIComponent(text)}`);
      expect(decodeURIComponent(pathname)).toBe(`/images/1/metadata/${text}`);
    }),
  );
});
