import { randomBytes } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import { openRemote } from "../../../../provider/image/remote/open";
import { closeAll, inTurn, status, web } from "../../http/servers";
import { failureOf, partly, quick, ranged, read } from "./reading";

afterEach(closeAll);

const content = randomBytes(300_000);
const strong = { etag: '"one"' };
const dated = { etag: 'W/"one"', "last-modified": "Sat, 21 Nov 2026 10:00:00 GMT" };
const cut = (response: ServerResponse) => response.destroy();

const breakingOff = (headers: Record<string, string> = strong, sent = 100_000) => partly(content, sent, headers, cut);

const unannounced: RequestListener = (_request, response) => {
  response.writeHead(200, strong);
  response.write(content.subarray(0, 100_000), () => cut(response));
};

/** What the server was asked, for which bytes of which version. */
const asked = ({ calls }: ReturnType<typeof inTurn>) =>
  calls.map(({ headers }) => [headers.range, headers["if-range"]].filter(Boolean).join(" of "));

test.each([
  ["a strong ETag", strong, '"one"'],
  ["a time", dated, dated["last-modified"]],
])("a broken download goes on where it stopped, by %s", async (_name, headers, version) => {
  const server = inTurn(breakingOff(headers), ranged(content, headers));
  const counts: number[] = [];
  const url = await web(server);
  const bytes = await read(url, { progress: (done) => counts.push(done) });
  expect(bytes.equals(content)).toBe(true);
  expect(asked(server)).toEqual(["", `bytes=100000- of ${version}`]);
  expect(counts).toEqual([...counts].sort((one, other) => one - other));
  expect(counts.at(-1)).toBe(content.length);
});

test("so does one that stalls", async () => {
  const server = inTurn(
    partly(content, 100_000, strong, () => {}),
    ranged(content, strong),
  );
  const transport = { ...quick, idleTimeout: 0.1 };
  expect((await read(await web(server), { transport })).equals(content)).toBe(true);
});

test("so does one whose announced end never comes", async () => {
  const short: RequestListener = (_request, response) => {
    response.writeHead(200, { ...strong, "content-length": String(content.length) });
    response.write(content.subarray(0, 100_000));
    response.socket?.end();
  };
  expect((await read(await web(inTurn(short, ranged(content, strong))))).equals(content)).toBe(true);
});

test("so does one of unannounced length", async () => {
  const server = inTurn(unannounced, ranged(content, strong));
  expect((await read(await web(server))).equals(content)).toBe(true);
});

describe("of a length that is told only with the rest", () => {
  const part =
    (from: number, to: number, total: number | string = content.length): RequestListener =>
    (_request, response) => {
      const range = { "content-length": String(to - from), "content-range": `bytes ${from}-${to - 1}/${total}` };
      response.writeHead(206, { ...strong, ...range }).end(content.subarray(from, to));
    };

  test("it comes in as many parts as the server makes of it", async () => {
    const server = inTurn(unannounced, part(100_000, 150_000), part(150_000, 299_999), part(299_999, 300_000));
    expect((await read(await web(server))).equals(content)).toBe(true);
    expect(asked(server).slice(1)).toEqual([100_000, 150_000, 299_999].map((from) => `bytes=${from}- of "one"`));
  });

  test("it fails where the next part is of another length", async () => {
    const url = await web(inTurn(unannounced, part(100_000, 150_000), part(150_000, 299_999, 299_999)));
    expect((await failureOf(read(url))).message).toMatch(/ changed while it was read\./);
  });

  test("it fails where there is more than that", async () => {
    const url = await web(inTurn(unannounced, part(100_000, 300_000, 200_000)));
    expect((await failureOf(read(url))).message).toMatch(/ changed while it was read\./);
  });

  test("it fails where not even then is it told", async () => {
    const url = await web(inTurn(unannounced, part(100_000, 150_000, "*")));
    expect((await failureOf(read(url))).message).toMatch(
      /broke off after 100000 bytes, and its server does not tell how long the rest is/,
    );
  });

  test("it fails where the rest does not come", async () => {
    const url = await web(inTurn(unannounced, part(100_000, 150_000), status(404)));
    expect((await failureOf(read(url))).message).toMatch(/answered 404/);
  });

  test("it is believed from the first answer on that brings a byte", async () => {
    const nothing: RequestListener = (_request, response) => {
      response.writeHead(200, strong).flushHeaders();
      response.destroy();
    };
    const server = inTurn(
      nothing,
      partly(content, 100_000, strong, cut),
      part(100_000, 200_000),
      part(200_000, 300_000),
    );
    expect((await read(await web(server))).equals(content)).toBe(true);
  });
});

test("one that broke before its first byte is asked for again", async () => {
  const server = inTurn(breakingOff({}, 0), ranged(content, {}));
  expect((await read(await web(server))).equals(content)).toBe(true);
  expect(asked(server)).toEqual(["", ""]);
});

test("the server may be away for a while, at the beginning and later", async () => {
  const server = inTurn(
    status(500),
    status(503),
    breakingOff(),
    ({ socket }) => socket.destroy(),
    status(502),
    status(429),
    status(504),
    ranged(content, strong),
  );
  expect((await read(await web(server))).equals(content)).toBe(true);
});

test("after five further attempts in vain there is no other", async () => {
  const server = inTurn(breakingOff(), status(503, {}, "come back later"));
  const url = await web(server);
  const error = await failureOf(read(`${url}/disk.raw?sig=s3cret`));
  expect(error.code).toBe("SOURCE");
  expect(error.message).toMatch(
    /disk\.raw cannot be read: the server answered 503 Service Unavailable: come back later \(tried 6 times\)/,
  );
  expect(server.calls).toHaveLength(6);
});

test("a byte that came makes new attempts", async () => {
  const step = 10_000;
  const ofRange: RequestListener = (request, response) => {
    const from = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
    const headers = { ...strong, "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from === 0 ? 200 : 206, { ...headers, "content-length": String(content.length - from) });
    response.write(content.subarray(from, from + step), () =>
      from + step < content.length ? cut(response) : undefined,
    );
  };
  const server = inTurn(ofRange);
  expect((await read(await web(server))).equals(content)).toBe(true);
  expect(server.calls).toHaveLength(content.length / step);
});

describe("it fails as changed", () => {
  const other = randomBytes(content.length);
  test.each<[string, RequestListener]>([
    ["there is another version", ranged(other, { etag: '"two"' })],
    ["there is another version of no name", ranged(other, {})],
    ["the rest is of another version", status(206, { etag: '"two"', "content-range": "bytes 100000-299999/300000" })],
    ["the rest is of a longer file", status(206, { ...strong, "content-range": "bytes 100000-300000/300001" })],
    ["the rest is gone", status(416, { "content-range": "bytes */50" })],
  ])("where %s", async (_name, then) => {
    const url = await web(inTurn(breakingOff(), then));
    const error = await failureOf(read(url));
    expect(error.code).toBe("SOURCE");
    expect(error.message).toMatch(/ changed while it was read\./);
  });

  test("where the beginning is of another length than announced", async () => {
    const url = await web(inTurn(breakingOff({}, 0), status(200, { "content-length": "5" }, "bytes")));
    expect((await failureOf(read(url))).message).toMatch(/ changed while it was read\./);
  });

  test("where the rest is longer than it says", async () => {
    const longer: RequestListener = (_request, response) => {
      response.writeHead(206, { ...strong, "content-range": "bytes 100000-299999/300000" }).end(content);
    };
    const url = await web(inTurn(breakingOff(), longer));
    expect((await failureOf(read(url))).message).toMatch(/ changed while it was read\./);
  });
});

describe("it fails as broken off", () => {
  test("where the server names no version", async () => {
    const server = inTurn(breakingOff({ etag: 'W/"one"' }), ranged(content, {}));
    const error = await failureOf(read(await web(server)));
    expect(error.code).toBe("SOURCE");
    expect(error.message).toMatch(/broke off after 100000 bytes, and its server does not tell whether/);
    expect(server.calls).toHaveLength(1);
  });

  test.each<[string, RequestListener]>([
    ["sends all of the same file", status(200, { ...strong, "content-length": "300000" }, content.toString("latin1"))],
    ["sends other bytes of it", status(206, { ...strong, "content-range": "bytes 0-299999/300000" })],
  ])("where the server %s", async (_name, then) => {
    const url = await web(inTurn(breakingOff(), then));
    expect((await failureOf(read(url))).message).toMatch(/broke off after 100000 bytes, and its server does not send/);
  });
});

test("a failure before anybody reads is told to the one who does", async () => {
  const server = inTurn(breakingOff({}), status(404));
  const { stream } = await openRemote({ url: await web(server) }, { transport: quick });
  await new Promise((resolve) => stream.once("close", resolve));
  expect((await failureOf(stream.toArray())).code).toBe("SOURCE");
});

describe("behind a redirect", () => {
  const to = (location: string): RequestListener => status(302, { location });

  test("it goes on at the server that began", async () => {
    const mirror = inTurn(breakingOff(), ranged(content, strong));
    const there = await web(mirror);
    const server = inTurn(to(`${there}/a`), to(`${there}/b`));
    expect((await read(await web(server))).equals(content)).toBe(true);
    expect(mirror.calls.map(({ url }) => url)).toEqual(["/a", "/a"]);
    expect(server.calls).toHaveLength(1);
  });

  test("it asks for the way again where the signed one has expired", async () => {
    const mirror = inTurn(breakingOff(), status(403), ranged(content, strong));
    const there = await web(mirror);
    const server = inTurn(to(`${there}/?sig=a`), to(`${there}/?sig=b`));
    expect((await read(await web(server))).equals(content)).toBe(true);
    expect(mirror.calls.map(({ url }) => url)).toEqual(["/?sig=a", "/?sig=a", "/?sig=b"]);
  });
});
