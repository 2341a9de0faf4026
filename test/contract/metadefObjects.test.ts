import { bodyOf, definitions, type Fields, path, times, violates } from "./metadefs";
import { refused, serverError } from "./refusals";
import { contract, unique } from "./suite";

contract("metadata definitions: objects", (server) => {
  const { admin } = server;
  const { create } = definitions(server);
  const property = { title: "Size", type: "integer" };
  const shown = (namespace: string, name: string) => ({
    name,
    ...times,
    self: `/v2/metadefs/namespaces/${namespace}/objects/${name}`,
    schema: "/v2/schemas/metadefs/object",
  });
  const add = (namespace: string, fields: Fields) => admin.post(path(namespace, "objects"), fields);
  const change = (namespace: string, name: string, fields: Fields) =>
    admin.put(path(namespace, "objects", name), fields);
  const show = async (namespace: string, name: string) => bodyOf(await admin.get(path(namespace, "objects", name)));

  it("answer a creation with what was sent, and show defaults", async () => {
    const namespace = await create();
    const fields = { description: "d", required: ["size"], properties: { size: { ...property, default: "5" } } };
    const full = await add(namespace, { name: "full", ...fields });
    expect(full.status).toBe(201);
    expect(full.body).toEqual({ ...shown(namespace, "full"), ...fields });
    expect(await show(namespace, "full")).toEqual(full.body);
    expect((await add(namespace, { name: "bare" })).body).toEqual(shown(namespace, "bare"));
    expect(await show(namespace, "bare")).toEqual({ ...shown(namespace, "bare"), required: [], properties: {} });
  });

  it("split required names at commas", async () => {
    const namespace = await create();
    expect((await add(namespace, { name: "o", required: ["a,b"] })).body).toMatchObject({ required: ["a,b"] });
    expect(await show(namespace, "o")).toMatchObject({ required: ["a", "b"] });
  });

  it("are listed all at once, whatever page is asked for", async () => {
    const namespace = await create({ objects: [{ name: "a" }, { name: "b" }] });
    const list = async (query: Record<string, string>) => {
      const { objects, schema } = bodyOf(await admin.get(path(namespace, "objects"), query));
      expect(schema).toBe("v2/schemas/metadefs/objects");
      return (objects as Fields[]).map(({ name }) => name).sort();
    };
    expect(await list({})).toEqual(["a", "b"]);
    expect(await list({ limit: "1", marker: "a", sort_key: "bogus" })).toEqual(["a", "b"]);
  });

  it.each([
    ["limit=0", "limit param must be positive"],
    ["limit=x", "limit param must be an integer"],
    ["sort_dir=x", "Invalid sort direction: x"],
    ["visibility=x", "Invalid visibility value: x"],
  ])("are not listed with %s", async (query, reason) => {
    const namespace = await create();
    const answer = await admin.send("GET", path(namespace, "objects"), { query });
    expect(answer).toMatchObject(refused(400, reason));
  });

  it("lose by an update what it does not name", async () => {
    const namespace = await create();
    await add(namespace, { name: "o", description: "d", required: ["size"], properties: { size: property } });
    expect((await change(namespace, "o", { name: "o" })).body).toEqual(shown(namespace, "o"));
    expect(await show(namespace, "o")).toEqual({ ...shown(namespace, "o"), required: [], properties: {} });
  });

  it("can be renamed, but not to a name that is taken", async () => {
    const namespace = await create({ objects: [{ name: "a" }, { name: "b" }] });
    const renamed = await change(namespace, "a", { name: "c", properties: { size: property } });
    expect(renamed.body).toEqual({ ...shown(namespace, "c"), properties: { size: property } });
    expect((await admin.get(path(namespace, "objects", "a"))).status).toBe(404);
    expect(await change(namespace, "c", { name: "b" })).toMatchObject(serverError);
    expect(await show(namespace, "c")).toMatchObject({ properties: { size: property } });
  });

  it("answer 409 to a name that is taken, elsewhere free", async () => {
    const [namespace, other] = [await create({ objects: [{ name: "o" }] }), await create()];
    const reason = `A metadata definition object with name=o already exists in namespace=${namespace}.`;
    expect(await add(namespace, { name: "o" })).toMatchObject(refused(409, reason));
    expect((await add(other, { name: "o" })).status).toBe(201);
  });

  it.each<[string, string, Fields, string]>([
    ["no name", "object", {}, "'name' is a required property"],
    ["another field", "object", { name: "o", bogus: 1 }, "Additional properties are not allowed ('bogus'"],
    ["a property without a type", "object", { name: "o", properties: { p: { title: "t" } } }, "'type' is a required"],
    [
      "a property with another field",
      "property",
      { name: "o", properties: { p: { ...property, bogus: 1 } } },
      "Additional properties are not allowed ('bogus' was unexpected)",
    ],
    [
      "a property that requires nothing",
      "property",
      { name: "o", properties: { p: { ...property, required: [] } } },
      "[] should be non-empty",
    ],
  ])("answer 400 to %s", async (_what, schema, fields, sentence) => {
    const namespace = await create();
    expect(await add(namespace, fields)).toMatchObject(violates(schema, sentence));
  });

  it("answer 500 to an update with an unknown field in a property", async () => {
    const namespace = await create({ objects: [{ name: "o" }] });
    const properties = { p: { ...property, bogus: 1 } };
    expect(await change(namespace, "o", { name: "o", properties })).toMatchObject(serverError);
  });

  it("are deleted with 204, one or all", async () => {
    const namespace = await create({ objects: [{ name: "a" }, { name: "b" }, { name: "c" }] });
    expect((await admin.delete(path(namespace, "objects", "a"))).status).toBe(204);
    const missing = refused(404, "Could not find metadata object a");
    expect(await admin.delete(path(namespace, "objects", "a"))).toMatchObject(missing);
    expect(await change(namespace, "a", { name: "a" })).toMatchObject(missing);
    expect((await admin.delete(path(namespace, "objects"))).status).toBe(204);
    expect(await admin.get(path(namespace, "objects"))).toMatchObject({ body: { objects: [] } });
  });

  it("are in no namespace that is not there", async () => {
    const namespace = unique();
    const missing = refused(404, `Metadata definition namespace=${namespace} was not found.`);
    expect(await admin.get(path(namespace, "objects"))).toMatchObject(missing);
    expect(await admin.get(path(namespace, "objects", "o"))).toMatchObject(missing);
    expect(await add(namespace, { name: "o" })).toMatchObject(missing);
    const plain = refused(404, `Namespace ${namespace} not found`);
    expect(await admin.delete(path(namespace, "objects"))).toMatchObject(plain);
  });
});
