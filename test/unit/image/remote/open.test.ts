import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { finished } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { openRemote } from "../../../../provider/image/remote/open";
import { closeAll, closedPort, pem, raw, secureWeb, status, web } from "../../http/servers";
import { failureOf, quick, read } from "./reading";

afterEach(closeAll);

const content = randomBytes(300_000);

test("the bytes come with their length and are counted", async () => {
  const url = await web(status(200, { "content-length": "5" }, "bytes"));
  const told: unknown[] = [];
  const progress = (...amounts: unknown[]) => told.push(amounts);
  const { stream, length } = await openRemote({ url }, { transport: quick, progress });
  expect(length).toBe(5);
  expect(Buffer.concat(await stream.toArray()).toString()).toBe("bytes");
  expect(told).toEqual([
    [0, 5],
    [5, 5],
  ]);
});

test("a length that nobody announces is unknown", async () => {
  const url = await web((_request, response) => {
    response.write("by");
    response.end("tes");
  });
  const { stream, length } = await openRemote({ url }, { transport: quick });
  expect(length).toBeUndefined();
  expect(Buffer.concat(await stream.toArray()).toString()).toBe("bytes");
});

test("the bytes are the server's own, whatever it says of their encoding", async () => {
  const zipped = gzipSync(content);
  const asked: unknown[] = [];
  const url = await web((request, response) => {
    asked.push(request.headers["accept-encoding"]);
    response.writeHead(200, { "content-type": "application/x-gzip", "content-encoding": "gzip" }).end(zipped);
  });
  expect((await read(`${url}/disk.raw.gz`)).equals(zipped)).toBe(true);
  expect(asked).toEqual(["identity"]);
});

test("each opening is a request of its own", async () => {
  let calls = 0;
  const url = await web((_request, response) => response.end(`call ${++calls}`));
  expect(String(await read(url))).toBe("call 1");
  expect(String(await read(url))).toBe("call 2");
});

describe("refused are", () => {
  const wants = "The server wants \\(other\\) credentials: sourceCredentials";
  test.each([
    [401, `answered 401 Unauthorized: ask the owner\\. ${wants}\\.`],
    [403, `answered 403 Forbidden: ask the owner\\. ${wants}\\.`],
    [404, "answered 404 Not Found: ask the owner\\. Check the URL\\."],
    [416, "changed while it was read"],
  ])("an answer %i", async (code, words) => {
    const url = await web(status(code, {}, "ask the owner"));
    const error = await failureOf(read(`${url}/disk.raw`));
    expect(error.code).toBe("SOURCE");
    expect(error.message).toMatch(new RegExp(`^${url}/disk\\.raw .*${words}`));
  });

  test.each([204, 206])("an answer %i, which is not the whole file", async (code) => {
    const url = await web(status(code));
    expect((await failureOf(read(url))).message).toMatch(`answers ${code} from here`);
  });

  test("an empty file", async () => {
    const url = await web(status(200, { "content-length": "0" }));
    expect(await failureOf(read(`${url}/disk.raw`))).toMatchObject({
      code: "SOURCE",
      message: `${url}/disk.raw is empty.`,
    });
  });

  test("an empty file of unannounced length", async () => {
    const url = await web(status(200, { "transfer-encoding": "chunked" }));
    expect((await failureOf(read(url))).message).toMatch(/is empty/);
  });

  test("a web page, unless it is one that was asked for", async () => {
    const url = await web(status(200, { "content-type": "text/html; charset=utf-8" }, "<html>"));
    const error = await failureOf(read(`${url}/disk.qcow2?name=x.html`));
    expect(error).toMatchObject({ code: "SOURCE", message: expect.stringMatching(/disk\.qcow2 sent a web page\. /) });
    expect(String(await read(`${url}/page.HTML`))).toBe("<html>");
  });

  test("a port where nobody listens, after some attempts", async () => {
    const error = await failureOf(read(`http://127.0.0.1:${await closedPort()}/disk.raw`));
    expect(error.code).toBe("SOURCE");
    expect(error.message).toMatch(/disk\.raw cannot be read: no connection to .* \(tried 6 times\)/);
  });

  test("a server whose certificate nobody vouches for", async () => {
    const url = await secureWeb(status(200, {}, "bytes"));
    const error = await failureOf(read(url));
    expect(error.code).toBe("SOURCE");
    expect(error.message).toMatch(/NODE_EXTRA_CA_CERTS/);
    expect(String(await read(url, { transport: { ...quick, cacertFile: pem("ca.pem") } }))).toBe("bytes");
  });
});

test("bytes after the announced end are none of the file", async () => {
  const url = await raw((socket) => {
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nbytes and more"));
  });
  expect(String(await read(url))).toBe("bytes");
});

describe("the connection", () => {
  // Not `once` of node:events: a connection that is cut may also report an error.
  const ended = (socket: Socket) => socket.destroyed || new Promise((resolve) => socket.once("close", resolve));

  /** A server that sends without end. */
  async function endless() {
    const sockets: Socket[] = [];
    let sent = 0;
    const url = await web((request, response) => {
      sockets.push(request.socket);
      const more = () => {
        while (!response.destroyed && response.write(content)) sent += content.length;
      };
      response.writeHead(200, { "content-length": String(2 ** 40) }).on("drain", more);
      more();
    });
    return { url, sockets, sent: () => sent };
  }

  test("ends when the reader leaves", async () => {
    const { url, sockets } = await endless();
    const { stream } = await openRemote({ url }, { transport: quick });
    await once(stream, "readable");
    stream.destroy();
    await Promise.all(sockets.map(ended));
    expect(sockets).toHaveLength(1);
  });

  test("ends when the operation is cancelled", async () => {
    const { url, sockets } = await endless();
    const stop = new AbortController();
    const { stream } = await openRemote({ url }, { transport: quick, signal: stop.signal });
    stream.on("data", () => stop.abort());
    expect((await failureOf(finished(stream))).code).toBe("ABORTED");
    await Promise.all(sockets.map(ended));
    expect(sockets).toHaveLength(1);
  });

  test("is not made for a cancelled operation", async () => {
    const { url, sockets } = await endless();
    const opening = openRemote({ url }, { transport: quick, signal: AbortSignal.abort() });
    expect((await failureOf(opening)).code).toBe("ABORTED");
    expect(sockets).toEqual([]);
  });

  test("waits for a slow reader", async () => {
    const { url, sent } = await endless();
    const { stream } = await openRemote({ url }, { transport: quick });
    await once(stream, "readable");
    let before = -1;
    // Until the sockets are full.
    while (sent() !== before) {
      before = sent();
      for (let turns = 0; turns < 2000; turns += 1) await turn();
    }
    expect(stream.readableLength).toBeLessThan(2 ** 20);
    expect(sent()).toBeLessThan(2 ** 26);
    stream.destroy();
  });
});

test("a cancelled operation waits for no further attempt", async () => {
  const stop = new AbortController();
  const url = await web((request, response) => {
    request.socket.on("close", () => stop.abort());
    response.writeHead(503, { "retry-after": "200", connection: "close" }).end();
  });
  expect((await failureOf(read(url, { signal: stop.signal }))).code).toBe("ABORTED");
});
