import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { createHttp } from "../../../provider/http/client";
import { faultIn } from "../../../provider/http/fault";
import { longestReason, reasonIn } from "../../../provider/http/reason";
import { cleanUrl, cleanUrlsIn } from "../../../provider/http/redact";
import { retryAfterSeconds } from "../../../provider/http/retry";
import { parseXml } from "../../../provider/http/xml";
import { serviceUrl } from "../../../provider/keystone/catalog";
import { identityUrl } from "../../../provider/keystone/tokenRequest";
import { damagedText, guardPrototypes, nearly, oddTexts, withstands } from "./hostile";

guardPrototypes();

const secret = 'hunter2"<&é';
const page = `<!DOCTYPE html><html><head><title>403</title></head><body><h1>403</h1><p>No ${secret}<br /></p></body></html>`;
const xml = `<?xml version="1.0"?><a:badRequest xmlns:a="urn:x" code="400"><message>a &amp; b</message></a:badRequest>`;
const plain = `404 Not Found\n\nNo image at http://u:p@host/?token=${secret} of ${secret}\n`;
const refusals = [
  { message: `No ${secret}<br /><br />\n`, code: "403 Forbidden", title: "Forbidden" },
  { error: { code: 401, message: `No ${secret}`, title: "Unauthorized" } },
  { badRequest: { code: 400, message: "No", retryAfter: "9" } },
  { errors: [{ detail: [{ title: secret }] }] },
];

test("any body of an error gives one short clean line without the secrets of the request", () => {
  const bodies = fc.oneof(
    nearly(...refusals).map(String),
    ...[page, xml, plain].map(damagedText),
    fc
      .array(fc.oneof(oddTexts, fc.constantFrom(secret, "<br>", "&#60;", "<head>", "{", '"')))
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      const reason = reasonIn(body, [secret]) ?? "none";
      expect(reason).not.toContain(secret);
      expect(reason).not.toMatch(/\p{Cc}|\p{Cs}/u);
      expect(reason.length).toBeLessThanOrEqual(longestReason);
      faultIn(body);
    }),
    { numRuns: 500 },
  );
});

test("any document is XML or a SyntaxError", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        damagedText(xml),
        damagedText(page),
        oddTexts.map((odd) => `<a b="${odd}">${odd}</a>`),
      ),
      (text) => {
        try {
          parseXml(text);
        } catch (error) {
          expect((error as Error).name).toBe("SyntaxError");
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("any Retry-After is a number of seconds or nothing", () => {
  const headers = fc.oneof(oddTexts, damagedText("Wed, 21 Oct 2026 07:28:00 GMT"), fc.nat().map(String));
  fc.assert(fc.property(headers, (header) => (retryAfterSeconds(header, 0) ?? 0) >= 0));
});

// Each of these takes minutes where the work grows with the square of the size.
const sized = (text: string) => text.repeat(500_000 / text.length);
test.each<[string, (text: string) => unknown, string]>([
  ["a URL of slashes", cleanUrl, `http:${sized("//")}x`],
  ["a URL of question marks", cleanUrl, sized("?")],
  ["a URL of keys", cleanUrl, `http://a/?${sized("token")}%0a=b`],
  ["a message of slashes", cleanUrlsIn, `http:${sized("//")}x`],
  ["a message of question marks", cleanUrlsIn, sized("?")],
  ["a message of schemes", cleanUrlsIn, sized("a://")],
  ["an endpoint of slashes", (url) => serviceUrl("image", url), `${sized("/")}x`],
  ["an auth URL of slashes", identityUrl, `${sized("/")}x`],
  ["a list of numbers", reasonIn, `[${sized("1,")}1]`],
  [
    "an object of numbers",
    reasonIn,
    JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [n, n]))),
  ],
  ["brackets", reasonIn, `${sized("[")}${sized("]")}`],
  ["a page of heads", reasonIn, `<html>${sized("<head>")}`],
  ["a page of blanks", reasonIn, `<html>${sized(" ")}x`],
  ["blanks", reasonIn, `${sized(" ")}x`],
])("is done with %s", (_what, read, text) => {
  expect(() => read(text)).not.toThrow();
});

describe("a server that writes whatever it likes", () => {
  let server: Server;
  let answer: Buffer;
  const http = createHttp({ env: {}, retries: 0, requestTimeout: 5 });

  beforeAll((done) => {
    server = createServer((socket: Socket) => {
      socket.on("error", () => socket.destroy());
      socket.once("data", () => socket.end(answer));
    }).listen(0, "127.0.0.1", done);
  });
  afterAll(async () => {
    await http.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const lengths = fc.constantFrom(
    "5",
    "0",
    "-1",
    "5, 6",
    "1e3",
    "99999999999999999999",
    "0x5",
    "",
    "5\r\nContent-Length: 7",
  );
  const header = fc.oneof(
    lengths.map((length) => `Content-Length: ${length}`),
    fc.constantFrom("Transfer-Encoding: chunked", "Content-Encoding: gzip", "Retry-After: 99999999999999999999"),
    fc.constantFrom("Location: http://u:p@[::1/?token=x", "X-Openstack-Request-Id: \x07\x1b[2J", "__proto__: polluted"),
    oddTexts.map((odd) => `X-Odd: ${odd}`),
    oddTexts.map((odd) => `${odd}: odd`),
  );
  const status = fc.constantFrom(
    "200 OK",
    "302 Found",
    "404 Not Found",
    "429 Slow",
    "503",
    "99 Low",
    "1000 High",
    "abc",
  );
  const message = fc
    .record({ status, headers: fc.array(header, { maxLength: 5 }), body: oddTexts })
    .map(({ status, headers, body }) => [`HTTP/1.1 ${status}`, ...headers, "", body].join("\r\n"));

  test("is understood, or told apart by a GlanceError without our token", async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await fc.assert(
      fc.asyncProperty(fc.oneof(message, message.chain(damagedText)), async (text) => {
        answer = Buffer.from(text, "latin1");
        const request = http.request({ method: "GET", url, headers: { "X-Auth-Token": "t0p-s3cret" } });
        expect(await withstands(() => request)).not.toContain("t0p-s3cret");
      }),
      { numRuns: 150 },
    );
  });
});
