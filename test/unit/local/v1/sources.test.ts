import { once } from "node:events";
import { connect } from "node:net";
import { PassThrough, Readable } from "node:stream";
import { FileServer } from "../../../tools/fileServer";
import { ImageServer, imageServer } from "./server";

const open = imageServer(["127.0.0.1"]);
const closed = imageServer();

let files: FileServer;
beforeAll(async () => {
  files = await FileServer.start({ "/image": "hello world" });
});
afterAll(() => files.close());

const from = (uri: string) => ({ "x-glance-api-copy-from": uri });
/** A copy of a size that is given, so that only the copy itself asks for the file. */
const sized = (uri: string) => ({ ...from(uri), "x-image-meta-size": "10" });
const at = (uri: string) => ({ "x-image-meta-location": uri });

/** Reads until the image has one of these statuses; the test's own time limit ends it. */
async function reach(server: ImageServer, id: string, ...statuses: string[]): Promise<string> {
  for (;;) {
    const { headers } = await server.send("HEAD", `/image/v1/images/${id}`);
    const status = headers.get("x-image-meta-status") ?? "";
    if (statuses.includes(status)) return status;
  }
}

describe.each([
  ["copies from", from],
  ["refers to", at],
])("an image that %s the web", (_, header) => {
  it.each([
    "http://127.0.0.1/x",
    "http://localhost/x",
    "http://2130706433/x",
    "http://169.254.1.1/x",
    "http://10.0.0.1:81/x",
  ])("must not name %s when no host is allowed", async (uri) => {
    const answer = await closed.current.send("POST", "/image/v1/images", { headers: header(uri) });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.message).toContain(`External sources are not supported: '${uri}'`);
    expect(closed.current.store.existing()).toEqual([]);
  });

  it("must not be led there", async () => {
    files.set("/astray", { status: 302, headers: { Location: "http://169.254.169.254/secret" } });
    const headers = header(files.url("/astray"));
    const answer = await open.current.send("POST", "/image/v1/images", { headers });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.message).toContain("External sources are not supported");
  });

  it("may be led elsewhere", async () => {
    files.set("/moved", { status: 302, headers: { Location: "/image" } });
    const { id, size } = await open.current.create(header(files.url("/moved")));
    expect(size).toBe(11);
    expect(await reach(open.current, id, "active", "killed")).toBe("active");
    expect((await open.current.send("GET", `/image/v1/images/${id}`)).body).toBe("hello world");
  });
});

describe("a copy", () => {
  it("that breaks off kills the image and leaves no bytes", async () => {
    files.set("/broken", { content: Buffer.alloc(10), closeAfter: 5 });
    const { id } = await open.current.create(sized(files.url("/broken")));
    expect(await reach(open.current, id, "active", "killed")).toBe("killed");
    expect(await open.current.bytes()).not.toContain(id);
  });

  it("that goes on when the server stops kills the image", async () => {
    files.set("/slow", { content: Buffer.alloc(10), stallAfter: 5 });
    const server = await ImageServer.start(["127.0.0.1"]);
    const { id } = await server.create(sized(files.url("/slow")));
    await reach(server, id, "saving");
    await server.stop();
    expect(server.store.image(id).status).toBe("killed");
    expect(await server.bytes()).toEqual([]);
    await server.discard();
  });

  it("of an image that is deleted meanwhile leaves no bytes", async () => {
    const content = new PassThrough();
    content.write("some");
    files.set("/growing", { stream: () => content });
    const server = await ImageServer.start(["127.0.0.1"]);
    const { id } = await server.create(sized(files.url("/growing")));
    await reach(server, id, "saving");
    expect((await server.send("DELETE", `/image/v1/images/${id}`)).status).toBe(200);
    content.end("more");
    await server.stop();
    expect(await server.bytes()).toEqual([]);
    await server.discard();
  });
});

describe("a server of files that does not answer", () => {
  it.each([
    ["a copy", from],
    ["a reference", at],
  ])("does not keep ours from closing: %s", async (_, header) => {
    files.set("/silent", { content: Buffer.alloc(10), stallAfter: 0 });
    const server = await ImageServer.start(["127.0.0.1"]);
    const before = files.requests.length;
    const answer = server.create(header(files.url("/silent"))).catch((error: Error) => error);
    while (files.requests.length === before) await new Promise(setImmediate);
    await server.discard();
    expect(await answer).toBeInstanceOf(Error);
  });
});

describe("a reference", () => {
  it("to a file that went away is a 404", async () => {
    files.set("/fleeting", "hello");
    const { id } = await open.current.create(at(files.url("/fleeting")));
    files.set("/fleeting", { status: 404 });
    const { status, body } = await open.current.send("GET", `/image/v1/images/${id}`);
    expect({ status, message: body.message }).toEqual({
      status: 404,
      message: "HTTP datastore could not find image at URI.<br /><br />\n\n\n",
    });
  });
});

describe("an upload", () => {
  const upload = (id: string) => [
    `PUT /image/v1/images/${id} HTTP/1.1`,
    "Host: localhost",
    "X-Auth-Token: demo",
    "Content-Type: application/octet-stream",
    "Content-Length: 100",
    "",
    "some",
  ];

  it("that breaks off kills the image and leaves no bytes", async () => {
    const { id } = await open.current.create();
    const socket = connect(Number(new URL(open.current.url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(upload(id).join("\r\n"));
    await reach(open.current, id, "saving");
    socket.destroy();
    await reach(open.current, id, "killed");
    expect(await open.current.bytes()).not.toContain(id);
  });

  it("to an image that is deleted meanwhile is a 412", async () => {
    const { id } = await open.current.create();
    const body = new PassThrough();
    body.write("some");
    const answer = fetch(`${open.current.url}/image/v1/images/${id}`, {
      method: "PUT",
      headers: { "x-auth-token": "demo", "content-type": "application/octet-stream", accept: "application/json" },
      body: Readable.toWeb(body) as ReadableStream,
      duplex: "half",
    } as RequestInit);
    await reach(open.current, id, "saving");
    await open.current.send("DELETE", `/image/v1/images/${id}`);
    body.end("more");
    expect((await answer).status).toBe(412);
    expect(await open.current.bytes()).not.toContain(id);
  });
});
