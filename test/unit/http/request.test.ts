import type { IncomingHttpHeaders } from "node:http";
import { bodyOf, closeAll, failure, json, status, transport, web } from "./servers";

afterEach(closeAll);

async function headersSent(headers?: Record<string, string>): Promise<IncomingHttpHeaders> {
  const url = await web((request, response) => response.end(JSON.stringify(request.headers)));
  return (await transport().request({ method: "GET", url, ...(headers && { headers }) })).json();
}

describe("what is sent", () => {
  test("asks for JSON, names itself and its request", async () => {
    const headers = await headersSent();
    expect(headers.accept).toBe("application/json");
    expect(headers["user-agent"]).toMatch(/^pulumi-glance\/\d+\.\d+\.\d+/);
    expect(headers["x-openstack-request-id"]).toMatch(
      /^req-[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  test("lets the caller's headers win, however they are written", async () => {
    const headers = await headersSent({ ACCEPT: "application/octet-stream", "X-Auth-Token": "t" });
    expect(headers.accept).toBe("application/octet-stream");
    expect(headers["x-auth-token"]).toBe("t");
  });

  test("sends JSON with its type and length, or with the type the caller names", async () => {
    const seen: unknown[] = [];
    const url = await web(async (request, response) => {
      seen.push([request.headers["content-type"], request.headers["content-length"], String(await bodyOf(request))]);
      response.end("{}");
    });
    const http = transport();
    await http.request({ method: "POST", url, json: { name: "é" } });
    await http.request({ method: "PATCH", url, json: [], headers: { "Content-Type": "application/x-patch" } });
    expect(seen).toEqual([
      ["application/json", "13", '{"name":"é"}'],
      ["application/x-patch", "2", "[]"],
    ]);
  });

  test("sends no body with GET and DELETE", async () => {
    const url = await web((request, response) =>
      response.end(JSON.stringify([request.headers["content-length"], request.headers["transfer-encoding"]])),
    );
    for (const method of ["GET", "DELETE"] as const) {
      expect((await transport().request({ method, url })).json()).toEqual([null, null]);
    }
  });

  test("uses one connection again for requests in a row, and no more than it may at once", async () => {
    const ports = new Set<number | undefined>();
    const url = await web((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("{}");
    });
    const http = transport({ connections: 2 });
    await http.request({ method: "GET", url });
    await http.request({ method: "GET", url });
    expect(ports.size).toBe(1);
    await Promise.all(Array.from({ length: 10 }, () => http.request({ method: "GET", url })));
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe("what comes back", () => {
  test("gives status, headers in lower case with repeated ones joined, text and JSON", async () => {
    const url = await web((_, response) => {
      response.setHeader("X-Many", ["a", "b"]).setHeader("X-OpenStack-Request-Id", "req-theirs");
      response.writeHead(201).end('{"id":"é"}');
    });
    const answer = await transport().request({ method: "GET", url });
    expect(answer).toMatchObject({ status: 201, requestId: "req-theirs", text: '{"id":"é"}' });
    expect(answer.headers["x-many"]).toBe("a, b");
    expect(answer.json()).toEqual({ id: "é" });
    expect(answer.stream).toBeUndefined();
  });

  test("falls back to the request id that was sent", async () => {
    const sent: unknown[] = [];
    const url = await web((request, response) => {
      sent.push(request.headers["x-openstack-request-id"]);
      response.end();
    });
    expect((await transport().request({ method: "GET", url })).requestId).toBe(sent[0]);
  });

  test.each([
    ["a page", "<html>secret-page</html>"],
    ["cut short", '{"token":"secret-page'],
    ["empty", ""],
  ])("refuses an answer that is no JSON: %s", async (_, body) => {
    const url = await web(status(200, { "x-openstack-request-id": "req-1" }, body));
    const answer = await transport().request({ method: "GET", url: `${url}/v2/images` });
    expect(() => answer.json()).toThrow(
      expect.objectContaining({
        code: "BAD_RESPONSE",
        facts: expect.objectContaining({ method: "GET", url: `${url}/v2/images`, requestId: "req-1" }),
        message: expect.not.stringContaining("secret-page"),
      }),
    );
  });

  test("refuses an answer of more than 64 MiB", async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    const url = await web((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    });
    const error = await failure(transport(), { method: "GET", url });
    expect(error).toMatchObject({ code: "BAD_RESPONSE", message: expect.stringContaining("longer than 64 MiB") });
  });

  test("reads the answer of HEAD, which has no body", async () => {
    const url = await web((_, response) =>
      response.writeHead(200, { "content-length": "1000", "x-image-meta-name": "cirros" }).end(),
    );
    const answer = await transport().request({ method: "HEAD", url });
    expect(answer).toMatchObject({ status: 200, text: "", headers: { "x-image-meta-name": "cirros" } });
  });
});

describe("statuses that are no success", () => {
  test("tell the server's reason, the call and the request id", async () => {
    const reason = {
      message: "You are not authorized to complete this action.<br /><br />\n\n\n",
      code: "403 Forbidden",
      title: "Forbidden",
    };
    const url = await web(status(403, { "x-openstack-request-id": "req-9" }, JSON.stringify(reason)));
    const error = await failure(transport(), { method: "DELETE", url: `${url}/v2/images/1` });
    expect(error.message).toBe(
      `the server answered 403 Forbidden: You are not authorized to complete this action. (DELETE ${url}/v2/images/1, 403, request id req-9)`,
    );
    expect(error.facts).toMatchObject({
      code: "HTTP_STATUS",
      status: 403,
      reason: "You are not authorized to complete this action.",
      notSent: false,
    });
  });

  test("need no body", async () => {
    const url = await web(status(500));
    const error = await failure(transport(), { method: "POST", url, json: {} });
    expect(error.facts).toMatchObject({ message: "the server answered 500 Internal Server Error", reason: undefined });
  });

  test("are told even when their body breaks off", async () => {
    const url = await web((_, response) => {
      response.writeHead(409, { "content-length": "1000" }).write("it is in use");
      setImmediate(() => response.destroy());
    });
    expect(await failure(transport(), { method: "DELETE", url })).toMatchObject({ code: "HTTP_STATUS", status: 409 });
  });

  test("are told even when their body has no end", async () => {
    const url = await web((_, response) => {
      response.writeHead(400);
      const more = () => {
        while (!response.destroyed && response.write("no good. ".repeat(1000)));
      };
      response.on("drain", more);
      more();
    });
    const error = await failure(transport(), { method: "GET", url });
    expect(error.status).toBe(400);
    expect(error.message.length).toBeLessThan(1000);
  });

  test("are answers when the caller accepts them", async () => {
    const url = await web(status(300, {}, '{"versions":[]}'));
    const http = transport();
    expect((await http.request({ method: "GET", url, accept: [300] })).json()).toEqual({ versions: [] });
    expect((await failure(http, { method: "GET", url })).status).toBe(300);
  });

  test.each([301, 302, 307, 308])("are not followed: %i", async (code) => {
    const elsewhere = await web(() => {
      throw new Error("followed");
    });
    const url = await web(status(code, { location: `${elsewhere}/v2/?token=geheim` }));
    const error = await failure(transport(), { method: "GET", url });
    expect(error.status).toBe(code);
    expect(error.message).toContain(`leads to ${elsewhere}/v2/?token=***`);
  });
});

test.each(["not a url", "ftp://host/", "/v2/images"])("%s is no URL to ask", async (url) => {
  expect(await failure(transport(), { method: "GET", url })).toMatchObject({
    code: "CONFIG",
    facts: { notSent: true },
  });
});

test("a header that HTTP cannot carry is told without its value", async () => {
  const url = await web(json({}));
  const error = await failure(transport(), { method: "GET", url, headers: { "X-Auth-Token": "geheim\nx" } });
  expect(error).toMatchObject({ code: "CONFIG", facts: { notSent: true } });
  expect(error.message).toContain("x-auth-token");
  expect(error.message).not.toContain("geheim");
});

test("a number that makes no sense is refused when the transport is made", () => {
  expect(() => transport({ requestTimeout: Number.NaN })).toThrow(expect.objectContaining({ code: "CONFIG" }));
  expect(() => transport({ retries: 1.5 })).toThrow(/retries must be a whole number not below 0, and is 1.5/);
});
