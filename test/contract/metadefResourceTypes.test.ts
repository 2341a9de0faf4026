import { bodyOf, definitions, type Fields, path, times, violates } from "./metadefs";
import { refused } from "./refusals";
import { contract, unique } from "./suite";

contract("metadata definitions: resource types", (server) => {
  const { admin, demo } = server;
  const { create } = definitions(server);
  const associate = (namespace: string, fields: Fields) => admin.post(path(namespace, "resource_types"), fields);
  const associations = async (namespace: string) =>
    bodyOf(await admin.get(path(namespace, "resource_types"))).resource_type_associations;

  it("are associated with a namespace, and shown with the times of that", async () => {
    const namespace = await create();
    const full = { name: unique("OS::A::B"), prefix: "hw_", properties_target: "image" };
    const bare = { name: unique("OS::A::B") };
    for (const fields of [full, bare]) {
      const answer = await associate(namespace, fields);
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({ ...fields, ...times });
    }
    const all = await associations(namespace);
    expect(all).toHaveLength(2);
    expect(all).toEqual(
      expect.arrayContaining([
        { ...full, ...times },
        { ...bare, ...times },
      ]),
    );
  });

  it("are known for ever once they were associated", async () => {
    const name = unique("OS::Type");
    const namespace = await create({ resource_type_associations: [{ name }] });
    await admin.delete(path(namespace, "resource_types", name));
    const { resource_types } = bodyOf(await demo.get("/v2/metadefs/resource_types"));
    expect(resource_types).toEqual(expect.arrayContaining([{ name, ...times }]));
  });

  it("answer 409 to an association that there is", async () => {
    const name = unique("OS::Type");
    const namespace = await create({ resource_type_associations: [{ name }] });
    const association = `resource-type=${name} to namespace=${namespace}`;
    const reason = `The metadata definition resource-type association of ${association} already exists.`;
    expect(await associate(namespace, { name })).toMatchObject(refused(409, reason));
  });

  it.each<[string, Fields, string]>([
    ["no name", {}, "'name' is a required property"],
    ["a long name", { name: "x".repeat(81) }, `'${"x".repeat(81)}' is too long`],
    ["a prefix that is no text", { name: "a", prefix: 1 }, "1 is not of type 'string'"],
    ["another field", { name: "a", bogus: 1 }, "Additional properties are not allowed ('bogus' was unexpected)"],
  ])("answer 400 to %s", async (_what, fields, sentence) => {
    const namespace = await create();
    expect(await associate(namespace, fields)).toMatchObject(violates("resource_type_association", sentence));
  });

  it("are dissociated with 204, then 404", async () => {
    const name = unique("OS::Type");
    const namespace = await create({ resource_type_associations: [{ name }] });
    const one = path(namespace, "resource_types", name);
    expect((await admin.delete(one)).status).toBe(204);
    expect(await associations(namespace)).toEqual([]);
    expect(await admin.delete(one)).toMatchObject(refused(404, `Failed to find resource type ${name} to delete`));
  });

  it("are in no namespace that is not there", async () => {
    const namespace = unique();
    const plain = refused(404, `Namespace ${namespace} not found`);
    expect(await admin.get(path(namespace, "resource_types"))).toMatchObject(plain);
    expect(await associate(namespace, { name: "a" })).toMatchObject(plain);
    expect(await admin.delete(path(namespace, "resource_types", "a"))).toMatchObject(plain);
  });
});
