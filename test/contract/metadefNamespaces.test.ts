import { bodyOf, definitions, path, times } from "./metadefs";
import { refused, serverError } from "./refusals";
import { contract, unique } from "./suite";

contract("metadata definitions: namespaces", (server) => {
  const { admin } = server;
  const { create, note, post } = definitions(server);
  const show = async (name: string) => bodyOf(await admin.get(path(name)));
  const shown = (name: string) => ({
    namespace: name,
    ...times,
    self: `/v2/metadefs/namespaces/${name}`,
    schema: "/v2/schemas/metadefs/namespace",
  });
  const integer = { title: "Size", type: "integer" };

  it("are private, unprotected and the creator's unless told otherwise", async () => {
    const namespace = unique("a::b");
    const answer = await post({ namespace });
    const { projectId } = await admin.logIn();
    const expected = { ...shown(namespace), visibility: "private", protected: false, owner: projectId };
    expect(answer).toMatchObject({ status: 201, body: expected });
    expect(answer.body).toEqual(expected);
    expect(answer.headers.location).toBe(`${server.cloud.imageUrl}/v2/metadefs/namespaces/${namespace}`);
    expect(await show(namespace)).toEqual(expected);
  });

  it("answer a creation with what was sent and show it with its times", async () => {
    const namespace = unique();
    const fields = {
      display_name: "Display",
      description: "Text",
      visibility: "public",
      protected: false,
      owner: unique(),
    };
    const association = { name: unique("OS::Type"), prefix: "p_", properties_target: "image" };
    const properties = { size: integer };
    const full = { name: "o1", description: "d", required: ["size"], properties };
    const content = { resource_type_associations: [association], properties, tags: [{ name: "t" }] };
    const answer = await post({ namespace, ...fields, ...content, objects: [full, { name: "o2" }] });
    expect(answer.body).toEqual({ ...shown(namespace), ...fields, ...content, objects: [full, { name: "o2" }] });
    const object = (name: string) => ({
      ...times,
      self: `/v2/metadefs/namespaces/${namespace}/objects/${name}`,
      schema: "/v2/schemas/metadefs/object",
    });
    expect(await show(namespace)).toEqual({
      ...shown(namespace),
      ...fields,
      ...content,
      resource_type_associations: [{ ...association, ...times }],
      objects: expect.arrayContaining([
        { ...full, ...object("o1") },
        { name: "o2", required: [], properties: {}, ...object("o2") },
      ]),
    });
  });

  it("show only what they define", async () => {
    const namespace = unique();
    const empty = { resource_type_associations: [], properties: {}, objects: [], tags: [] };
    expect((await post({ namespace, ...empty })).body).toMatchObject(empty);
    const body = await show(namespace);
    for (const name of Object.keys(empty)) expect(body).not.toHaveProperty(name);
  });

  it("show the names of properties as a resource type has them", async () => {
    const type = unique("OS::Type");
    const name = await create({
      resource_type_associations: [{ name: type, prefix: "p_" }],
      properties: { size: integer },
      objects: [{ name: "o", required: ["size"], properties: { size: integer } }],
    });
    const of = async (resource_type: string) => bodyOf(await admin.get(path(name), { resource_type }));
    expect(await of(type)).toMatchObject({
      properties: { p_size: integer },
      objects: [{ required: ["p_size"], properties: { p_size: integer } }],
    });
    expect(await of("unknown")).toEqual(await show(name));
  });

  it("answer 400 and 500 to other parameters", async () => {
    const name = await create();
    expect(await admin.get(path(name), { visibility: "x" })).toMatchObject(refused(400, "Invalid visibility value: x"));
    expect(await admin.get(path(name), { bogus: "x" })).toMatchObject(serverError);
  });

  it("answer 409 to a name that is taken", async () => {
    const name = await create();
    const reason = `The metadata definition namespace=${name} already exists.`;
    expect(await post({ namespace: name })).toMatchObject(refused(409, reason));
  });

  it.each([
    ["tags", [{ name: "a" }, { name: "a" }], "A metadata tag with name=a already exists"],
    ["objects", [{ name: "a" }, { name: "a" }], "A metadata definition object with name=a already exists"],
    ["resource_type_associations", [{ name: "a" }, { name: "a" }], "resource-type association of resource-type=a"],
  ])("answer 409 to %s of the same name, and are not there", async (part, records, reason) => {
    const namespace = unique();
    const answer = await post({ namespace, [part]: records });
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining(reason) } });
    expect((await admin.get(path(namespace))).status).toBe(404);
  });

  it("lose by an update what it does not name, but keep what they define", async () => {
    const name = await create({ display_name: "d", description: "d", visibility: "public", owner: unique() });
    await admin.post(path(name, "tags", "t"));
    const answer = await admin.put(path(name), { namespace: name, tags: [{ name: "other" }] });
    const { projectId } = await admin.logIn();
    const expected = { ...shown(name), visibility: "private", protected: false, owner: projectId };
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(expected);
    expect(await show(name)).toEqual({ ...expected, tags: [{ name: "t" }] });
  });

  it("can be renamed with all that they define", async () => {
    const [before, after] = [await create({ tags: [{ name: "t" }] }), unique()];
    note(after);
    expect(await admin.put(path(before), { namespace: after })).toMatchObject({
      status: 200,
      body: { namespace: after, self: `/v2/metadefs/namespaces/${after}` },
    });
    expect((await admin.get(path(before))).status).toBe(404);
    expect(await show(after)).toMatchObject({ tags: [{ name: "t" }] });
  });

  it("cannot be renamed to a name that is taken", async () => {
    const [name, taken] = [await create(), await create()];
    const duplicate = `a duplicate metadata definition namespace with the same name of ${taken}`;
    const answer = await admin.put(path(name), { namespace: taken });
    expect(answer).toMatchObject(refused(409, `Invalid update. It would result in ${duplicate}`));
  });

  it("are deleted with 204 and all that they define", async () => {
    const name = await create({ tags: [{ name: "t" }], objects: [{ name: "o" }], properties: { size: integer } });
    const answer = await admin.delete(path(name));
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 204, length: 0 });
    expect(await admin.delete(path(name))).toMatchObject(refused(404, `Namespace ${name} not found`));
    const missing = refused(404, `Metadata definition namespace=${name} was not found.`);
    expect(await admin.get(path(name))).toMatchObject(missing);
    await post({ namespace: name });
    expect(await show(name)).not.toHaveProperty("tags");
  });

  it("that are protected keep all that they define", async () => {
    const type = unique("OS::Type");
    const content = { tags: [{ name: "t" }], objects: [{ name: "o" }], properties: { size: integer } };
    const name = await create({ protected: true, ...content, resource_type_associations: [{ name: type }] });
    const whole = `namespace ${name}`;
    const parts: [string[], string][] = [
      [[], whole],
      [["tags"], whole],
      [["objects"], whole],
      [["properties"], whole],
      [["tags", "t"], "tag t"],
      [["objects", "o"], "object o"],
      [["properties", "size"], "property size"],
      [["resource_types", type], `resource-type-association ${type}`],
    ];
    for (const [part, what] of parts) {
      const reason = `Metadata definition ${what} is protected and cannot be deleted.`;
      expect(await admin.delete(path(name, ...part))).toMatchObject(refused(403, reason));
    }
    expect(await show(name)).toMatchObject({ tags: content.tags, properties: content.properties });
  });
});
