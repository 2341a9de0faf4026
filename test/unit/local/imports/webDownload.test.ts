import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { startGlanceLocal } from "../../../../provider/local";
import { FileServer } from "../../../tools/fileServer";
import { Client, localServer, rawFormats } from "../client";

describe("web-download", () => {
  const open = localServer({ allowHosts: ["127.0.0.1"] });
  const closed = localServer();
  let files: FileServer;
  let demo: Client;

  beforeAll(async () => {
    files = await FileServer.start({ "/image": "hello world" });
    demo = await Client.logIn(open.current);
  });
  afterAll(() => files.close());

  const download = async (uri: string, client = demo) => {
    const { id } = await client.create(rawFormats);
    return { id, task: await client.import(id, { name: "web-download", uri }) };
  };

  it("fetches from an allowed host at any port", async () => {
    const { id, task } = await download(files.url("/image"));
    expect(task).toMatchObject({ status: "success", result: { image_id: id } });
    expect(await demo.show(id)).toMatchObject({ status: "active", size: 11, stores: "fast" });
  });

  it("follows redirects, relative ones too", async () => {
    files.set("/moved", { status: 302, headers: { Location: files.url("/again") } });
    files.set("/again", { status: 308, headers: { Location: "/image" } });
    const { id } = await download(files.url("/moved"));
    expect(await demo.show(id)).toMatchObject({ status: "active", checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3" });
  });

  it.each([
    ["a refused host", { status: 302, headers: { Location: "http://169.254.169.254/secret" } }],
    ["this machine under another name", { status: 302, headers: { Location: "http://[::1]/secret" } }],
    ["a file", { status: 302, headers: { Location: "file:///etc/passwd" } }],
    ["itself, for ever", { status: 302, headers: { Location: "/bad" } }],
    ["an error", { status: 500 }],
    ["a length that is not reached", { content: Buffer.alloc(10), closeAfter: 5 }],
  ])("fails at %s, and the image can be imported again", async (_, answer) => {
    files.set("/bad", answer);
    const { id, task } = await download(files.url("/bad"));
    expect(task).toMatchObject({ status: "failure", message: "Task failed due to Internal Error" });
    expect(await demo.show(id)).toMatchObject({
      status: "queued",
      size: null,
      os_glance_failed_import: "fast",
      os_glance_importing_to_stores: "",
    });
    expect(await demo.import(id, { name: "web-download", uri: files.url("/image") })).toMatchObject({
      status: "success",
    });
  });

  it.each([
    "http://127.0.0.1/x",
    "http://127.0.0.1:8080/x",
    "http://localhost/x",
    "http://[::1]/x",
    "http://[::ffff:127.0.0.1]/x",
    "http://2130706433/x",
    "http://0x7f.1/x",
    "http://0.0.0.0/x",
    "http://169.254.1.1/x",
    "http://10.0.0.1:8080/x",
    "ftp://10.0.0.1/x",
    "file:///etc/passwd",
    "not a url",
    "",
  ])("answers 400 at once for %s when no host is allowed", async (uri) => {
    const client = await Client.logIn(closed.current);
    const { id } = await client.create(rawFormats);
    const { status, body } = await client.send("POST", `/images/${id}/import`, {
      method: { name: "web-download", uri },
    });
    expect(status).toBe(400);
    expect(body.message).toContain("URI for web-download does not pass filtering:");
    expect(await client.show(id)).not.toHaveProperty("os_glance_import_task");
  });

  it("does not take an allowed host in disguise", async () => {
    const { id } = await demo.create(rawFormats);
    const method = { name: "web-download", uri: `http://2130706433:${new URL(files.url("/")).port}/image` };
    expect((await demo.send("POST", `/images/${id}/import`, { method })).status).toBe(400);
  });

  it("leaves no bytes of an image that is deleted meanwhile", async () => {
    let finish = () => {};
    files.set("/slow", {
      stream: () => {
        const content = new PassThrough();
        content.write("some");
        finish = () => content.end("more");
        return content;
      },
    });
    const dataDir = await mkdtemp(join(tmpdir(), "local-test-"));
    const server = await startGlanceLocal({ allowHosts: ["127.0.0.1"], dataDir });
    const client = await Client.logIn(server);
    const { id } = await client.create(rawFormats);
    const before = files.requests.length;
    await client.send("POST", `/images/${id}/import`, { method: { name: "web-download", uri: files.url("/slow") } });
    while (files.requests.length === before) await client.show(id);
    expect((await client.send("DELETE", `/images/${id}`)).status).toBe(204);
    finish();
    await server.close();
    for (const place of ["fast", "cheap", "staging"]) expect(await readdir(join(dataDir, "stores", place))).toEqual([]);
    await rm(dataDir, { recursive: true });
  });

  it("breaks off a download when the server stops", async () => {
    files.set("/slow", { content: Buffer.alloc(10), stallAfter: 5 });
    const server = await startGlanceLocal({ allowHosts: ["127.0.0.1"] });
    const client = await Client.logIn(server);
    const { id } = await client.create(rawFormats);
    const method = { name: "web-download", uri: files.url("/slow") };
    await client.send("POST", `/images/${id}/import`, { method });
    while ((await client.show(id)).status !== "importing" || !files.requests.includes("GET /slow"));
    await server.close();
  });
});
