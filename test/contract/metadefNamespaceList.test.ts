import { bodyOf, definitions, type Fields, root } from "./metadefs";
import { refused, serverError } from "./refusals";
import { contract, unique } from "./suite";
import type { User } from "./user";

contract("metadata definitions: lists of namespaces", (server) => {
  const { admin, demo } = server;
  const { create } = definitions(server);
  const list = async (query: Record<string, string> = {}, user: User = admin) =>
    bodyOf(await user.get(root, query)) as { namespaces: Fields[]; first: string; next?: string; schema: string };
  const names = async (query: Record<string, string>, user: User = admin) =>
    (await list(query, user)).namespaces.map(({ namespace }) => namespace);
  /** Three namespaces that a list can be narrowed to, the oldest first. */
  const three = async () => {
    const type = unique("OS::Type");
    const created: string[] = [];
    for (const display_name of ["b", "c", "a"]) {
      created.push(await create({ display_name, visibility: "public", resource_type_associations: [{ name: type }] }));
    }
    return { type, created };
  };

  it("show the newest first, with the resource types and without the rest", async () => {
    const { type, created } = await three();
    const name = await create({ tags: [{ name: "t" }], objects: [{ name: "o" }] });
    const { namespaces, first, schema } = await list({ limit: "1000" });
    // Other topics have namespaces of their own meanwhile.
    const own = namespaces.filter(({ namespace }) => [name, ...created].includes(String(namespace)));
    expect(own.map(({ namespace }) => namespace)).toEqual([name, ...created.toReversed()]);
    expect(own[1]).toMatchObject({ resource_type_associations: [{ name: type }] });
    for (const part of ["tags", "objects", "properties", "resource_type_associations"]) {
      expect(own[0]).not.toHaveProperty(part);
    }
    expect({ first, schema }).toEqual({ first: `${root}?limit=1000`, schema: "/v2/schemas/metadefs/namespaces" });
  });

  it("have pages that link to the next one", async () => {
    const { type, created } = await three();
    const query = { resource_types: type, limit: "2" };
    const page = await list(query);
    const address = `/v2/metadefs/namespaces?resource_types=${encodeURIComponent(type)}&limit=2`;
    expect(page).toMatchObject({ first: address, next: `${address}&marker=${created[1]}` });
    expect(page.namespaces.map(({ namespace }) => namespace)).toEqual([created[2], created[1]]);
    const last = bodyOf(await admin.get(page.next as string)) as typeof page;
    expect(last.namespaces.map(({ namespace }) => namespace)).toEqual([created[0]]);
    expect(last).not.toHaveProperty("next");
    expect(last.first).toBe(address);
    expect(await list({ ...query, limit: "0" })).not.toHaveProperty("next");
  });

  it("are sorted by a field in either direction, and go on after a marker", async () => {
    const { type, created } = await three();
    const [b, c, a] = created;
    const query = { resource_types: type, sort_key: "display_name" };
    expect(await names(query)).toEqual([c, b, a]);
    expect(await names({ ...query, sort_dir: "asc" })).toEqual([a, b, c]);
    expect(await names({ ...query, sort_dir: "asc", marker: b as string })).toEqual([c]);
    expect(await names({ resource_types: type, sort_dir: "asc" })).toEqual(created);
    expect(await names({ resource_types: type, sort_key: "namespace", sort_dir: "asc" })).toEqual(created.toSorted());
  });

  it("put what is missing last in ascending order", async () => {
    const type = unique("OS::Type");
    const resource_type_associations = [{ name: type }];
    const without = await create({ resource_type_associations });
    const having = await create({ resource_type_associations, display_name: "a" });
    const query = { resource_types: type, sort_key: "display_name" };
    expect(await names({ ...query, sort_dir: "asc" })).toEqual([having, without]);
    expect(await names({ ...query, sort_dir: "desc" })).toEqual([without, having]);
    expect(await names({ ...query, sort_dir: "desc", marker: without })).toEqual([]);
  });

  it("are narrowed by visibility and by any of several resource types", async () => {
    const [one, other] = [unique("OS::Type"), unique("OS::Type")];
    const secret = await create({ resource_type_associations: [{ name: one }] });
    const open = await create({ visibility: "public", resource_type_associations: [{ name: other }] });
    expect(await names({ resource_types: `${one},${other}` })).toEqual([open, secret]);
    expect(await names({ resource_types: `${one},${other}`, visibility: "public" })).toEqual([open]);
    expect(await names({ resource_types: `${one},${other}`, visibility: "private" })).toEqual([secret]);
    expect(await names({ resource_types: unique() })).toEqual([]);
  });

  it("show others what is public and what is their own", async () => {
    const type = unique("OS::Type");
    const resource_type_associations = [{ name: type }];
    const { projectId } = await demo.logIn();
    const open = await create({ visibility: "public", resource_type_associations });
    const own = await create({ owner: projectId, resource_type_associations });
    const secret = await create({ resource_type_associations });
    expect(await names({ resource_types: type }, demo)).toEqual([own, open]);
    const hidden = `Forbidding request, metadata definition namespace=${secret} is not visible.`;
    expect(await demo.get(root, { marker: secret })).toMatchObject(refused(403, hidden));
  });

  it.each([
    ["limit=-1", refused(400, "limit param must be positive")],
    ["limit=x", serverError],
    ["sort_dir=x", refused(400, "Invalid sort direction: x")],
    ["sort_key=x", serverError],
    ["visibility=shared", refused(400, "Invalid visibility value: shared")],
    ["marker=unknown", refused(404, "Metadata definition namespace=unknown was not found.")],
    ["marker=", serverError],
  ])("are refused: %s", async (query, refusal) => {
    expect(await admin.send("GET", root, { query })).toMatchObject(refusal);
  });
});
