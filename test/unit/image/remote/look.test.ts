import { look } from "../../../../provider/image/remote/look";
import { closeAll, closedPort, inTurn, pem, raw, secureWeb, status, web } from "../../http/servers";
import { failureOf, quick } from "./reading";

afterEach(closeAll);

const { signal } = new AbortController();
const modified = "Sat, 21 Nov 2026 10:00:00 GMT";
const head = { etag: 'W/"a"', "last-modified": modified, "content-length": "1234" };
const facts = { etag: 'W/"a"', lastModified: "2026-11-21T10:00:00Z", length: 1234 };
const seen = (url: string) => look({ url }, signal, quick);

test("HEAD says what a file is like", async () => {
  const server = inTurn(status(200, head));
  expect(await seen(await web(server))).toEqual(facts);
  expect(server.calls.map(({ method }) => method)).toEqual(["HEAD"]);
});

test.each([
  ["honours the range", 206, { ...head, "content-length": "1", "content-range": "bytes 0-0/1234" }, "b", facts],
  ["ignores the range", 200, head, "b".repeat(1234), facts],
  [
    "does not tell the length",
    206,
    { etag: '"a"', "content-length": "1", "content-range": "bytes 0-0/*" },
    "b",
    undefined,
  ],
  ["does not tell the range", 206, { etag: '"a"', "content-length": "1" }, "b", undefined],
])("where HEAD is refused, a GET that %s does", async (_name, code, headers, body, expected) => {
  const server = inTurn(status(405), status(code, headers, body));
  expect(await seen(await web(server))).toEqual(
    expected ?? { etag: '"a"', lastModified: undefined, length: undefined },
  );
  expect(server.calls.map(({ method, headers: { range } }) => [method, range])).toEqual([
    ["HEAD", undefined],
    ["GET", "bytes=0-0"],
  ]);
});

test("an empty file is one of no bytes", async () => {
  const url = await web(inTurn(status(405), status(416, { "content-range": "bytes */0" })));
  expect(await seen(url)).toMatchObject({ length: 0 });
});

test.each([
  ["no date", { "last-modified": "yesterday" }],
  ["a bare number", { "last-modified": "2026" }],
])("a time that is %s is unknown", async (_name, headers) => {
  expect(await seen(await web(status(200, headers)))).toMatchObject({ lastModified: undefined });
});

test("the server is told who asks", async () => {
  const server = inTurn(status(405), status(200, head, "b".repeat(1234)));
  const credentials = { userName: "me", password: "x" };
  await look({ url: await web(server), credentials }, signal, quick);
  expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(["Basic bWU6eA==", "Basic bWU6eA=="]);
});

describe("what speaks against it is told", () => {
  test.each([
    [401, "answers 401 from here. The server wants (other) credentials: sourceCredentials"],
    [404, "answers 404 from here. Check the URL"],
    [500, "answers 500 from here"],
  ])("where the server answers %i", async (code, words) => {
    expect(await seen(await web(status(code)))).toBe(words);
  });

  test("where nobody listens", async () => {
    const url = `http://me:hunter2@127.0.0.1:${await closedPort()}/?sig=s3cret`;
    expect(await seen(url)).toMatch(/^cannot be read from here \(no connection to .*\)$/);
  });

  test("where redirects leave https", async () => {
    const url = await secureWeb(status(302, { location: "http://127.0.0.1/" }));
    expect(await look({ url }, signal, { ...quick, cacertFile: pem("ca.pem") })).toMatch(/from https to http/);
  });

  test("where the server speaks something else", async () => {
    const url = await raw((socket) => socket.end("SSH-2.0\r\n"));
    expect(await seen(url)).toMatch(/^cannot be read from here \(.*is not HTTP/);
  });
});

test("it rejects when it is cancelled", async () => {
  const stop = new AbortController();
  const url = await web(() => stop.abort());
  expect((await failureOf(look({ url }, stop.signal, quick))).code).toBe("ABORTED");
});
