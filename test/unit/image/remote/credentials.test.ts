import fc from "fast-check";
import { credentialFaults } from "../../../../provider/image/remote/credentialFaults";
import type { SourceCredentials } from "../../../../provider/image/remote/types";
import { closeAll, pem, secureWeb, status, web } from "../../http/servers";
import { failureOf, quick, read } from "./reading";

afterEach(closeAll);

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("a server is told who asks", () => {
  const withUser = (url: string) => url.replace("//", "//r%C3%B6bot:p%40ss@");
  const asIs = (url: string) => url;

  test.each<[string, (url: string) => string, SourceCredentials | undefined, string | undefined]>([
    ["nothing without credentials", asIs, undefined, undefined],
    ["user name and password", asIs, { userName: "me", password: "pass:wörd" }, basic("me:pass:wörd")],
    ["a user name alone", asIs, { userName: "me" }, basic("me:")],
    ["a token", asIs, { token: "abc.def" }, "Bearer abc.def"],
    ["a header of its own", asIs, { headers: { Authorization: "Special x" } }, "Special x"],
    ["the user info of the URL", withUser, undefined, basic("röbot:p@ss")],
    ["the user info of the URL beside other headers", withUser, { headers: { "X-Key": "k" } }, basic("röbot:p@ss")],
    ["what is declared rather than user info", withUser, { token: "abc" }, "Bearer abc"],
  ])("%s", async (_name, written, credentials, authorization) => {
    const seen: unknown[] = [];
    const server = await web(({ url, headers }, response) => {
      seen.push([url, headers.authorization, headers["x-key"]]);
      response.end("bytes");
    });
    await read({ url: written(`${server}/disk.raw?a=b`), credentials });
    expect(seen).toEqual([["/disk.raw?a=b", authorization, credentials?.headers?.["X-Key"]]]);
  });
});

describe("after a redirect", () => {
  const credentials = { userName: "me", password: "hunter2", headers: { "X-Key": "k3yk3y" } };

  /** A server that notes who asks, and answers a path that has a colon by a redirect to what follows it. */
  async function noting(open: typeof web = web) {
    const seen: (string | undefined)[] = [];
    const url = await open(({ url: path = "", headers }, response) => {
      seen.push(headers.authorization && String(headers["x-key"]));
      const location = /^\/to:(.*)$/.exec(path)?.[1];
      if (location === undefined) response.end("bytes");
      else response.writeHead(307, { location: decodeURIComponent(location) }).end();
    });
    return { url, seen, to: (location: string) => `${url}/to:${encodeURIComponent(location)}` };
  }

  test("the same server is told the same", async () => {
    const { url, seen, to } = await noting();
    await read({ url: to("/disk.raw"), credentials });
    await read({ url: to(`${url}/disk.raw`), credentials });
    expect(seen).toEqual(["k3yk3y", "k3yk3y", "k3yk3y", "k3yk3y"]);
  });

  test("another server is told nothing, and nor is the first one when that leads back", async () => {
    const [here, there] = [await noting(), await noting()];
    await read({ url: here.to(there.to(`${here.url}/disk.raw`)), credentials });
    expect(there.seen).toEqual([undefined]);
    expect(here.seen).toEqual(["k3yk3y", undefined]);
  });

  test("user info in where it leads is not used", async () => {
    const [here, there] = [await noting(), await noting()];
    await read(here.to(`${there.url.replace("//", "//who:ever@")}/disk.raw`));
    expect(there.seen).toEqual([undefined]);
  });

  test("from https to http nothing is asked any more", async () => {
    const plain = await noting();
    const secure = await noting(secureWeb);
    const transport = { ...quick, cacertFile: pem("ca.pem") };
    const error = await failureOf(read({ url: secure.to(`${plain.url}/disk.raw`), credentials }, { transport }));
    expect(error).toMatchObject({ code: "SOURCE", message: expect.stringMatching(/redirects from https to http/) });
    expect(plain.seen).toEqual([]);
  });

  test("https may follow http", async () => {
    const [plain, secure] = [await noting(), await noting(secureWeb)];
    const transport = { ...quick, cacertFile: pem("ca.pem") };
    expect(String(await read({ url: plain.to(`${secure.url}/disk.raw`), credentials }, { transport }))).toBe("bytes");
    expect(secure.seen).toEqual([undefined]);
  });

  test.each([
    ["http://[bad", /redirects to what is no URL/],
    ["file:///etc/passwd", /redirects to what is neither http nor https/],
  ])("to %s it fails", async (location, words) => {
    const { to } = await noting();
    expect((await failureOf(read(to(location)))).message).toMatch(words);
  });

  test("five times it is followed, and no more", async () => {
    const { to } = await noting();
    const times = (count: number): string => (count === 0 ? "/disk.raw" : to(times(count - 1)));
    expect(String(await read(times(5)))).toBe("bytes");
    expect((await failureOf(read(times(6)))).message).toMatch(/redirects more than 5 times/);
  });
});

describe("messages", () => {
  test("tell nothing secret that a server repeats", async () => {
    const credentials = { userName: "somebody", password: "hunter2hunter2", headers: { "X-Plain": "k3yk3y" } };
    const server = await web(({ url, headers }, response) => {
      response.writeHead(403).end(`no ${url} for ${headers.authorization} ${headers["x-plain"]} hunter2hunter2`);
    });
    const error = await failureOf(read({ url: `${server}/disk.raw?sig=s3cret&plain=v1s1ble`, credentials }));
    expect(error.message).toMatch(`${server}/disk.raw cannot be read: the server answered 403`);
    const shown = `${error.message} ${JSON.stringify(error.facts)} ${error.cause}`;
    expect(shown).not.toMatch(/s3cret|v1s1ble|hunter2|k3yk3y|somebody|Basic \w/);
  });

  test("name no user info, where nobody answers either", async () => {
    const error = await failureOf(read("http://me:hunter2@no-such-host.invalid/disk.raw?sig=s3cret"));
    expect(error.message).toMatch(/^http:\/\/no-such-host\.invalid\/disk\.raw cannot be read: .*does not exist/);
    expect(error.message).not.toMatch(/hunter2|s3cret|tried/);
  });
});

describe("credentials that cannot be sent", () => {
  test.each<[SourceCredentials, string, RegExp]>([
    [{ password: "p" }, "password", /needs a userName/],
    [{ userName: "a:b" }, "userName", /colon/],
    [{ userName: "a\n" }, "userName", /control characters/],
    [{ userName: "a", password: "b\r\nX: y" }, "password", /control characters/],
    [{ userName: "a", token: "b" }, "token", /cannot be combined with userName/],
    [{ token: "a b" }, "token", /without spaces/],
    [{ token: "" }, "token", /printable/],
    [{ userName: "a", headers: { authorization: "b" } }, 'headers["authorization"]', /combined with userName/],
    [{ token: "a", headers: { Authorization: "b" } }, 'headers["Authorization"]', /combined with token/],
    [{ headers: { "X-A": "1\r\nX-B: 2" } }, 'headers["X-A"]', /one line/],
    [{ headers: { "X-A": "☃" } }, 'headers["X-A"]', /Latin/],
    [{ headers: { "X-A": "1", "x-a": "2" } }, 'headers["x-a"]', /twice/],
    [{ headers: { "X-Key: s3cret": "" } }, "headers", /not the name of a header/],
    [{ headers: { "": "" } }, "headers", /not the name of a header/],
    ...["Host", "Content-Length", "Transfer-Encoding", "Range", "If-Range", "Connection", "Accept-Encoding"].map(
      (name): [SourceCredentials, string, RegExp] => [
        { headers: { [name]: "1" } },
        `headers["${name}"]`,
        /set by the provider/,
      ],
    ),
  ])("%j: %s", (credentials, property, reason) => {
    expect(credentialFaults(credentials)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  const anything = fc.record(
    {
      userName: fc.string({ unit: "binary" }),
      password: fc.string({ unit: "binary" }),
      token: fc.string(),
      headers: fc.dictionary(fc.constantFrom("X-A", "X-B", "Authorization", "host"), fc.string({ unit: "binary" })),
    },
    { requiredKeys: [] },
  );

  test("are all that cannot: any others arrive", async () => {
    const server = await web(status(200, {}, "bytes"));
    await fc.assert(
      fc.asyncProperty(anything, async (credentials) => {
        fc.pre(credentialFaults(credentials).length === 0);
        expect(String(await read({ url: server, credentials }))).toBe("bytes");
      }),
      { numRuns: 50 },
    );
  });
});
