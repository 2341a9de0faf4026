import { bodyOf, definitions, type Fields, path, root, violates } from "./metadefs";
import { notAuthorized, refused, serverError } from "./refusals";
import { contract, unique } from "./suite";

const long = "x".repeat(81);
const types = "['array', 'boolean', 'integer', 'number', 'object', 'string', None]";

contract("metadata definitions: refusals", (server) => {
  const { admin, demo } = server;
  const { create, post } = definitions(server);
  const property = (fields: Fields) => ({ properties: { p: { title: "t", type: "string", ...fields } } });

  it.each<[string, Fields, string]>([
    ["no name", { namespace: undefined }, "'namespace' is a required property"],
    ["a name that is no text", { namespace: 1 }, "1 is not of type 'string'"],
    ["a long name", { namespace: long }, `'${long}' is too long`],
    ["another field", { bogus: 1 }, "Additional properties are not allowed ('bogus' was unexpected)"],
    ["two other fields", { b: 1, a: 1 }, "Additional properties are not allowed ('a', 'b' were unexpected)"],
    ["another visibility", { visibility: "shared" }, "'shared' is not one of ['public', 'private']"],
    ["a flag that is none", { protected: "yes" }, "'yes' is not of type 'boolean'"],
    ["a field without a value", { display_name: null }, "None is not of type 'string'"],
    ["properties in a list", { properties: [] }, "[] is not of type 'object'"],
    ["a property without a type", { properties: { p: { title: "t" } } }, "'type' is a required property"],
    ["an unknown type", property({ type: "bogus" }), `'bogus' is not one of ${types}`],
    ["a length below zero", property({ maxLength: -1 }), "-1 is less than the minimum of 0"],
    ["a least length below zero", property({ minLength: -1 }), "-1 is less than the minimum of 0"],
    ["an operator that is no text", property({ operators: [1] }), "1 is not of type 'string'"],
    ["a tag that is no object", { tags: ["a"] }, "'a' is not of type 'object'"],
    ["the same name twice", { objects: [{ name: "o", required: ["a", "a"] }] }, "['a', 'a'] has non-unique elements"],
  ])("answer 400 to a namespace with %s", async (_what, fields, sentence) => {
    const answer = await admin.post(root, { namespace: unique(), ...fields });
    expect(answer).toMatchObject(violates("namespace", sentence));
  });

  it("tell of the worst violation and where it is", async () => {
    const answer = await admin.post(root, { namespace: unique(), tags: ["a"], visibility: 1, display_name: 2 });
    const message = "Provided object does not match schema 'namespace': 1 is not of type 'string'";
    const place = "Failed validating 'type' in schema['properties']['visibility']";
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(`${message}\n\n${place}`) } });
    expect(String((answer.body as Fields).message)).toContain("On instance['visibility']:\n    1<br />");
  });

  it.each(["self", "schema", "created_at", "updated_at"])("answer 403 to a namespace with %s", async (name) => {
    const refusal = refused(403, `Attribute '${name}' is read-only.`);
    expect(await admin.post(root, { namespace: unique(), [name]: "x" })).toMatchObject(refusal);
  });

  it.each<[string, Fields]>([
    ["a tag without a name", { tags: [{}] }],
    ["an object without a name", { objects: [{}] }],
    ["an object with another field", { objects: [{ name: "o", bogus: 1 }] }],
    ["a resource type without a name", { resource_type_associations: [{}] }],
    ["a property with another field", property({ bogus: 1 })],
    ["a property with a field that only its schema knows", property({ required: ["a"] })],
    ["a property whose values are no texts", property({ enum: [1] })],
    ["a property with items of no type", property({ items: {} })],
  ])("answer 500 to %s", async (_what, fields) => {
    const namespace = unique();
    expect(await post({ namespace, ...fields })).toMatchObject(serverError);
    expect((await admin.get(path(namespace))).status).toBe(404);
  });

  it("answer 500 to a list", async () => {
    expect(await admin.post(root, [])).toMatchObject(serverError);
  });

  it("keep defaults as text, whole numbers, and null for what is no text", async () => {
    const defaults = { yes: true, no: false, number: 5, half: 0.5, text: "a", list: ["a"], nothing: null };
    const properties = Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { title: "t", type: "string", default: value }]),
    );
    const name = await create({
      properties: { ...properties, limits: { title: "t", type: "number", minimum: -1.7, maximum: 3.9 } },
    });
    const shown = bodyOf(await admin.get(path(name, "properties"))).properties as Record<string, Fields>;
    const kept = Object.fromEntries(Object.keys(defaults).map((key) => [key, shown[key]?.default]));
    expect(kept).toEqual({ yes: "True", no: "False", number: "5", half: "0.5", text: "a", list: null, nothing: null });
    expect(shown.limits).toMatchObject({ minimum: -1, maximum: 3 });
  });

  it("let everybody read what is public, and only administrators write", async () => {
    const name = await create({ visibility: "public" });
    const tag = { name: "t" };
    const property = { name: "p", title: "t", type: "string" };
    const writes: [string, string, Fields | undefined, string][] = [
      ["POST", root, { namespace: unique() }, "add_metadef_namespace"],
      ["PUT", path(name), { namespace: name }, "modify_metadef_namespace"],
      ["DELETE", path(name), undefined, "delete_metadef_namespace"],
      ["POST", path(name, "tags"), { tags: [tag] }, "add_metadef_tags"],
      ["POST", path(name, "tags", "t"), undefined, "add_metadef_tag"],
      ["PUT", path(name, "tags", "t"), tag, "modify_metadef_tag"],
      ["DELETE", path(name, "tags", "t"), undefined, "delete_metadef_tag"],
      ["DELETE", path(name, "tags"), undefined, "delete_metadef_namespace"],
      ["POST", path(name, "objects"), { name: "o" }, "add_metadef_object"],
      ["PUT", path(name, "objects", "o"), { name: "o" }, "modify_metadef_object"],
      ["DELETE", path(name, "objects", "o"), undefined, "delete_metadef_object"],
      ["POST", path(name, "properties"), property, "add_metadef_property"],
      ["PUT", path(name, "properties", "p"), property, "modify_metadef_property"],
      ["DELETE", path(name, "properties", "p"), undefined, "remove_metadef_property"],
      ["POST", path(name, "resource_types"), { name: "r" }, "add_metadef_resource_type_association"],
      ["DELETE", path(name, "resource_types", "r"), undefined, "remove_metadef_resource_type_association"],
    ];
    for (const [method, url, json, action] of writes) {
      const answer = await demo.send(method, url, json === undefined ? {} : { json });
      expect(answer).toMatchObject(notAuthorized(action));
    }
    for (const part of [[], ["tags"], ["objects"], ["properties"], ["resource_types"]]) {
      expect((await server.reader.get(path(name, ...part))).status).toBe(200);
    }
  });

  it("deny others that a private namespace exists", async () => {
    const name = await create({ tags: [{ name: "t" }] });
    const plain = refused(404, `Namespace ${name} not found`);
    expect(await demo.get(path(name))).toMatchObject(refused(404, "The resource could not be found."));
    for (const part of [["tags"], ["tags", "t"], ["objects"], ["objects", "o"], ["properties"], ["resource_types"]]) {
      expect(await demo.get(path(name, ...part))).toMatchObject(plain);
    }
    expect(await demo.put(path(name), { namespace: name })).toMatchObject(plain);
    expect(await demo.delete(path(name))).toMatchObject(plain);
  });

  it.each([
    [root, "PUT", "GET, POST"],
    [path("n"), "POST", "GET, PUT, DELETE"],
    [path("n", "objects"), "PUT", "GET, POST, DELETE"],
    [path("n", "objects", "o"), "POST", "GET, PUT, DELETE"],
    [path("n", "properties"), "PUT", "GET, POST, DELETE"],
    [path("n", "properties", "p"), "POST", "GET, PUT, DELETE"],
    [path("n", "tags"), "PUT", "GET, POST, DELETE"],
    [path("n", "tags", "t"), "PATCH", "GET, POST, PUT, DELETE"],
    [path("n", "resource_types"), "PUT", "GET, POST"],
    [path("n", "resource_types", "r"), "GET", "DELETE"],
    ["/v2/metadefs/resource_types", "POST", "GET"],
    ["/v2/schemas/metadefs/tag", "POST", "GET"],
  ])("answer 405 at %s to %s and name what is allowed", async (url, method, allow) => {
    const { status, headers } = await admin.send(method, url, {});
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
  });
});
