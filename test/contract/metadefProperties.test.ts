import { bodyOf, definitions, type Fields, path, violates } from "./metadefs";
import { refused, serverError } from "./refusals";
import { contract, unique } from "./suite";

contract("metadata definitions: properties", (server) => {
  const { admin } = server;
  const { create } = definitions(server);
  const text = { title: "Text", type: "string" };
  const add = (namespace: string, fields: Fields) => admin.post(path(namespace, "properties"), fields);
  const change = (namespace: string, name: string, fields: Fields) =>
    admin.put(path(namespace, "properties", name), fields);
  const get = (namespace: string, name: string, query?: Record<string, string>) =>
    admin.get(path(namespace, "properties", name), query);
  const list = async (namespace: string) => bodyOf(await admin.get(path(namespace, "properties"))).properties;
  const missing = refused(404, "Could not find property p");

  it("are shown as they were made", async () => {
    const namespace = await create();
    const fields = {
      name: "p",
      ...text,
      description: "d",
      operators: ["<in>", "<or>"],
      enum: ["a", "b"],
      default: "a",
      readonly: true,
      minimum: 1,
      maximum: 2,
      minLength: 3,
      maxLength: 4,
      pattern: "[",
      items: { type: "string", enum: ["c"] },
      minItems: 5,
      maxItems: 6,
      uniqueItems: true,
      additionalItems: false,
    };
    const answer = await add(namespace, fields);
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body).toEqual(fields);
    expect(bodyOf(await get(namespace, "p"))).toEqual(fields);
    expect(await list(namespace)).toEqual({ p: fields });
  });

  it("have their name in a list only if it was sent with them", async () => {
    const namespace = await create({ properties: { p: text } });
    expect(await list(namespace)).toEqual({ p: text });
    expect(bodyOf(await get(namespace, "p"))).toEqual({ name: "p", ...text });
  });

  it("are found under the prefix of a resource type", async () => {
    const [type, plain, unused] = [unique("OS::Type"), unique("OS::Type"), unique("OS::Type")];
    const resource_type_associations = [{ name: type, prefix: "x_" }, { name: plain }];
    await create({ resource_type_associations: [{ name: unused }] });
    const namespace = await create({ properties: { p: text }, resource_type_associations });
    const of = (name: string, resource_type: string) => get(namespace, name, { resource_type });
    expect(bodyOf(await of("x_p", type))).toEqual({ name: "p", ...text });
    const expected = (name: string, prefix: string) =>
      refused(
        404,
        `Property ${name} does not start with the expected resource type association prefix of '${prefix}'.`,
      );
    expect(await of("p", type)).toMatchObject(expected("p", "x_"));
    expect(await of("p", plain)).toMatchObject(expected("p", "None"));
    const association = `resource-type=${unused} to namespace=${namespace}`;
    expect(await of("p", unused)).toMatchObject(
      refused(404, `The metadata definition resource-type association of ${association}, was not found.`),
    );
    expect(await of("p", "unknown")).toMatchObject(
      refused(404, "The metadata definition resource-type with name=unknown, was not found."),
    );
    expect(await get(namespace, "p", { bogus: "1" })).toMatchObject(serverError);
  });

  it("are replaced as a whole by an update, which may rename them", async () => {
    const namespace = await create({ properties: { p: { ...text, description: "d" }, q: text } });
    expect((await change(namespace, "p", { name: "r", ...text })).body).toEqual({ name: "r", ...text });
    expect(await list(namespace)).toEqual({ q: text, r: { name: "r", ...text } });
    expect(await change(namespace, "r", { name: "q", ...text })).toMatchObject(serverError);
    expect(await change(namespace, "p", { name: "p", ...text })).toMatchObject(missing);
  });

  it("answer 409 to a name that is taken", async () => {
    const namespace = await create({ properties: { p: text } });
    const reason = `A metadata definition property with name=p already exists in namespace=${namespace}.`;
    expect(await add(namespace, { name: "p", ...text })).toMatchObject(refused(409, reason));
  });

  it.each<[string, Fields, string]>([
    ["no name", text, "'name' is a required property"],
    ["no type", { name: "p", title: "t" }, "'type' is a required property"],
    ["a long name", { name: "x".repeat(81), ...text }, `'${"x".repeat(81)}' is too long`],
    ["another field", { name: "p", ...text, bogus: 1 }, "Additional properties are not allowed ('bogus'"],
    ["a flag for a number", { name: "p", ...text, maxItems: true }, "True is not of type 'integer'"],
  ])("answer 400 to %s", async (_what, fields, sentence) => {
    const namespace = await create();
    expect(await add(namespace, fields)).toMatchObject(violates("property", sentence));
  });

  it("answer 403 to times", async () => {
    const namespace = await create();
    const refusal = refused(403, "Attribute 'created_at' is read-only.");
    expect(await add(namespace, { name: "p", ...text, created_at: "x" })).toMatchObject(refusal);
  });

  it("answer 400 to a default beyond ASCII", async () => {
    const namespace = await create();
    const answer = await add(namespace, { name: "p", ...text, default: "ü" });
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining("could not be decoded") } });
  });

  it("are deleted with 204, one or all", async () => {
    const namespace = await create({ properties: { p: text, q: text } });
    expect((await admin.delete(path(namespace, "properties", "p"))).status).toBe(204);
    expect(await admin.delete(path(namespace, "properties", "p"))).toMatchObject(missing);
    expect(await list(namespace)).toEqual({ q: text });
    expect((await admin.delete(path(namespace, "properties"))).status).toBe(204);
    expect(await list(namespace)).toEqual({});
  });

  it("are in no namespace that is not there", async () => {
    const namespace = unique();
    const plain = refused(404, `Namespace ${namespace} not found`);
    expect(await admin.get(path(namespace, "properties"))).toMatchObject(plain);
    expect(await get(namespace, "p")).toMatchObject(plain);
    expect(await add(namespace, { name: "p", ...text })).toMatchObject(plain);
  });
});
