import { Readable } from "node:stream";
import { bodyOf, closeAll, closedPort, failure, inTurn, json, raw, status, transport, web } from "./servers";

afterEach(closeAll);

test("an idempotent request outlives a gateway in trouble, under a new request id each time", async () => {
  const server = inTurn(status(502), status(504), status(503), json("well"));
  const url = await web(server);
  expect((await transport().request({ method: "GET", url })).json()).toBe("well");
  expect(new Set(server.calls.map(({ headers }) => headers["x-openstack-request-id"])).size).toBe(4);
});

test("the last failure is told with the number of attempts", async () => {
  const server = inTurn(status(503, {}, "busy"));
  const error = await failure(transport({ retries: 2 }), { method: "GET", url: await web(server) });
  expect(error.facts.message).toBe("the server answered 503 Service Unavailable: busy (after 3 attempts)");
  expect(server.calls).toHaveLength(3);
});

test("a POST is not sent again when it may have been handled, and is when the caller says that it may be", async () => {
  // A gateway says when to come back, and cannot know what became of the request.
  const server = inTurn(status(503, { "retry-after": "0" }), json("again"));
  const url = await web(server);
  const error = await failure(transport(), { method: "POST", url, json: {} });
  expect(error).toMatchObject({ status: 503, facts: { notSent: false } });
  expect(server.calls).toHaveLength(1);

  const patient = inTurn(status(503), json("again"));
  const answer = await transport().request({ method: "POST", url: await web(patient), json: {}, idempotent: true });
  expect(answer.json()).toBe("again");
});

test("a POST that was turned away by a rate limit is sent again, with the same JSON", async () => {
  const bodies: string[] = [];
  const server = inTurn(
    async (request, response) => {
      bodies.push(String(await bodyOf(request)));
      response.writeHead(429, { "retry-after": "0" }).end();
    },
    async (request, response) => {
      bodies.push(String(await bodyOf(request)));
      response.end('"done"');
    },
  );
  const answer = await transport().request({ method: "POST", url: await web(server), json: { a: 1 } });
  expect(answer.json()).toBe("done");
  expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
});

test("a Retry-After beyond the time that is left ends the call at once", async () => {
  const server = inTurn(status(429, { "retry-after": "3600" }));
  const error = await failure(transport(), { method: "GET", url: await web(server) });
  expect(error).toMatchObject({ status: 429, facts: { retryAfter: 3600, notSent: true } });
  expect(server.calls).toHaveLength(1);
});

describe("a connection that breaks before the answer", () => {
  const breaking = () => {
    let connections = 0;
    const url = raw((socket) => {
      connections += 1;
      socket.once("data", () => {
        if (connections === 1) socket.resetAndDestroy();
        else socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
      });
    });
    return { url, count: () => connections };
  };

  test("is made again for a GET", async () => {
    const { url } = breaking();
    expect((await transport().request({ method: "GET", url: await url })).json()).toEqual({});
  });

  test("ends a POST, which may have arrived", async () => {
    const { url, count } = breaking();
    const error = await failure(transport(), { method: "POST", url: await url, json: {} });
    expect(error).toMatchObject({ code: "CONNECTION_LOST", facts: { notSent: false } });
    expect(count()).toBe(1);
  });
});

test("an answer that is cut short is asked for again", async () => {
  const server = inTurn((_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("{");
    setImmediate(() => response.destroy());
  }, json("whole"));
  const url = await web(server);
  expect((await transport().request({ method: "GET", url })).json()).toBe("whole");
  expect(
    await failure(transport({ retries: 0 }), {
      method: "GET",
      url: await web(
        inTurn((_, response) => {
          response.writeHead(200, { "content-length": "100" }).write("{");
          setImmediate(() => response.destroy());
        }),
      ),
    }),
  ).toMatchObject({ code: "CONNECTION_LOST" });
});

describe("a port where nothing listens", () => {
  test("is tried again with any method, and then told with what to check", async () => {
    const url = `http://127.0.0.1:${await closedPort()}/v3`;
    const error = await failure(transport({ retries: 1 }), { method: "POST", url, json: {} });
    expect(error).toMatchObject({ code: "CONNECT", facts: { notSent: true, method: "POST", url } });
    expect(error.message).toMatch(
      /^no connection to 127\.0\.0\.1:\d+: connection refused .* \(after 2 attempts\)\. Check the URL/,
    );
  });

  test("of a host with several addresses is told like any other", async () => {
    const url = `http://localhost:${await closedPort()}`;
    const error = await failure(transport({ retries: 0 }), { method: "GET", url });
    expect(error.message).toMatch(/^no connection to localhost:\d+: connection refused \(connect ECONNREFUSED /);
  });

  test("opens a body anew for each attempt, since none of it was read", async () => {
    const streams: Readable[] = [];
    const open = () => {
      streams.push(Readable.from(["bytes"]));
      return streams.at(-1) as Readable;
    };
    const url = `http://127.0.0.1:${await closedPort()}`;
    await failure(transport({ retries: 2 }), { method: "PUT", url, body: { open } });
    expect(streams).toHaveLength(3);
    expect(streams.every(({ destroyed, readableDidRead }) => destroyed && !readableDidRead)).toBe(true);
  });
});

test("a host name that does not exist is told at once", async () => {
  const http = transport({ backoff: 60, overallTimeout: 10 });
  const error = await failure(http, { method: "GET", url: "http://nowhere.invalid/" });
  expect(error).toMatchObject({ code: "CONNECT", facts: { notSent: true } });
  expect(error.message).toMatch(/^no connection to nowhere\.invalid: the host name (?!.*attempts)/);
});

test.each([429, 503])("a body of which a byte was read is never sent twice: %i", async (code) => {
  const server = inTurn(async (request, response) => {
    await bodyOf(request);
    response.writeHead(code, { "retry-after": "0" }).end();
  });
  let opened = 0;
  const open = () => {
    opened += 1;
    return Readable.from(["bytes"]);
  };
  const error = await failure(transport(), { method: "PUT", url: await web(server), body: { open }, idempotent: true });
  expect(error.status).toBe(code);
  expect(opened).toBe(1);
});

test("whether an earlier attempt may have arrived is not forgotten", async () => {
  const limited = status(429, { "retry-after": "0" });
  const http = transport({ retries: 1 });
  const sure = await failure(http, { method: "DELETE", url: await web(inTurn(limited, limited)) });
  expect(sure).toMatchObject({ status: 429, facts: { notSent: true } });
  const unsure = await failure(http, { method: "DELETE", url: await web(inTurn(status(503), limited)) });
  expect(unsure).toMatchObject({ status: 429, facts: { notSent: false } });
});
