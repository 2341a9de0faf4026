import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { bodyOf, closeAll, failure, inTurn, json, raw, status, transport, web } from "./servers";

afterEach(closeAll);

const silence = () => {};

describe("an ordinary request", () => {
  test("has a deadline, after which an idempotent one is tried again", async () => {
    const server = inTurn(silence, json("late"));
    const http = transport({ requestTimeout: 0.2 });
    expect((await http.request({ method: "GET", url: await web(server) })).json()).toBe("late");
  });

  test("that may have been handled ends at the deadline", async () => {
    const error = await failure(transport({ requestTimeout: 0.05 }), {
      method: "POST",
      url: await web(silence),
      json: {},
    });
    expect(error).toMatchObject({ code: "TIMEOUT", facts: { notSent: false } });
    expect(error.message).toMatch(/^no complete answer came within 0\.05 s\. \(POST http/);
  });

  test("has its deadline for the whole answer, though bytes keep coming", async () => {
    const url = await web((_, response) => {
      const timer = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(timer));
    });
    expect((await failure(transport({ requestTimeout: 0.1, retries: 0 }), { method: "GET", url })).code).toBe(
      "TIMEOUT",
    );
  });

  test.each(["GET", "POST"] as const)(
    "that was refused is told as refused, though the reason stops half way: %s",
    async (method) => {
      const server = inTurn((_, response) => {
        response.writeHead(403, { "content-length": "100" }).write("403 Forbidden\n\nYou may not");
      });
      const error = await failure(transport({ requestTimeout: 0.1, backoff: 60 }), { method, url: await web(server) });
      expect(error).toMatchObject({ code: "HTTP_STATUS", status: 403, facts: { reason: "You may not" } });
      expect(server.calls).toHaveLength(1);
    },
  );

  test("does not begin a further attempt beyond the overall deadline", async () => {
    const server = inTurn(silence);
    const http = transport({ requestTimeout: 0.02, overallTimeout: 0.5, retries: 1000, backoff: 0.001 });
    expect((await failure(http, { method: "GET", url: await web(server) })).code).toBe("TIMEOUT");
    expect(server.calls.length).toBeGreaterThan(1);
    expect(server.calls.length).toBeLessThan(30);
  });
});

describe("a transfer", () => {
  const bytes = (count: number, pause: number) =>
    Readable.from(
      (async function* () {
        for (let index = 0; index < count; index += 1) {
          yield Buffer.from("x");
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      })(),
    );

  test("may take longer than any deadline of a request while bytes go out", async () => {
    const url = await web(async (request, response) => response.end(await bodyOf(request)));
    const http = transport({ requestTimeout: 0.02, overallTimeout: 0.02, idleTimeout: 2 });
    expect((await http.request({ method: "PUT", url, body: { open: () => bytes(20, 10) } })).text).toBe("x".repeat(20));
  });

  test("ends when its source stalls", async () => {
    const source = new PassThrough();
    source.write("x");
    const url = await web((request) => request.resume());
    const error = await failure(transport({ idleTimeout: 0.05 }), { method: "PUT", url, body: { open: () => source } });
    expect(error).toMatchObject({ code: "STALLED", facts: { notSent: false } });
    expect(error.message).toContain("no byte moved for 0.05 s");
    expect(source.destroyed).toBe(true);
  });

  test("ends when the server reads no more", async () => {
    const endless = new Readable({ read: () => endless.push(Buffer.alloc(64 * 1024)) && undefined });
    const url = await raw((socket) => socket.pause());
    const error = await failure(transport({ idleTimeout: 0.1 }), { method: "PUT", url, body: { open: () => endless } });
    expect(error.code).toBe("STALLED");
    expect(endless.destroyed).toBe(true);
  });

  test("may be answered long after its last byte", async () => {
    const url = await web(async (request, response) => {
      await bodyOf(request);
      setTimeout(() => response.writeHead(204).end(), 600);
    });
    const http = transport({ idleTimeout: 0.3, answerTimeout: 5 });
    expect((await http.request({ method: "PUT", url, body: { open: () => bytes(2, 0) } })).status).toBe(204);
  });

  test("is not awaited for ever after its last byte", async () => {
    const url = await web((request) => request.resume());
    const error = await failure(transport({ answerTimeout: 0.05 }), {
      method: "PUT",
      url,
      body: { open: () => bytes(2, 0) },
    });
    expect(error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("after the last byte was sent") });
  });

  test("has the idle limit again once the answer began", async () => {
    const url = await web(async (request, response) => {
      await bodyOf(request);
      response.write("{");
    });
    const http = transport({ idleTimeout: 0.05, answerTimeout: 60 });
    expect((await failure(http, { method: "PUT", url, body: { open: () => bytes(1, 0) } })).code).toBe("STALLED");
  });

  test("that was refused is told as refused, though the reason stops half way", async () => {
    const url = await web(async (request, response) => {
      await bodyOf(request);
      response.writeHead(413, { "content-length": "100" }).write("413 Too Large\n\nno room");
    });
    const error = await failure(transport({ idleTimeout: 0.1 }), {
      method: "PUT",
      url,
      body: { open: () => bytes(1, 0) },
    });
    expect(error).toMatchObject({ code: "HTTP_STATUS", status: 413 });
  });

  test("whose answer does not begin stalls, too", async () => {
    expect(
      (await failure(transport({ idleTimeout: 0.05 }), { method: "GET", url: await web(silence), stream: true })).code,
    ).toBe("STALLED");
  });

  test("does not keep ordinary requests waiting for a connection", async () => {
    const source = new PassThrough();
    source.write("x");
    const url = await web((request, response) =>
      request.method === "GET" ? response.end('"served"') : request.resume(),
    );
    const http = transport({ connections: 1 });
    const upload = failure(http, { method: "PUT", url, body: { open: () => source } });
    expect((await http.request({ method: "GET", url })).json()).toBe("served");
    source.destroy(new Error("enough"));
    expect((await upload).code).toBe("SOURCE");
  });
});

describe("cancelling", () => {
  const cancelled = { code: "ABORTED", message: expect.stringContaining("the operation was cancelled") };

  test("before the request sends nothing", async () => {
    const server = inTurn(json({}));
    const error = await failure(transport(), {
      method: "POST",
      url: await web(server),
      json: {},
      signal: AbortSignal.abort(),
    });
    expect(error).toMatchObject({ ...cancelled, facts: { notSent: true, method: "POST" } });
    expect(server.calls).toHaveLength(0);
  });

  test("ends a request that waits for its answer, and its connection", async () => {
    const stop = new AbortController();
    let closed: Promise<unknown> | undefined;
    const url = await web((request) => {
      closed = once(request.socket, "close");
      stop.abort();
    });
    const error = await failure(transport(), { method: "GET", url, signal: stop.signal });
    expect(error).toMatchObject({ ...cancelled, facts: { notSent: false } });
    await closed;
  });

  test("ends a pause between attempts", async () => {
    const stop = new AbortController();
    const url = await web(
      inTurn((_, response) => {
        response.writeHead(503).end();
        response.on("close", () => setTimeout(() => stop.abort(), 20));
      }),
    );
    expect(await failure(transport({ backoff: 60 }), { method: "GET", url, signal: stop.signal })).toMatchObject(
      cancelled,
    );
  });

  test("ends the opening of a body, and closes it when it opens after all", async () => {
    const stop = new AbortController();
    const late = new PassThrough();
    let opened: (stream: Readable) => void = () => {};
    const open = () => {
      stop.abort();
      return new Promise<Readable>((resolve) => {
        opened = resolve;
      });
    };
    const url = await web(json({}));
    const error = await failure(transport(), { method: "PUT", url, body: { open }, signal: stop.signal });
    expect(error).toMatchObject({ ...cancelled, facts: { notSent: true } });
    opened(late);
    await once(late, "close");
  });

  test("ends a transfer and closes its source", async () => {
    const stop = new AbortController();
    const source = new PassThrough();
    source.write("x");
    const url = await web((request) => request.once("data", () => stop.abort()));
    expect(
      await failure(transport(), { method: "PUT", url, body: { open: () => source }, signal: stop.signal }),
    ).toMatchObject(cancelled);
    expect(source.destroyed).toBe(true);
  });

  test("ends requests that wait for a free connection", async () => {
    const stop = new AbortController();
    const url = await web(silence);
    const http = transport({ connections: 1 });
    const running = failure(http, { method: "GET", url });
    const waiting = failure(http, { method: "GET", url, signal: stop.signal });
    stop.abort();
    expect(await waiting).toMatchObject({ ...cancelled, facts: { notSent: true } });
    await http.close();
    expect((await running).code).toBe("ABORTED");
  });

  test("leaves nothing behind on a signal that lives on", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...all: Parameters<typeof add>) => {
      listeners += 1;
      add(...all);
    };
    signal.removeEventListener = (...all: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...all);
    };
    const http = transport({ retries: 0 });
    await http.request({ method: "GET", url: await web(json({})), signal });
    await failure(http, { method: "GET", url: await web(status(500)), signal });
    const { stream } = await http.request({ method: "GET", url: await web(json({})), signal, stream: true });
    expect(listeners).toBe(1);
    await once(stream?.resume() as Readable, "close");
    expect(listeners).toBe(0);
  });
});

describe("closing", () => {
  test("ends what is under way and refuses what comes after", async () => {
    const http = transport();
    const url = await web(silence);
    const running = failure(http, { method: "GET", url });
    await http.close();
    expect((await running).code).toBe("ABORTED");
    expect((await failure(http, { method: "GET", url })).code).toBe("ABORTED");
  });

  test("may be done twice", async () => {
    const http = transport();
    await http.close();
    await http.close();
  });
});

test("connecting has a limit of its own", async () => {
  // A listener whose queue is full would be needed to see it pass; a proxy that never answers CONNECT waits on the same limit.
  const proxy = await raw(silence);
  const http = transport({ env: { HTTPS_PROXY: proxy }, connectTimeout: 0.1, retries: 0 });
  const error = await failure(http, {
    method: "PUT",
    url: "https://glance.example/",
    body: { open: () => Readable.from(["x"]) },
  });
  expect(error).toMatchObject({ code: "CONNECT", facts: { notSent: true } });
});

test("an idle transport does not keep the process alive", async () => {
  const url = await web(json({}));
  const client = join(__dirname, "../../../provider/http/client");
  const script = `
    const { createHttp } = require(${JSON.stringify(client)});
    const http = createHttp({ env: {} });
    http.request({ method: "GET", url: ${JSON.stringify(url)} }).then(() => http.request({ method: "GET", url: ${JSON.stringify(url)}, stream: true }))
      .then(({ stream }) => stream.resume().once("end", () => process.stdout.write("done")));`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  const [code] = await once(child, "exit");
  expect([code, String(Buffer.concat(output))]).toEqual([0, "done"]);
});
