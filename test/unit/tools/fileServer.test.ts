import { Readable } from "node:stream";
import { FileServer } from "../../tools/fileServer";

describe("file server", () => {
  let server: FileServer;

  beforeEach(async () => {
    server = await FileServer.start({ "/image.raw": Buffer.from("0123456789") });
  });

  afterEach(() => server.close());

  it("serves content and remembers the requests", async () => {
    const response = await fetch(server.url("/image.raw?x=1"));
    expect(response.headers.get("content-length")).toBe("10");
    expect(await response.text()).toBe("0123456789");
    await fetch(server.url("/image.raw"), { method: "HEAD" });
    expect(server.requests).toEqual(["GET /image.raw", "HEAD /image.raw"]);
  });

  it("serves generated content, of a length known or not", async () => {
    const stream = () => Readable.from([Buffer.from("ab"), Buffer.from("cd")]);
    const known = await fetch(server.set("/known", { stream, size: 4 }));
    expect([known.headers.get("content-length"), await known.text()]).toEqual(["4", "abcd"]);
    const unknown = await fetch(server.set("/unknown", { stream }));
    expect([unknown.headers.get("content-length"), await unknown.text()]).toEqual([null, "abcd"]);
  });

  it("keeps content for those who are allowed to have it", async () => {
    const url = server.set("/kept", { content: Buffer.from("kept"), authorization: "Bearer key" });
    expect((await fetch(url)).status).toBe(401);
    const headers = { authorization: "Bearer key" };
    expect(await (await fetch(url, { headers })).text()).toBe("kept");
  });

  it("answers errors, 404 for what it does not have", async () => {
    const busy = await fetch(server.set("/busy", { status: 503, headers: { "Retry-After": "1" } }));
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await fetch(server.url("/missing"))).status).toBe(404);
  });

  it("cuts the connection in the middle", async () => {
    const response = await fetch(server.set("/cut", { content: Buffer.alloc(1000), closeAfter: 100 }));
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it("stalls in the middle until the client gives up", async () => {
    const abort = new AbortController();
    const response = await fetch(server.set("/stall", { content: Buffer.alloc(1000), stallAfter: 100 }), {
      signal: abort.signal,
    });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(100);
    const next = reader?.read();
    abort.abort();
    await expect(next).rejects.toThrow("aborted");
  });
});
