import fc from "fast-check";
import { metadefNamespace } from "../../../provider/resources/metadefNamespace/resource";
import type { MetadefNamespaceInputs } from "../../../provider/resources/metadefNamespace/types";
import { UnfinishedResource } from "../../../provider/resources/resource";
import { unknown } from "../../../provider/resources/unknown";
import type { Seen } from "../glance/server";
import { Catalog } from "../glance/v2/namespaces/catalog";
import { useContext } from "./context";

const cloud = useContext();
const bus = { title: "Bus", type: "string" } as const;
const inputs: MetadefNamespaceInputs = {
  namespace: "Acme::Sensors",
  visibility: "public",
  objects: [{ name: "lens", properties: { bus } }, { name: "case" }],
  properties: { bus },
  tags: ["edge", "cloud"],
  resourceTypeAssociations: [{ name: "OS::Glance::Image", prefix: "hw_" }],
};
const id = "Acme::Sensors";

describe("check", () => {
  const check = async (news: Record<string, unknown>) => {
    const { context } = await cloud(() => ({}));
    return metadefNamespace.check(news, context);
  };
  const long = "x".repeat(81);

  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ["no namespace", { namespace: undefined }, "namespace", /must be declared/],
    ["a name that Glance cannot find again", { namespace: "a/b" }, "namespace", /slash/],
    ["a name too long", { namespace: long }, "namespace", /at most 80/],
    ["a description too long", { description: "x".repeat(501) }, "description", /at most 500/],
    ["a visibility of images", { visibility: "shared" }, "visibility", /public, private/],
    ["a property without a title", { properties: { a: { type: "string" } } }, 'properties["a"]["title"]', /string/],
    ["an unknown type", { properties: { a: { ...bus, type: "text" } } }, 'properties["a"]["type"]', /integer/],
    [
      "a default that is lost",
      { properties: { a: { ...bus, default: true } } },
      'properties["a"]["default"]',
      /"true"/,
    ],
    [
      "values that Glance chokes on",
      { properties: { a: { ...bus, enum: [1] } } },
      'properties["a"]["enum"][0]',
      /string/,
    ],
    ["a fraction that is cut", { properties: { a: { ...bus, minimum: 1.5 } } }, 'properties["a"]["minimum"]', /whole/],
    [
      "a word of another schema",
      { properties: { a: { ...bus, format: "x" } } },
      'properties["a"]',
      /format is nothing/,
    ],
    ["elements of no type", { properties: { a: { ...bus, items: {} } } }, 'properties["a"]["items"]["type"]', /one of/],
    ["a property's name too long", { properties: { [long]: bus } }, `properties["${long}"]`, /at most 80/],
    [
      "an object's property without a type",
      { objects: [{ name: "a", properties: { b: { title: "B" } } }] },
      'objects[0]["properties"]["b"]["type"]',
      /one of/,
    ],
    ["two objects of a name", { objects: [{ name: "a" }, { name: "a" }] }, "objects[1]", /in the list before/],
    [
      "a resource type twice",
      { resourceTypeAssociations: [{ name: "a" }, { name: "a" }] },
      "resourceTypeAssociations[1]",
      /before/,
    ],
    ["tags that are no list", { tags: "a" }, "tags", /list of strings/],
    ["an input misspelled", { display_name: "a" }, "display_name", /did you mean displayName/],
    ["an API without a catalog of definitions", { api: "v1" }, "", /has no metadata definitions/],
  ])("%s is a failure at its path", async (_name, over, property, reason) => {
    const { context } = await cloud(() => ({}));
    const named = { ...context, capabilities: () => ({ title: "the Image API v1", sharedAs: "private" }) as never };
    const { failures } = await metadefNamespace.check({ namespace: id, ...over }, "api" in over ? named : context);
    expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  test("good inputs pass as they are", async () => {
    expect(await check({ ...inputs })).toEqual({ inputs, failures: [] });
  });

  test("what a preview does not know passes at any depth, and the known rest is still checked", async () => {
    const { failures } = await check({
      namespace: unknown,
      tags: [unknown],
      properties: {
        a: { title: unknown, type: "string", minLength: unknown },
        b: unknown,
        c: { ...bus, maximum: "9" },
      },
      objects: [{ name: unknown, required: unknown }, unknown],
    });
    expect(failures).toEqual([{ property: 'properties["c"]["maximum"]', reason: expect.stringMatching(/whole/) }]);
  });
});

test("a namespace is made, read, changed and deleted with everything in it", async () => {
  const catalog = new Catalog();
  const { context } = await cloud(catalog.answer);
  const made = await metadefNamespace.create(inputs, {}, context);
  expect(made).toEqual({
    id,
    state: {
      ...inputs,
      protected: false,
      owner: "caller",
      createdAt: "2026-01-31T12:00:00Z",
      updatedAt: "2026-01-31T12:00:00Z",
    },
  });
  const old = { inputs, state: made.state };
  expect(await metadefNamespace.read(id, old, context)).toEqual(old);
  const { tags: _tags, ...fewer } = { ...inputs, description: "What senses", objects: [{ name: "case" }] };
  const state = await metadefNamespace.update(id, old, fewer, context);
  expect(state).toMatchObject({ description: "What senses", objects: [{ name: "case" }], tags: [] });
  await metadefNamespace.delete(id, state, context);
  expect(await metadefNamespace.read(id, old, context)).toBeUndefined();
  await metadefNamespace.delete(id, state, context);
});

test("an import declares what is no default", async () => {
  const catalog = new Catalog();
  const { context } = await cloud(catalog.answer);
  await metadefNamespace.create({ namespace: id, tags: ["b", "a"] }, {}, context);
  const found = await metadefNamespace.read(id, { state: { cloud: "hub" } }, context);
  expect(found?.inputs).toEqual({ namespace: id, cloud: "hub", owner: "caller", tags: ["a", "b"] });
});

test("a namespace that exists already is not taken over", async () => {
  const { context } = await cloud(new Catalog().answer);
  await metadefNamespace.create({ namespace: id }, {}, context);
  await expect(metadefNamespace.create(inputs, {}, context)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("exists already"),
  });
});

describe("a failure half way", () => {
  test("of a create is kept by the state, which sees what is missing", async () => {
    const catalog = new Catalog();
    const { context } = await cloud((request: Seen) => {
      if (request.method !== "POST") return catalog.answer(request);
      catalog.answer({ ...request, body: JSON.stringify({ namespace: id, tags: [{ name: "edge" }] }) });
      return { status: 500, body: "out of order" };
    });
    const error = await metadefNamespace.create(inputs, {}, context).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnfinishedResource);
    const { id: kept, state, message } = error as UnfinishedResource<never>;
    expect([kept, message]).toEqual([id, expect.stringContaining("creating the namespace Acme::Sensors failed")]);
    const { changes } = metadefNamespace.diff(id, { inputs, state }, inputs);
    expect(changes).toEqual(["visibility", "objects", "properties", "tags", "resourceTypeAssociations"]);
  });

  test("of a create that left nothing is only told", async () => {
    const { context } = await cloud((request: Seen) =>
      request.method === "POST" ? { status: 500, body: "out of order" } : new Catalog().answer(request),
    );
    await expect(metadefNamespace.create(inputs, {}, context)).rejects.toMatchObject({ status: 500 });
  });

  test("of a create that somebody else was quicker with leaves theirs alone", async () => {
    const catalog = new Catalog();
    const { context } = await cloud((request: Seen) => {
      if (request.method !== "POST") return catalog.answer(request);
      catalog.answer(request);
      return { status: 409, body: "already exists" };
    });
    await expect(metadefNamespace.create(inputs, {}, context)).rejects.toMatchObject({ status: 409 });
  });

  test("of an update is kept with what was reached", async () => {
    const catalog = new Catalog();
    let broken = false;
    const { context } = await cloud((request: Seen) =>
      broken && request.path.endsWith("/tags") ? { status: 500, body: "out of order" } : catalog.answer(request),
    );
    const { state } = await metadefNamespace.create(inputs, {}, context);
    broken = true;
    const wanted = { ...inputs, objects: [], tags: ["new"] };
    const error = await metadefNamespace.update(id, { inputs, state }, wanted, context).catch((reason) => reason);
    expect(error).toBeInstanceOf(UnfinishedResource);
    expect((error as UnfinishedResource).state).toMatchObject({ objects: [], tags: ["cloud", "edge"] });
  });
});

test("a refusal to delete what is protected says what to do", async () => {
  const { context } = await cloud(new Catalog().answer);
  const { state } = await metadefNamespace.create({ ...inputs, protected: true }, {}, context);
  await expect(metadefNamespace.delete(id, state, context)).rejects.toThrow(/is protected.*Set protected to false/);
});

test("a namespace that vanished is told instead of being made again", async () => {
  const catalog = new Catalog();
  const { context } = await cloud(catalog.answer);
  const { state } = await metadefNamespace.create(inputs, {}, context);
  catalog.namespaces.clear();
  await expect(metadefNamespace.update(id, { inputs, state }, { ...inputs, tags: [] }, context)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

describe("diff", () => {
  const known = (declared: Partial<MetadefNamespaceInputs>) => {
    const all = { namespace: id, ...declared };
    const empty = { objects: [], properties: {}, tags: [], resourceTypeAssociations: [] };
    const outputs = { createdAt: "", updatedAt: "" };
    return { inputs: all, state: { visibility: "private", protected: false, ...empty, ...all, ...outputs } as never };
  };

  test.each<[string, Partial<MetadefNamespaceInputs>, Record<string, unknown>, string[]]>([
    ["nothing", inputs, inputs as never, []],
    [
      "another order",
      inputs,
      { ...inputs, tags: ["cloud", "edge"], objects: [...(inputs.objects ?? [])].reverse() },
      [],
    ],
    [
      "what is empty, not said",
      { objects: [{ name: "a" }] },
      { objects: [{ name: "a", required: [], properties: {} }] },
      [],
    ],
    ["an object", inputs, { ...inputs, objects: [{ name: "lens" }] }, ["objects"]],
    ["a definition", inputs, { ...inputs, properties: { bus: { ...bus, default: "x" } } }, ["properties"]],
    ["what is not known yet", inputs, { ...inputs, properties: { bus: { ...bus, default: unknown } } }, ["properties"]],
    ["a part no longer declared", inputs, { ...inputs, tags: undefined }, ["tags"]],
    ["a part newly declared as it is", {}, { tags: [] }, ["tags"]],
    ["a name for people no longer declared", { displayName: "S" }, {}, ["displayName"]],
    ["an owner no longer declared", { owner: "p1" }, {}, []],
    ["protection no longer declared", { protected: true }, {}, ["protected"]],
  ])("%s", (_name, old, news, changes) => {
    expect(metadefNamespace.diff(id, known(old), { namespace: id, ...news } as never)).toEqual({
      changes,
      replaces: [],
    });
  });

  test("another name replaces", () => {
    const diff = metadefNamespace.diff(id, known({}), { namespace: "Acme::Meters" });
    expect(diff).toEqual({ changes: ["namespace"], replaces: ["namespace"] });
  });

  const name = fc.constantFrom("a", "b", "c");
  const wanted = fc.record(
    {
      tags: fc.array(name),
      objects: fc.uniqueArray(fc.record({ name, description: name }, { requiredKeys: ["name"] }), {
        selector: (one) => one.name,
      }),
      properties: fc.dictionary(name, fc.record({ title: name, type: fc.constant("string" as const) })),
    },
    { requiredKeys: [] },
  );

  test("after any update nothing differs any more", async () => {
    const { context } = await cloud(new Catalog().answer);
    let old = {
      inputs: { namespace: id } as MetadefNamespaceInputs,
      state: (await metadefNamespace.create({ namespace: id }, {}, context)).state,
    };
    await fc.assert(
      fc.asyncProperty(wanted, async (parts) => {
        const next = { namespace: id, ...parts } as MetadefNamespaceInputs;
        old = { inputs: next, state: await metadefNamespace.update(id, old, next, context) };
        expect(metadefNamespace.diff(id, old, next)).toEqual({ changes: [], replaces: [] });
        expect(await metadefNamespace.read(id, old, context)).toEqual(old);
      }),
      { numRuns: 50 },
    );
  });
});
