import { createHash } from "node:crypto";
import { rawImage, rawImageStream } from "../../../tools/images";
import { Client, localServer, octets, rawFormats } from "../client";

const size = 3 * 1024 * 1024 + 5;

describe("bytes on their way", () => {
  const server = localServer();
  let demo: Client;

  beforeAll(async () => {
    demo = await Client.logIn(server.current);
  });

  it("arrive whole from a client that does not know how many there are, and come back whole", async () => {
    const { id } = await demo.create(rawFormats);
    const response = await fetch(`${server.current.imageUrl}/v2/images/${id}/file`, {
      method: "PUT",
      headers: { "X-Auth-Token": demo.token, ...octets },
      body: rawImageStream(size) as unknown as ReadableStream,
      duplex: "half",
    } as RequestInit);
    const content = rawImage(size);
    const hash = (algorithm: string) => createHash(algorithm).update(content).digest("hex");
    expect(response.status).toBe(204);
    expect(await demo.show(id)).toMatchObject({ size, checksum: hash("md5"), os_hash_value: hash("sha512") });
    const url = `${server.current.imageUrl}/v2/images/${id}/file`;
    const download = await fetch(url, { headers: { "X-Auth-Token": demo.token, Range: `bytes=${size - 10}-` } });
    expect(Buffer.from(await download.arrayBuffer())).toEqual(content.subarray(-10));
  });

  it("that stop half-way leave the image queued, and it takes others", async () => {
    const { id } = await demo.create(rawFormats);
    const control = new AbortController();
    const upload = fetch(`${server.current.imageUrl}/v2/images/${id}/file`, {
      method: "PUT",
      headers: { "X-Auth-Token": demo.token, ...octets },
      body: new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1024)) }),
      duplex: "half",
      signal: control.signal,
    } as RequestInit);
    const failure = expect(upload).rejects.toThrow();
    while ((await demo.show(id)).status !== "saving");
    control.abort();
    await failure;
    while ((await demo.show(id)).status !== "queued");
    expect((await demo.upload(id, "others")).status).toBe(204);
  });

  it("for an image that is deleted meanwhile are thrown away: 410", async () => {
    const { id } = await demo.create(rawFormats);
    let finish = () => {};
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(1024));
        finish = () => controller.close();
      },
    });
    const headers = { "X-Auth-Token": demo.token, ...octets };
    const url = `${server.current.imageUrl}/v2/images/${id}/file`;
    const upload = fetch(url, { method: "PUT", headers, body, duplex: "half" } as RequestInit);
    while ((await demo.show(id)).status !== "saving");
    expect((await demo.send("DELETE", `/images/${id}`)).status).toBe(204);
    finish();
    expect((await upload).status).toBe(410);
  });

  it("are taken by one of two uploads at a time: 409 for the other", async () => {
    const { id } = await demo.create(rawFormats);
    const answers = await Promise.all([demo.upload(id, "one"), demo.upload(id, "two")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });
});
