import { createHash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { bodyOf, closeAll, failure, raw, secureWeb, status, transport, web } from "./servers";

afterEach(closeAll);

const mebibyte = Buffer.alloc(1024 * 1024, "glance");

function megabytes(count: number): Readable {
  let left = count;
  return new Readable({
    highWaterMark: 1,
    read() {
      this.push(left-- > 0 ? mebibyte : null);
    },
  });
}

describe("sending", () => {
  test("carries every byte, with its length when it is known", async () => {
    const url = await web(async (request, response) => {
      const hash = createHash("sha256");
      for await (const chunk of request) hash.update(chunk);
      response.end(
        JSON.stringify([hash.digest("hex"), request.headers["content-length"], request.headers["transfer-encoding"]]),
      );
    });
    const expected = createHash("sha256");
    for (let index = 0; index < 8; index += 1) expected.update(mebibyte);
    const digest = expected.digest("hex");
    const http = transport();
    const open = () => megabytes(8);
    const known = await http.request({ method: "PUT", url, body: { open, length: 8 * mebibyte.length } });
    expect(known.json()).toEqual([digest, String(8 * mebibyte.length), null]);
    const unknown = await http.request({ method: "PUT", url, body: { open: async () => open() } });
    expect(unknown.json()).toEqual([digest, null, "chunked"]);
  });

  test("can send nothing at all", async () => {
    const url = await web(async (request, response) =>
      response.end(`${request.headers["content-length"]}${await bodyOf(request)}`),
    );
    const answer = await transport().request({
      method: "PUT",
      url,
      body: { open: () => Readable.from([]), length: 0 },
    });
    expect(answer.text).toBe("0");
  });

  test("reads no further ahead than the server does", async () => {
    let produced = 0;
    const source = new Readable({
      read() {
        produced += 1;
        this.push(produced > 128 ? null : mebibyte);
      },
    });
    let goOn: () => void = () => {};
    const url = await web((request, response) => {
      let received = 0;
      goOn = () =>
        request.on("data", (chunk: Buffer) => {
          received += chunk.length;
        });
      request.on("end", () => response.end(JSON.stringify(received)));
    });
    const sending = transport().request({ method: "PUT", url, body: { open: () => source } });
    for (let before = -1; before !== produced || produced === 0; ) {
      before = produced;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // What the kernel holds on both ends of a loopback connection is a few MiB.
    expect(produced).toBeLessThan(40);
    goOn();
    expect((await sending).json()).toBe(128 * mebibyte.length);
  });

  test.each([
    ["less", 3],
    ["more", 5],
  ])("fails when the source has %s than it announced", async (_, count) => {
    const url = await web((request, response) => {
      request
        .on("error", () => {})
        .resume()
        .on("end", () => response.end());
    });
    const open = () => megabytes(count);
    const error = await failure(transport(), { method: "PUT", url, body: { open, length: 4 * mebibyte.length } });
    expect(error).toMatchObject({ code: "SOURCE", message: expect.stringContaining("another size than it announced") });
  });

  test("fails with the source's own error, in the middle and at the start", async () => {
    const url = await web((request) => request.on("error", () => {}).resume());
    const broken = (chunks: number) =>
      Readable.from(
        (function* () {
          for (let index = 0; index < chunks; index += 1) yield mebibyte;
          throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
        })(),
      );
    for (const chunks of [0, 2]) {
      const error = await failure(transport(), { method: "PUT", url, body: { open: () => broken(chunks) } });
      expect(error.message).toBe("the source cannot be read: EIO: i/o error, read.");
      expect(error.code).toBe("SOURCE");
    }
    const open = () => Promise.reject(new Error("no such file"));
    expect(await failure(transport(), { method: "PUT", url, body: { open } })).toMatchObject({
      code: "SOURCE",
      facts: { notSent: true },
    });
  });
});

describe("a server that answers before it has the body", () => {
  const refusal =
    "HTTP/1.1 413 Too Large\r\ncontent-type: application/json\r\ncontent-length: 27\r\nconnection: close\r\n\r\n";
  const reason = '{"message":"Quota exceeded"';

  test("and hangs up is still heard", async () => {
    const url = await raw((socket) => {
      socket.once("data", () => socket.write(`${refusal}${reason}`, () => socket.destroy()));
    });
    const source = megabytes(64);
    const error = await failure(transport(), { method: "PUT", url, body: { open: () => source } });
    expect(error).toMatchObject({ code: "HTTP_STATUS", status: 413 });
    expect(source.destroyed).toBe(true);
  });

  test("and hangs up is still heard through TLS", async () => {
    const url = await secureWeb((request, response) => {
      request.once("data", () => {
        response.writeHead(413, { connection: "close" }).end(reason, () => request.socket.destroy());
      });
    });
    const error = await failure(transport({ insecure: true }), {
      method: "PUT",
      url,
      body: { open: () => megabytes(64) },
    });
    expect(error).toMatchObject({ code: "HTTP_STATUS", status: 413 });
  });

  test("is heard even when our next write finds the connection gone", async () => {
    let gone: () => void = () => {};
    const hungUp = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const url = await raw((socket) => {
      socket.once("data", () => {
        socket.pause();
        socket.write(`${refusal}${reason}`);
        socket.resetAndDestroy();
        gone();
      });
    });
    const source = Readable.from(
      (async function* () {
        yield mebibyte;
        await hungUp;
        // No turn of the event loop in between: the answer waits unread while these writes fail.
        yield Buffer.from("x");
        yield Buffer.from("y");
        yield Buffer.from("z");
      })(),
    );
    const error = await failure(transport(), { method: "PUT", url, body: { open: () => source } });
    expect(error).toMatchObject({ code: "HTTP_STATUS", status: 413 });
  });

  test("and keeps the connection open is heard at once", async () => {
    const url = await web((_, response) => response.writeHead(403, { "content-length": "2" }).end("no"));
    const source = new Readable({ read() {} });
    source.push("x");
    const error = await failure(transport(), { method: "PUT", url, body: { open: () => source } });
    expect(error).toMatchObject({ code: "HTTP_STATUS", status: 403, facts: { reason: "no" } });
    expect(source.destroyed).toBe(true);
  });

  test("with success is not believed", async () => {
    const url = await web((_, response) => response.writeHead(204).end());
    const source = new Readable({ read() {} });
    source.push("x");
    const error = await failure(transport(), { method: "PUT", url, body: { open: () => source, length: 10 } });
    expect(error).toMatchObject({
      code: "BAD_RESPONSE",
      message: expect.stringContaining("before it had the whole body"),
    });
  });
});

describe("receiving as a stream", () => {
  test("gives the head first and then every byte", async () => {
    const url = await web((_, response) => {
      response.writeHead(200, { "x-more": "1" });
      megabytes(8).pipe(response);
    });
    const answer = await transport().request({ method: "GET", url, stream: true });
    expect(answer).toMatchObject({ status: 200, text: "", headers: { "x-more": "1" } });
    expect((await buffer(answer.stream as Readable)).length).toBe(8 * mebibyte.length);
  });

  test("explains an error status as any other request does", async () => {
    const url = await web(status(404, {}, '{"message":"No image"}'));
    expect(await failure(transport(), { method: "GET", url, stream: true })).toMatchObject({
      status: 404,
      facts: { reason: "No image" },
    });
  });

  test("waits for a slow reader without calling it a stall", async () => {
    const source = megabytes(64);
    const url = await web((_, response) => source.pipe(response));
    const answer = await transport({ idleTimeout: 0.5 }).request({ method: "GET", url, stream: true });
    await new Promise((resolve) => setTimeout(resolve, 800));
    // Most of it has not even left the server.
    expect(source.readableEnded).toBe(false);
    expect((await buffer(answer.stream as Readable)).length).toBe(64 * mebibyte.length);
  });

  const begun = async (options = {}, signal?: AbortSignal) => {
    let server: (event: "stop") => void = () => {};
    const url = await web((_, response) => {
      response.writeHead(200, { "content-length": "1000000" }).write("first");
      server = () => response.destroy();
    });
    const { stream } = await transport(options).request({
      method: "GET",
      url: `${url}/f?token=geheim`,
      stream: true,
      signal,
    });
    return { stream: stream as Readable, stop: () => server("stop") };
  };

  test("fails with STALLED when the server falls silent", async () => {
    const { stream } = await begun({ idleTimeout: 0.05 });
    await expect(buffer(stream)).rejects.toMatchObject({ name: "GlanceError", code: "STALLED" });
  });

  test("fails with CONNECTION_LOST when the connection breaks, and tells the call", async () => {
    const { stream, stop } = await begun();
    stream.once("data", stop);
    await expect(buffer(stream)).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      message: expect.stringMatching(/while the answer was being received.*GET http.*token=\*\*\*, .*request id req-/),
    });
  });

  test("fails with ABORTED when it is cancelled", async () => {
    const stop = new AbortController();
    const { stream } = await begun({}, stop.signal);
    stop.abort();
    await expect(buffer(stream)).rejects.toMatchObject({ code: "ABORTED" });
  });

  test("fails where its reader can see it, even when head and failure come at once", async () => {
    const url = await raw((socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense"));
    const { stream } = await transport().request({ method: "GET", url, stream: true });
    await expect(buffer(stream as Readable)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("ends the connection when the reader leaves", async () => {
    let closed: Promise<unknown> | undefined;
    const url = await web((request, response) => {
      closed = once(request.socket, "close");
      response.write("first");
    });
    const { stream } = await transport().request({ method: "GET", url, stream: true });
    stream?.destroy();
    await closed;
  });
});

test("an answer that is not HTTP is told as such", async () => {
  const url = await raw((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
  expect(await failure(transport(), { method: "GET", url })).toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining("is not HTTP"),
  });
});
