import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { readProxies } from "../../../provider/http/proxy";
import { bodyOf, closeAll, failure, json, pem, proxy, raw, secureWeb, transport, web } from "./servers";

afterEach(closeAll);

const trusted = { cacertFile: pem("ca.pem") };

describe("a server's certificate", () => {
  test("is accepted from the authority in cacertFile", async () => {
    const url = await secureWeb(json("safe"));
    expect((await transport(trusted).request({ method: "GET", url })).json()).toBe("safe");
  });

  test.each([
    ["an unknown authority", "server", {}],
    ["another host", "elsewhere", trusted],
  ])("of %s is refused, not retried, and explained", async (_, name, options) => {
    const url = await secureWeb(json({}), name);
    const error = await failure(transport({ ...options, backoff: 60 }), { method: "GET", url });
    expect(error).toMatchObject({
      code: "TLS",
      facts: { notSent: true, hint: expect.stringMatching(/cacertFile .*insecure/) },
    });
    expect(error.message).toMatch(/^no secure connection to 127\.0\.0\.1:\d+: /);
    expect(inspect(error, { depth: 9 })).not.toContain("raw:");
  });

  test("is not looked at when insecure is set", async () => {
    const url = await secureWeb(json("anything"), "elsewhere");
    expect((await transport({ insecure: true }).request({ method: "GET", url })).json()).toBe("anything");
  });

  test("that is not there at all is explained", async () => {
    const url = (await web(json({}))).replace("http:", "https:");
    const error = await failure(transport(trusted), { method: "GET", url });
    expect(error).toMatchObject({
      code: "TLS",
      facts: { hint: expect.stringContaining("may need http instead of https") },
    });
  });

  test("is not expected by http on a port of https", async () => {
    const url = await raw((socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])));
    const error = await failure(transport(), { method: "GET", url });
    expect(error).toMatchObject({
      code: "BAD_RESPONSE",
      facts: { hint: expect.stringContaining("https instead of http") },
    });
  });
});

describe("a client certificate", () => {
  const demanding = { ca: readFileSync(pem("ca.pem")), requestCert: true, rejectUnauthorized: true };

  test("is shown when it is configured", async () => {
    const url = await secureWeb(
      (request, response) => response.end(JSON.stringify("authorized" in request.socket && request.socket.authorized)),
      "server",
      demanding,
    );
    const http = transport({ ...trusted, certFile: pem("client.pem"), keyFile: pem("client.key") });
    expect((await http.request({ method: "GET", url })).json()).toBe(true);
  });
});

describe("a PEM file that cannot be used is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "pem-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

  test.each([
    ["cacertFile", { cacertFile: join(folder, "none.pem") }, "none.pem cannot be used: there is no such file"],
    ["cacertFile", { cacertFile: folder }, "it is a directory"],
    ["cacertFile", { cacertFile: file("text.pem", "hello") }, "text.pem cannot be used: it holds no certificate"],
    ["cacertFile", { cacertFile: file("damaged.pem", damaged) }, "a certificate in it is damaged"],
    ["certFile", { certFile: join(folder, "none.pem"), keyFile: pem("client.key") }, "there is no such file"],
    ["certFile", { certFile: pem("client.pem") }, "client.pem cannot be used: it holds no usable private key"],
    [
      "keyFile",
      { certFile: pem("client.pem"), keyFile: file("key.pem", "hello") },
      "key.pem cannot be used: it holds no usable private key",
    ],
    ["keyFile", { certFile: pem("client.pem"), keyFile: pem("server.key") }, "does not belong to the certificate"],
    ["keyFile", { keyFile: pem("client.key") }, "certFile with its certificate is not"],
  ])("%s %p", (option, options, why) => {
    expect(() => transport(options)).toThrow(
      expect.objectContaining({ code: "CONFIG", message: expect.stringMatching(new RegExp(`^${option}.*`)) }),
    );
    expect(() => transport(options)).toThrow(why);
  });
});

describe("a proxy", () => {
  test.each(["HTTPS_PROXY", "https_proxy"])(
    "from %s carries https through a tunnel, with the server's certificate checked",
    async (name) => {
      const { url: proxyUrl, seen } = await proxy();
      const url = await secureWeb(async (request, response) => response.end(await bodyOf(request)));
      const env = { [name]: proxyUrl };
      const answer = await transport({ ...trusted, env }).request({ method: "POST", url, json: "through" });
      expect(answer.json()).toBe("through");
      expect(seen).toEqual([`CONNECT ${new URL(url).host}`]);
      expect((await failure(transport({ env }), { method: "GET", url })).code).toBe("TLS");
      expect((await transport({ env, insecure: true }).request({ method: "GET", url })).status).toBe(200);
    },
  );

  test.each(["HTTP_PROXY", "http_proxy"])("from %s is asked for http URLs", async (name) => {
    const { url: proxyUrl, seen } = await proxy();
    const answer = await transport({ env: { [name]: proxyUrl } }).request({
      method: "GET",
      url: "http://glance.example/v2?a=1",
    });
    expect(answer.json()).toBe("forwarded");
    expect(seen).toEqual(["GET http://glance.example/v2?a=1"]);
  });

  test("gets user and password of its URL, and the server does not", async () => {
    const { url: proxyUrl, seen } = await proxy();
    const url = await secureWeb((request, response) =>
      response.end(JSON.stringify(request.headers["proxy-authorization"] ?? "none")),
    );
    const env = { HTTPS_PROXY: proxyUrl.replace("//", "//user:p%40ss@") };
    expect((await transport({ ...trusted, env }).request({ method: "GET", url })).json()).toBe("none");
    expect(seen[0]).toContain(`Basic ${Buffer.from("user:p@ss").toString("base64")}`);
  });

  test("may be written without a scheme", async () => {
    const { url: proxyUrl, seen } = await proxy();
    await transport({ env: { http_proxy: proxyUrl.replace("http://", "") } }).request({
      method: "GET",
      url: "http://a.example/",
    });
    expect(seen).toHaveLength(1);
  });

  test.each([
    [{ NO_PROXY: "127.0.0.1" }, 0],
    [{ no_proxy: "example.org,127.0.0.1", NO_PROXY: "" }, 0],
    [{ NO_PROXY: "*" }, 0],
    [{ NO_PROXY: "example.org" }, 1],
    [{ NO_PROXY: "example.org, 127.0.0.0/8" }, 0],
    [{ NO_PROXY: "127.0.0.0/33,10.0.0.0/8,::/0,localhost/8" }, 1],
    [{ no_proxy: "", NO_PROXY: "127.0.0.1" }, 1],
    [{ http_proxy: "" }, 0],
  ])("is used or not as the variables say: %p", async (env, uses) => {
    const { url: proxyUrl, seen } = await proxy();
    const url = await web(json({}));
    await transport({ env: { HTTP_PROXY: proxyUrl, ...env } }).request({ method: "GET", url });
    expect(seen).toHaveLength(uses);
  });

  test.each([
    ["http://[fd00::1]:9292/", "fd00::/8", true],
    ["http://[fd00::1]:9292/", "[fd00::]/8", true],
    ["http://[fe80::1]/", "fd00::/8", false],
    ["http://10.1.2.3/", "10.0.0.0/8", true],
    ["http://10.1.2.3/", "10.1.2.3/32", true],
    ["http://10.1.2.3/", "0.0.0.0/0", true],
    ["http://10.1.2.3/", "10.1.2.4/31", false],
    ["http://10.example/", "10.0.0.0/8", false],
  ])("for %s is left out by %s: %p", (url, noProxy, isLeftOut) => {
    expect(readProxies({ NO_PROXY: noProxy }).isInNoProxyNetwork(new URL(url))).toBe(isLeftOut);
  });

  test("for http is not used for https", async () => {
    const { url: proxyUrl, seen } = await proxy();
    const url = await secureWeb(json({}));
    await transport({ ...trusted, env: { HTTP_PROXY: proxyUrl } }).request({ method: "GET", url });
    expect(seen).toEqual([]);
  });

  test.each([
    [407, "CONFIG", "user and password"],
    [403, "CONFIG", "NO_PROXY"],
    [502, "CONNECT", "the proxy answered 502"],
  ])("that refuses with %i is told as %s", async (code, word, text) => {
    const { url } = await proxy(code);
    const env = { HTTPS_PROXY: url.replace("//", "//user:geheim@") };
    const error = await failure(transport({ env, retries: 0 }), { method: "GET", url: "https://glance.example/" });
    expect(error).toMatchObject({ code: word, message: expect.stringContaining(text), facts: { notSent: true } });
    expect(inspect(error, { depth: 9 })).not.toContain("geheim");
  });

  test("that wants to know the user before it forwards is told as such", async () => {
    const { url } = await proxy(407);
    const error = await failure(transport({ env: { HTTP_PROXY: url } }), {
      method: "GET",
      url: "http://glance.example/",
    });
    expect(error).toMatchObject({ code: "CONFIG", facts: { hint: expect.stringContaining("user and password") } });
  });

  test.each(["http://user:geheim@", "ftp://user:geheim@proxy/"])(
    "that is no proxy's URL is refused by name: %s",
    (value) => {
      expect(() => transport({ env: { HTTPS_PROXY: value } })).toThrow(
        expect.objectContaining({
          code: "CONFIG",
          message: expect.stringMatching(/^HTTPS_PROXY is not the URL of a proxy(?!.*geheim)/),
        }),
      );
    },
  );
});

describe("secrets", () => {
  test("are in no error after a server that repeats the URL of an import, or writes the password in its own way", async () => {
    const password = 'geheim"pass\\word';
    const uri = "https://me:geheim@h/x?X-Amz-Signature=geheim";
    const url = await web((_, response) => {
      const message = `URI for web-download does not pass filtering: ${uri} (${password})`;
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ message }));
    });
    const error = await failure(transport(), {
      method: "POST",
      url,
      json: { method: { name: "web-download", uri }, password },
    });
    expect(error.facts.reason).toBe(
      "URI for web-download does not pass filtering: https://h/x?X-Amz-Signature=*** (***)",
    );
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("geheim");
  });

  test("that the caller names, and tokens without their scheme, are hidden before a long reason is cut", async () => {
    const [token, mine] = ["geheim-token".repeat(75), "geheim-mine".repeat(80)];
    const url = await web((request, response) => {
      const words = String(request.headers["x-which"] === "token" ? token : mine);
      response.writeHead(403).end(`${"x".repeat(500)} ${words} has expired`);
    });
    for (const which of ["token", "mine"]) {
      const headers = { authorization: `Bearer ${token}`, "x-which": which };
      const error = await failure(transport(), { method: "GET", url, headers, secrets: [mine] });
      expect(error.facts.reason).toBe(`${"x".repeat(500)} *** has expired`);
    }
  });

  const secret = "gAAAAA-geheim";
  const call = {
    method: "POST",
    headers: { "X-Auth-Token": secret, Authorization: `Basic ${secret}` },
    json: {
      auth: {
        identity: { password: { user: { name: "demo", password: "pass-geheim" } }, token: { id: "token-geheim" } },
      },
    },
  } as const;

  test.each([
    [
      "a server that echoes them",
      async () =>
        web(async (request, response) => {
          response
            .writeHead(400)
            .end(`bad: ${request.headers["x-auth-token"]} ${request.headers.authorization} ${await bodyOf(request)}`);
        }),
    ],
    ["a connection that breaks", async () => raw((socket) => socket.once("data", () => socket.destroy()))],
    ["a server that is not HTTP", async () => raw((socket) => socket.once("data", (chunk) => socket.end(chunk)))],
  ])("are in no error after %s", async (_, start) => {
    const url = (await start()).replace("//", "//user:user-geheim@");
    const error = await failure(transport(), { ...call, url: `${url}/v3?X-Amz-Signature=query-geheim` });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("geheim");
    expect(JSON.stringify(error)).not.toContain("geheim");
    expect(error.facts.url).toBe(`${url.replace("user:user-geheim@", "")}/v3?X-Amz-Signature=***`);
  });
});
