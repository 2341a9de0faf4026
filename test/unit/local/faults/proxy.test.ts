import { once } from "node:events";
import { Agent, type IncomingMessage, type RequestListener, request, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type FaultProxy, startFaultProxy } from "../../../../provider/local/faults/proxy";
import { closeAll, web } from "../../http/servers";

/** What a test started, beside servers. */
const opened = new Set<{ close(): unknown }>();

afterEach(async () => {
  for (const one of opened) await one.close();
  opened.clear();
  await closeAll();
});

/** A proxy in front of a server, both for one test. */
async function before(answer: RequestListener, path = ""): Promise<FaultProxy> {
  const proxy = await startFaultProxy({ upstream: (await web(answer)) + path });
  opened.add(proxy);
  return proxy;
}

const statuses = async (proxy: FaultProxy, times: number) => {
  const found: number[] = [];
  for (let time = 0; time < times; time++) found.push((await fetch(`${proxy.url}/`)).status);
  return found;
};

const ok: RequestListener = (_request, response) => response.end("ok");

describe("a proxy without a fault", () => {
  it("passes heads on as they come, both ways", async () => {
    const utf8 = Buffer.from("grün ✓").toString("latin1");
    const sent = [
      ["HOST", "cloud:9292"],
      ["X-Bytes", utf8],
      ["X-Case", "a"],
      ["x-case", "b"],
      ["Content-Length", "4"],
    ];
    const answered = [
      ["X-Bytes", utf8],
      ["X-Twice", "1"],
      ["x-twice", "2"],
      ["Content-Length", "2"],
    ];
    const last = ["Connection", "close"];
    let arrived: IncomingMessage | undefined;
    const proxy = await before((incoming, response) => {
      arrived = incoming;
      response.sendDate = false;
      response.writeHead(299, "Quite Well", [...answered, last].flat()).end(Buffer.from("ok"));
    });
    const headers = [...sent, last].flat();
    const asked = request(`${proxy.url}/v2/images?name=a%20b&limit=1`, { method: "PATCH", headers });
    asked.end(Buffer.from("body"));
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    expect(await text(answer)).toBe("ok");
    expect(arrived).toMatchObject({ method: "PATCH", url: "/v2/images?name=a%20b&limit=1", rawHeaders: headers });
    expect(answer).toMatchObject({
      statusCode: 299,
      statusMessage: "Quite Well",
      rawHeaders: [...answered, last].flat(),
    });
    expect(proxy.seen).toEqual([{ method: "PATCH", path: "/v2/images", status: 299, serverStatus: 299, bytes: 4 }]);
  });

  it("puts the path of its server before that of the request", async () => {
    const proxy = await before((incoming, response) => response.end(incoming.url), "/image/");
    expect(await (await fetch(`${proxy.url}/v2/images?a=b`)).text()).toBe("/image/v2/images?a=b");
  });

  it("keeps the connections to both sides", async () => {
    const ports = new Set<number | undefined>();
    const proxy = await before((incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end("ok");
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    opened.add({ close: () => agent.destroy() });
    const own = new Set<number | undefined>();
    for (let time = 0; time < 3; time++) {
      const asked = request(proxy.url, { agent }).end();
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      own.add(answer.socket.localPort);
      await text(answer);
    }
    expect([own.size, ports.size]).toEqual([1, 1]);
  });

  it("passes an answer on that comes before the request is over, and takes the rest of the request", async () => {
    const proxy = await before((incoming, response) => {
      response.writeHead(413).end("too much", () => incoming.socket.destroy());
    });
    const asked = request(proxy.url, { method: "PUT" });
    asked.write("begin");
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    expect([answer.statusCode, await text(answer)]).toEqual([413, "too much"]);
    asked.end(Buffer.alloc(8 * 1024 * 1024));
    await once(asked, "close");
    expect(asked.writableFinished).toBe(true);
  });

  it.each(["PUT", "GET"])("passes on that the client breaks %s off", async (method) => {
    let arrive = (_response: ServerResponse) => {};
    const arrived = new Promise<ServerResponse>((resolve) => {
      arrive = resolve;
    });
    const proxy = await before((_incoming, response) => arrive(response));
    const asked = request(proxy.url, { method });
    asked.on("error", () => {});
    if (method === "PUT") asked.write("begin");
    else asked.end();
    const broken = once(await arrived, "close");
    asked.destroy();
    await broken;
    expect(proxy.seen).toMatchObject([{ method, status: undefined, serverStatus: undefined }]);
  });

  it("passes on that the server breaks off", async () => {
    const proxy = await before((_incoming, response) => {
      response.writeHead(200, { "content-length": 10 }).write("half", () => response.destroy());
    });
    await expect((await fetch(proxy.url)).text()).rejects.toThrow("terminated");
  });

  it("says 502 and why where its server is not there", async () => {
    const proxy = await before(ok);
    await closeAll();
    const answer = await fetch(proxy.url);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toMatch(/^The fault proxy got no answer from its server: .*ECONNREFUSED/);
  });

  it.each(["", "cloud.example", "ftp://cloud.example"])("refuses %j as its server", async (upstream) => {
    await expect(startFaultProxy({ upstream })).rejects.toThrow(`"${upstream}" is no http or https address.`);
  });
});

describe("rules", () => {
  it("strike from the nth matching request on, so many times", async () => {
    const proxy = await before(ok);
    const [rule] = proxy.inject({ when: "before", fault: { kind: "answer", status: 500 }, nth: 2, times: 2 });
    expect(await statuses(proxy, 5)).toEqual([200, 500, 500, 200, 200]);
    expect(rule.struck).toBe(2);
    expect(proxy.seen.map(({ fault }) => fault)).toEqual([undefined, "answer", "answer", undefined, undefined]);
  });

  it("count from their injection, and each counts what another one strikes", async () => {
    const proxy = await before(ok);
    await statuses(proxy, 2);
    proxy.inject(
      { when: "before", fault: { kind: "answer", status: 401 } },
      { when: "before", fault: { kind: "answer", status: 500 }, times: 2 },
    );
    expect(await statuses(proxy, 3)).toEqual([401, 500, 200]);
  });

  it("strike only what they name", async () => {
    const proxy = await before(ok);
    proxy.inject({ method: "PUT", path: "/v2/images/*/file", when: "before", fault: { kind: "answer", status: 500 } });
    const status = async (method: string, path: string) => (await fetch(proxy.url + path, { method })).status;
    expect(await status("GET", "/v2/images/7/file")).toBe(200);
    expect(await status("PUT", "/v2/images/7")).toBe(200);
    expect(await status("PUT", "/image/v2/images/7/file?x=/")).toBe(500);
  });

  it("strike until they are cleared, and what was seen stays until it is forgotten", async () => {
    const proxy = await before(ok);
    proxy.inject({ when: "after", fault: { kind: "answer", status: 503 }, times: Infinity });
    expect(await statuses(proxy, 3)).toEqual([503, 503, 503]);
    proxy.clear();
    expect(await statuses(proxy, 1)).toEqual([200]);
    expect(proxy.seen.map(({ serverStatus }) => serverStatus)).toEqual([200, 200, 200, 200]);
    proxy.forget();
    expect(proxy.seen).toEqual([]);
  });

  it("let go what they hold, and hold the next one", async () => {
    const proxy = await before(ok);
    const [rule] = proxy.inject({ path: "/held", when: "before", fault: { kind: "hold" }, times: 2 });
    for (const struck of [1, 2]) {
      const answered = fetch(`${proxy.url}/held`);
      while (rule.struck < struck) await new Promise(setImmediate);
      expect(await statuses(proxy, 1)).toEqual([200]);
      expect(proxy.seen.findLast(({ path }) => path === "/held")).toMatchObject({ status: undefined });
      rule.release();
      expect((await answered).status).toBe(200);
    }
  });

  it("hold nobody when the proxy closes", async () => {
    const proxy = await before(ok);
    const [rule] = proxy.inject({ when: "after", fault: { kind: "hold" } });
    const failed = expect(fetch(proxy.url)).rejects.toThrow("fetch failed");
    await rule.reached;
    await proxy.close();
    opened.delete(proxy);
    await failed;
  });
});

describe("what the server notices", () => {
  it("of an upload that is cut: exactly half of it arrives", async () => {
    const arrived: Buffer[] = [];
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const proxy = await before((incoming) => {
      incoming.on("data", (chunk) => arrived.push(chunk)).on("error", end);
    });
    proxy.inject({ when: "before", fault: { kind: "cut" } });
    await expect(fetch(proxy.url, { method: "PUT", body: "0123456789" })).rejects.toThrow("fetch failed");
    await ended;
    expect(Buffer.concat(arrived).toString()).toBe("01234");
  });

  it("of an answer that is truncated: nobody wants the rest", async () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const proxy = await before((_incoming, response) => {
      response.on("close", end).writeHead(200, { "content-length": 10 }).write("012345");
    });
    proxy.inject({ when: "after", fault: { kind: "truncatedJson" } });
    expect(await (await fetch(proxy.url)).text()).toBe("01234");
    await ended;
  });
});

it("spoils the answer to HEAD before its head, since it has no body", async () => {
  const proxy = await before((_incoming, response) => response.writeHead(200, { "content-length": 10 }).end());
  const [rule] = proxy.inject({ when: "after", fault: { kind: "wrongLength" } });
  await expect(fetch(proxy.url, { method: "HEAD" })).rejects.toThrow("fetch failed");
  expect(rule.struck).toBe(1);
});

it("tells no status to a client that left while it was held", async () => {
  const proxy = await before(ok);
  const [rule] = proxy.inject({ when: "after", fault: { kind: "hold" } });
  const control = new AbortController();
  const failed = expect(fetch(proxy.url, { signal: control.signal })).rejects.toThrow("aborted");
  await rule.reached;
  control.abort();
  await failed;
  rule.release();
  expect(await statuses(proxy, 1)).toEqual([200]);
  expect(proxy.seen[0]).toMatchObject({ status: undefined, serverStatus: 200, fault: "hold" });
});
