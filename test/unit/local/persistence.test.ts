import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local";
import { Store } from "../../../provider/local/store/store";
import { Client, octets, rawFormats, requestToken } from "./client";

describe("a data folder", () => {
  let folder: string;
  let server: GlanceLocal;
  let demo: Client;

  const start = async () => {
    server = await startGlanceLocal({ dataDir: folder });
    demo = await Client.logIn(server);
  };
  const restart = async () => {
    await server.close();
    await start();
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "local-test-"));
    await start();
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it("keeps images with their properties, members and bytes", async () => {
    const names = JSON.parse('{"__proto__": "x", "constructor": "y", "ünï/cödé~": "z"}');
    const { id } = await demo.create({ ...rawFormats, ...names, tags: ["a", "b"], min_disk: 3 });
    await demo.upload(id, "the bytes");
    await demo.send("POST", `/images/${id}/members`, { member: "another" });
    const before = [await demo.show(id), (await demo.send("GET", `/images/${id}/members`)).body];
    await restart();
    expect([await demo.show(id), (await demo.send("GET", `/images/${id}/members`)).body]).toEqual(before);
    expect(Object.entries(await demo.show(id))).toContainEqual(["__proto__", "x"]);
    expect((await demo.send("GET", `/images/${id}/file`)).body).toBe("the bytes");
  });

  it("keeps tasks and staged bytes", async () => {
    const { id } = await demo.create(rawFormats);
    await demo.send("PUT", `/images/${id}/stage`, "staged", octets);
    await restart();
    expect(await demo.import(id, { name: "glance-direct" })).toMatchObject({ status: "success" });
    const tasks = (await demo.send("GET", `/images/${id}/tasks`)).body;
    await restart();
    expect((await demo.send("GET", `/images/${id}/tasks`)).body).toEqual(tasks);
  });

  it("keeps metadata definitions and resource types", async () => {
    const logIn = () => Client.logIn(server, "admin", "secret");
    const definition = { title: "t", type: "string" };
    const namespace = {
      namespace: "OS::Two",
      properties: JSON.parse(`{"__proto__": ${JSON.stringify(definition)}}`),
      objects: [{ name: "o", properties: { p: definition } }],
      tags: [{ name: "t" }],
      resource_type_associations: [{ name: "OS::../Type", prefix: "p_" }],
    };
    expect((await (await logIn()).send("POST", "/metadefs/namespaces", namespace)).status).toBe(201);
    const read = async () => {
      const admin = await logIn();
      const paths = ["/metadefs/namespaces/OS::Two", "/metadefs/resource_types"];
      return Promise.all(paths.map(async (path) => (await admin.send("GET", path)).body));
    };
    const before = await read();
    expect(before).toMatchObject([{ tags: [{ name: "t" }] }, { resource_types: [{ name: "OS::../Type" }] }]);
    expect(Object.entries(before[0].properties)).toEqual([["__proto__", definition]]);
    await restart();
    expect(await read()).toEqual(before);
  });

  it("keeps ids taken by images that were deleted", async () => {
    const { id } = await demo.create();
    await demo.send("DELETE", `/images/${id}`);
    await restart();
    expect((await demo.send("POST", "/images", { id })).status).toBe(409);
  });

  it("tells ids apart that differ in case only", async () => {
    const id = "abcdefab-cdef-abcd-efab-cdefabcdefab";
    await demo.create({ id, name: "lower" });
    await demo.create({ id: id.toUpperCase(), name: "upper" });
    await restart();
    expect([(await demo.show(id)).name, (await demo.show(id.toUpperCase())).name]).toEqual(["lower", "upper"]);
  });

  it("keeps application credentials, and the owners of images", async () => {
    const { authUrl } = server;
    const user = (await requestToken(server, identity)).body.token.user.id;
    const response = await fetch(`${authUrl}/users/${user}/application_credentials`, {
      method: "POST",
      headers: { "X-Auth-Token": demo.token, "Content-Type": "application/json" },
      body: JSON.stringify({ application_credential: { name: "ci" } }),
    });
    const { application_credential: credential } = (await response.json()) as { application_credential: unknown };
    const { id, owner } = await demo.create();
    await restart();
    const proof = { methods: ["application_credential"], application_credential: credential };
    const { status, body } = await requestToken(server, { identity: proof });
    expect({ status, project: body.token.project.id }).toEqual({ status: 201, project: owner });
    expect((await demo.show(id)).id).toBe(id);
  });

  it("survives files that a crash cut off", async () => {
    const { id } = await demo.create({ name: "whole" });
    await server.close();
    await writeFile(join(folder, "images", `${id}.json.partial`), '{"id": "');
    await writeFile(join(folder, "stores", "fast", `${id}.partial`), "half of the by");
    await start();
    expect(await demo.show(id)).toMatchObject({ name: "whole", status: "queued" });
    expect(await readdir(join(folder, "images"))).toEqual([`${id}.json`]);
    expect(await readdir(join(folder, "stores", "fast"))).toEqual([]);
  });

  it("puts an image whose upload was cut off back into the queue, where it takes bytes again", async () => {
    const { id } = await demo.create(rawFormats);
    await server.close();
    const store = await Store.open(folder);
    await store.change(id, (image) => ({ ...image, status: "saving" }));
    await writeFile(join(folder, "stores", "fast", id), "bytes that nobody knows of");
    await start();
    expect(await demo.show(id)).toMatchObject({ status: "queued", size: null });
    expect((await demo.upload(id, "the bytes")).status).toBe(204);
  });

  it("ends an import that was cut off as a failure, and the image can be imported again", async () => {
    const { id } = await demo.create(rawFormats);
    await demo.send("PUT", `/images/${id}/stage`, "staged", octets);
    await demo.import(id, { name: "glance-direct" });
    await server.close();
    const store = await Store.open(folder);
    const [task] = store.tasks.all();
    if (task === undefined) throw new Error("the import left no task");
    await store.tasks.put({ ...task, status: "processing", expiresAt: null });
    const lock = [["os_glance_import_task", task.id] as const, ["os_glance_importing_to_stores", "fast"] as const];
    await store.change(id, (image) => ({ ...image, status: "importing", stores: [], properties: new Map(lock) }));
    await start();
    const image = await demo.show(id);
    expect(image).toMatchObject({
      status: "queued",
      os_glance_failed_import: "fast",
      os_glance_importing_to_stores: "",
    });
    expect(image).not.toHaveProperty("os_glance_import_task");
    const { tasks } = (await demo.send("GET", `/images/${id}/tasks`)).body;
    expect(tasks).toMatchObject([{ status: "failure", message: "The server was stopped during the task" }]);
    expect((await demo.send("PUT", `/images/${id}/stage`, "again", octets)).status).toBe(204);
  });
});

const identity = {
  identity: {
    methods: ["password"],
    password: { user: { name: "demo", password: "demo", domain: { id: "default" } } },
  },
};
