import { bodyOf, definitions, type Fields, path, times, violates } from "./metadefs";
import { refused, serverError } from "./refusals";
import { contract, unique } from "./suite";

contract("metadata definitions: tags", (server) => {
  const { admin } = server;
  const { create } = definitions(server);
  const one = (namespace: string, name: string) => path(namespace, "tags", name);
  const addAll = (namespace: string, names: string[], headers = {}) =>
    admin.send("POST", path(namespace, "tags"), { json: { tags: names.map((name) => ({ name })) }, headers });
  const list = async (namespace: string, query?: Record<string, string>) =>
    (bodyOf(await admin.get(path(namespace, "tags"), query)).tags as Fields[]).map(({ name }) => name);
  const duplicate = (namespace: string, name: string) => {
    const note = "(Please note that metadata tag names are case insensitive).";
    return refused(409, `A metadata tag with name=${name} already exists in namespace=${namespace}. ${note}`);
  };
  const missing = (name: string) => refused(404, `Could not find metadata tag ${name}`);

  it("are made one by one", async () => {
    const namespace = await create();
    const answer = await admin.post(one(namespace, "two words"));
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ name: "two words", ...times });
    expect(bodyOf(await admin.get(one(namespace, "two words")))).toEqual(answer.body);
    expect(await admin.post(one(namespace, "two words"))).toMatchObject(duplicate(namespace, "two words"));
  });

  it("differ in case", async () => {
    const namespace = await create({ tags: [{ name: "a" }] });
    expect((await admin.post(one(namespace, "A"))).status).toBe(201);
    expect(await list(namespace, { sort_key: "name", sort_dir: "asc" })).toEqual(["A", "a"]);
  });

  it("take no body one by one, and no long name", async () => {
    const namespace = await create();
    const body = refused(400, "A body is not expected with this request.");
    expect(await admin.post(one(namespace, "a"), { name: "a" })).toMatchObject(body);
    const long = "x".repeat(81);
    expect(await admin.post(one(namespace, long))).toMatchObject(violates("tag", `'${long}' is too long`));
  });

  it("are replaced all at once, unless they are to be added", async () => {
    const namespace = await create({ tags: [{ name: "old" }] });
    const answer = await addAll(namespace, ["a", "b"]);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ tags: [{ name: "a" }, { name: "b" }] });
    expect(await list(namespace)).toEqual(["b", "a"]);
    expect((await addAll(namespace, ["c"], { "x-openstack-append": "True" })).status).toBe(201);
    expect(await list(namespace)).toEqual(["c", "b", "a"]);
    expect((await addAll(namespace, ["d"], { "x-openstack-append": "no" })).status).toBe(201);
    expect(await list(namespace)).toEqual(["d"]);
  });

  it("stay when they are to be replaced by none", async () => {
    const namespace = await create({ tags: [{ name: "a" }] });
    expect(await addAll(namespace, [])).toMatchObject({ status: 201, body: { tags: [] } });
    expect(await list(namespace)).toEqual(["a"]);
  });

  it("stay when a new one has the name of another", async () => {
    const namespace = await create({ tags: [{ name: "a" }] });
    expect(await addAll(namespace, ["b", "b"])).toMatchObject(duplicate(namespace, "b"));
    expect(await addAll(namespace, ["b", "a"], { "x-openstack-append": "1" })).toMatchObject(duplicate(namespace, "a"));
    expect(await list(namespace)).toEqual(["a"]);
  });

  it.each<[string, Fields, string]>([
    ["a tag without a name", { tags: [{}] }, "'name' is a required property"],
    ["a tag with another field", { tags: [{ name: "a", b: 1 }] }, "Additional properties are not allowed ('b'"],
    ["another field", { tags: [], b: 1 }, "Additional properties are not allowed ('b' was unexpected)"],
  ])("answer 400 to %s", async (_what, fields, sentence) => {
    const namespace = await create();
    expect(await admin.post(path(namespace, "tags"), fields)).toMatchObject(violates("tags", sentence));
  });

  it("answer 500 to a body without tags and to a long name among several", async () => {
    const namespace = await create();
    expect(await admin.post(path(namespace, "tags"), {})).toMatchObject(serverError);
    expect(await addAll(namespace, ["x".repeat(81)])).toMatchObject(serverError);
  });

  it("are listed page by page, the newest first", async () => {
    const namespace = await create();
    for (const name of ["b", "a", "c"]) await admin.post(one(namespace, name));
    expect(await list(namespace)).toEqual(["c", "a", "b"]);
    expect(await list(namespace, { limit: "1" })).toEqual(["c"]);
    expect(await list(namespace, { limit: "1", marker: "c" })).toEqual(["a"]);
    expect(await list(namespace, { limit: "0" })).toEqual([]);
    expect(await list(namespace, { limit: "", marker: "" })).toEqual(["c", "a", "b"]);
    expect(await list(namespace, { sort_key: "name", sort_dir: "asc", marker: "a" })).toEqual(["b", "c"]);
  });

  it.each([
    ["limit=x", refused(400, "limit param must be an integer")],
    ["limit=-1", refused(400, "limit param must be positive")],
    ["sort_key=bogus", serverError],
    ["sort_dir=x", refused(400, "Invalid sort direction: x")],
    ["visibility=x", refused(400, "Invalid visibility value: x")],
    ["marker=unknown", missing("unknown")],
  ])("are not listed with %s", async (query, refusal) => {
    const namespace = await create();
    expect(await admin.send("GET", path(namespace, "tags"), { query })).toMatchObject(refusal);
  });

  it("can be renamed, but not to a name that is taken", async () => {
    const namespace = await create({ tags: [{ name: "a" }, { name: "b" }] });
    const renamed = await admin.put(one(namespace, "a"), { name: "c" });
    expect(renamed).toMatchObject({ status: 200, body: { name: "c", ...times } });
    expect(await admin.get(one(namespace, "a"))).toMatchObject(missing("a"));
    expect(await admin.put(one(namespace, "c"), { name: "b" })).toMatchObject(duplicate(namespace, "b"));
    expect(await admin.put(one(namespace, "c"), {})).toMatchObject(violates("tag", "'name' is a required property"));
    const readOnly = refused(403, "Attribute 'updated_at' is read-only.");
    expect(await admin.put(one(namespace, "c"), { name: "c", updated_at: "x" })).toMatchObject(readOnly);
  });

  it("are deleted with 204, one or all", async () => {
    const namespace = await create({ tags: [{ name: "a" }, { name: "b" }] });
    expect((await admin.delete(one(namespace, "a"))).status).toBe(204);
    expect(await admin.delete(one(namespace, "a"))).toMatchObject(missing("a"));
    expect((await admin.delete(path(namespace, "tags"))).status).toBe(204);
    expect(await list(namespace)).toEqual([]);
  });

  it("are in no namespace that is not there", async () => {
    const namespace = unique();
    const plain = refused(404, `Namespace ${namespace} not found`);
    expect(await admin.get(path(namespace, "tags"))).toMatchObject(plain);
    expect(await admin.post(one(namespace, "a"))).toMatchObject(plain);
    expect(await addAll(namespace, ["a"])).toMatchObject(plain);
  });
});
