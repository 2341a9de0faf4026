import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGlanceLocal } from "../../../provider/local";
import { Client, send } from "./client";

describe("startGlanceLocal", () => {
  it("listens on loopback at a free port and names its addresses", async () => {
    const server = await startGlanceLocal();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(server.authUrl).toBe(`${server.url}/identity/v3`);
    expect(server.imageUrl).toBe(`${server.url}/image`);
    expect((await send("GET", server.authUrl)).status).toBe(200);
    await server.close();
    await expect(send("GET", server.authUrl)).rejects.toThrow();
  });

  it("rejects when the port is taken", async () => {
    const server = await startGlanceLocal();
    await expect(startGlanceLocal({ port: server.port })).rejects.toThrow("EADDRINUSE");
    await server.close();
  });

  it("removes its temporary folder at the end", async () => {
    const server = await startGlanceLocal();
    const client = await Client.logIn(server);
    const { id } = await client.create({ disk_format: "raw", container_format: "bare" });
    await client.upload(id, "content");
    const folder = new URL((await client.show(id)).direct_url).pathname;
    expect(existsSync(folder)).toBe(true);
    await server.close();
    expect(existsSync(folder)).toBe(false);
  });

  it("ends though clients keep connections open", async () => {
    const server = await startGlanceLocal();
    const client = await Client.logIn(server);
    const { id } = await client.create({ disk_format: "raw", container_format: "bare" });
    const unfinished = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1024)) });
    const url = `${server.imageUrl}/v2/images/${id}/file`;
    const headers = { "X-Auth-Token": client.token, "Content-Type": "application/octet-stream" };
    const upload = fetch(url, { method: "PUT", headers, body: unfinished, duplex: "half" } as RequestInit);
    const failure = expect(upload).rejects.toThrow();
    while ((await client.show(id)).status !== "saving");
    await server.close();
    await failure;
  });

  it("keeps two servers apart", async () => {
    const [one, other] = await Promise.all([startGlanceLocal(), startGlanceLocal()]);
    const { id } = await (await Client.logIn(one)).create();
    const elsewhere = await Client.logIn(other);
    expect((await elsewhere.send("GET", `/images/${id}`)).status).toBe(404);
    await Promise.all([one.close(), other.close()]);
  });

  it("makes a data folder that does not exist", async () => {
    const parent = await mkdtemp(join(tmpdir(), "local-test-"));
    const server = await startGlanceLocal({ dataDir: join(parent, "a", "b") });
    await server.close();
    expect(existsSync(join(parent, "a", "b"))).toBe(true);
    await rm(parent, { recursive: true });
  });
});
