import fc from "fast-check";
import { samePart } from "../../../../../provider/glance/definitions";
import type { Namespace, NamespaceChanges } from "../../../../../provider/glance/namespaces";
import { planUpdate } from "../../../../../provider/glance/v2/namespaces/plan";
import { useCloud } from "../cloud";
import { Catalog } from "./catalog";

const cloud = useCloud();

async function namespaces(catalog = new Catalog()) {
  const { api, server } = await cloud(catalog.answer);
  if (!api.namespaces) throw new Error("the Image API v2 has namespaces");
  return { namespaces: api.namespaces, server, catalog };
}

const bus = { title: "Bus", type: "string", enum: ["i2c"] };
const everything = {
  namespace: "Acme::Sensors",
  displayName: "Sensors",
  description: "What senses",
  visibility: "public",
  protected: false,
  owner: "p1",
  objects: [{ name: "lens", description: "Glass", required: ["bus"], properties: { bus } }],
  properties: { bus },
  tags: ["edge"],
  resourceTypeAssociations: [{ name: "OS::Glance::Image", prefix: "hw_", propertiesTarget: "image" }],
} as const;

test("a namespace is made with everything in it by one request, and read as it was made", async () => {
  const { namespaces: api, server } = await namespaces();
  await api.create(everything);
  expect(server.calls).toEqual(["POST /v2/metadefs/namespaces"]);
  expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
    namespace: "Acme::Sensors",
    display_name: "Sensors",
    description: "What senses",
    visibility: "public",
    protected: false,
    owner: "p1",
    objects: [{ name: "lens", description: "Glass", required: ["bus"], properties: { bus } }],
    properties: { bus },
    tags: [{ name: "edge" }],
    resource_type_associations: [{ name: "OS::Glance::Image", prefix: "hw_", properties_target: "image" }],
  });
  const times = { createdAt: "2026-01-31T12:00:00Z", updatedAt: "2026-01-31T12:00:00Z" };
  expect(await api.get("Acme::Sensors")).toMatchObject({ ...everything, ...times });
  expect(server.calls[1]).toBe("GET /v2/metadefs/namespaces/Acme%3A%3ASensors");
});

test("what a namespace leaves out is empty", async () => {
  const { namespaces: api } = await namespaces();
  await api.create({ namespace: "bare" });
  expect(await api.get("bare")).toMatchObject({
    displayName: null,
    description: null,
    visibility: "private",
    protected: false,
    objects: [],
    properties: {},
    tags: [],
    resourceTypeAssociations: [],
  });
});

test("the name inside of a definition and values of null are no part of it", async () => {
  const { namespaces: api, catalog } = await namespaces();
  await api.create({ namespace: "n" });
  Object.assign(catalog.namespaces.get("n") ?? {}, { properties: { bus: { name: "bus", default: null, ...bus } } });
  expect((await api.get("n"))?.properties.bus).toEqual(bus);
});

test.each(["Acme::Sensors", "My own"])("%s is gone when the catalog says so", async (name) => {
  const { namespaces: api } = await namespaces();
  expect(await api.get(name)).toBeUndefined();
  expect(await api.delete(name)).toBe(false);
});

test("a 404 in other words proves nothing", async () => {
  const { api } = await cloud(() => ({ status: 404, body: { message: "not here", code: "404 Not Found" } }));
  await expect(api.namespaces?.get("n")).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  await expect(api.namespaces?.delete("n")).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("a refusal tells which namespace and why", async () => {
  const { namespaces: api } = await namespaces();
  await api.create({ namespace: "n", protected: true });
  await expect(api.delete("n")).rejects.toMatchObject({
    status: 403,
    message: expect.stringMatching(/deleting the namespace n failed: .*is protected/),
  });
});

describe("update", () => {
  test("of nothing costs no request", async () => {
    const { namespaces: api, server } = await namespaces();
    const made = await api.create(everything);
    expect(await api.update(made, { ...everything, tags: ["edge", "edge"] })).toBe(made);
    expect(server.calls).toHaveLength(1);
  });

  test("of one field repeats the others, which the catalog would reset", async () => {
    const { namespaces: api, server } = await namespaces();
    const made = await api.create(everything);
    const updated = await api.update(made, { displayName: null });
    expect(updated).toEqual({ ...made, displayName: null });
    expect(server.calls.slice(1)).toEqual([
      "PUT /v2/metadefs/namespaces/Acme%3A%3ASensors",
      "GET /v2/metadefs/namespaces/Acme%3A%3ASensors",
    ]);
  });

  test("takes protection away before it removes, and puts it on after", async () => {
    const { namespaces: api } = await namespaces();
    const open = await api.create(everything);
    const closed = await api.update(open, { objects: [], protected: true });
    expect(closed).toMatchObject({ objects: [], protected: true });
    expect(await api.update(closed, { tags: [], protected: false })).toMatchObject({ tags: [], protected: false });
  });

  test("does not mind that somebody else removed the same", async () => {
    const { namespaces: api, catalog } = await namespaces();
    const made = await api.create(everything);
    Object.assign(catalog.namespaces.get("Acme::Sensors") ?? {}, { objects: [] });
    expect((await api.update(made, { objects: [] })).objects).toEqual([]);
  });

  test("of a namespace that is gone fails", async () => {
    const { namespaces: api, catalog } = await namespaces();
    const made = await api.create(everything);
    catalog.namespaces.clear();
    await expect(api.update(made, { tags: ["x"] })).rejects.toMatchObject({ status: 404 });
  });
});

const text = fc.constantFrom("a", "b", "c c", "d:d");
const definition = fc.record(
  { title: text, type: fc.constantFrom("string", "integer"), enum: fc.array(text), minimum: fc.nat(9) },
  { requiredKeys: ["title", "type"] },
);
const byName = <T extends { name: string }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { maxLength: 4, selector: ({ name }) => name });
const parts = fc.record({
  objects: byName(
    fc.record(
      { name: text, description: text, required: fc.array(text), properties: fc.dictionary(text, definition) },
      { requiredKeys: ["name"] },
    ),
  ),
  properties: fc.dictionary(text, definition),
  tags: fc.array(text),
  resourceTypeAssociations: byName(
    fc.record({ name: text, prefix: text, propertiesTarget: text }, { requiredKeys: ["name"] }),
  ),
});
const fields = fc.record({
  displayName: fc.option(text),
  description: fc.option(text),
  visibility: fc.constantFrom("public" as const, "private" as const),
  owner: text,
});

test("whatever there was, an update makes it what it shall be, and then nothing differs", async () => {
  const { namespaces: api, catalog } = await namespaces();
  await fc.assert(
    fc.asyncProperty(parts, fields, parts, fields, async (oldParts, oldFields, newParts, newFields) => {
      catalog.namespaces.clear();
      const made = await api.create({ namespace: "n", ...oldFields, ...oldParts });
      const changes: NamespaceChanges = { ...newFields, ...newParts };
      const updated: Namespace = await api.update(made, changes);
      expect(updated).toMatchObject(newFields);
      for (const part of ["objects", "properties", "tags", "resourceTypeAssociations"] as const) {
        expect([part, samePart(part, updated[part] as never, newParts[part] as never)]).toEqual([part, true]);
      }
      expect(planUpdate(updated, changes)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
