import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { restOfFile, wholeFile } from "../../../provider/image/remote/answers";
import { contentRange, factsIn, validatorOf } from "../../../provider/image/remote/facts";
import { look } from "../../../provider/image/remote/look";
import { openRemote } from "../../../provider/image/remote/open";
import { identityText, isSameContent, sameFacts } from "../../../provider/image/remote/sameBytes";
import type { RemoteFacts } from "../../../provider/image/remote/types";
import { closeAll, raw } from "../http/servers";
import { guardPrototypes, loadedWords, oddTexts, withstands } from "./hostile";

guardPrototypes();

const counts = [
  "0",
  "5",
  "9",
  "-1",
  "5, 5",
  "5, 6",
  "1e3",
  "0x5",
  "+5",
  " 5 ",
  "5.0",
  "٥",
  "",
  "9".repeat(17),
  "9".repeat(400),
];
const ranges = [
  ...[
    "bytes 5-8/9",
    "bytes 5-8/*",
    "bytes */9",
    "bytes */*",
    "bytes 0-0/9",
    " BYTES 5-8/9 ",
    "bytes=5-8/9",
    "bytes 5-8",
  ],
  ...["bytes 8-5/9", "bytes -5/9", "bytes 5-/9", "items 5-8/9", "bytes 5-8/9, bytes 0-4/9", "bytes 5-8/4"],
  `bytes ${"9".repeat(400)}-${"9".repeat(401)}/${"9".repeat(402)}`,
];
const etags = [
  '"a"',
  'W/"a"',
  'W/W/"a"',
  '"',
  '""',
  '"a',
  "a",
  '"a" "b"',
  '"a", "b"',
  '"é"',
  '"\x7f"',
  '"\xff"',
  '"a\tb"',
  "%",
  "*",
];
const times = [
  ...[
    "Sat, 21 Nov 2026 10:00:00 GMT",
    "Saturday, 21-Nov-26 10:00:00 GMT",
    "Sat Nov 21 10:00:00 2026",
    "2026-11-21T10:00Z",
  ],
  ...[
    "Sat, 13 Sep 275760 00:00:00 GMT",
    "Sat, 13 Sep 275760 00:00:01 GMT",
    "Mon, 01 Jan 0000 00:00:00 GMT",
    "Jan -1 1",
  ],
  ...[
    "21 Nov -2026 GMT",
    "1 Jan 1 (a(b(c GMT",
    "2026",
    "Infinity",
    "yesterday",
    "Sat, 99 Nov 2026 10:00:00 GMT",
    "a 0",
  ],
  ...["-271821-04-20T00:00:00Z", "+275760-09-13T00:00:00.000Z", "2026-11-21T10:00:00.123456789Z"],
];
const types = ["text/html", " TEXT/HTML;charset=x", "text/htmlx", "image/png", ""];

const odd = (known: readonly string[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, oddTexts, fc.constantFrom(...loadedWords));
const headers = fc.record(
  {
    "content-length": odd(counts),
    "content-range": odd(ranges),
    etag: odd(etags),
    "last-modified": odd(times),
    "content-type": odd(types),
  },
  { requiredKeys: [] },
);
const status = fc.constantFrom(200, 200, 206, 206, 204, 302, 404, 416, 500);
const head = fc.record({ status, headers });

const isCount = (count: number | undefined) => count === undefined || (Number.isSafeInteger(count) && count >= 0);
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function expectSound(facts: RemoteFacts): void {
  const { length, lastModified } = facts;
  expect(isCount(length)).toBe(true);
  if (lastModified !== undefined) expect(lastModified).toMatch(instant);
  const text = identityText(facts) ?? "";
  expect(text).toMatch(/^[ -~]*$/);
  expect(isSameContent(text, text)).toBe(sameFacts(facts, facts));
}

test("any headers tell sound facts, one printable line of them, and a version or none", () => {
  fc.assert(
    fc.property(head, head, (one, other) => {
      const facts = factsIn(one);
      expectSound(facts);
      const { from, total } = contentRange(one.headers) ?? {};
      expect([from, total].every(isCount)).toBe(true);
      const told = [facts, factsIn(other)].map((all) => identityText(all) ?? "");
      expect(isSameContent(told[0] ?? "", told[1] ?? "")).toBe(sameFacts(facts, factsIn(other)));
      const version = validatorOf(facts) ?? "";
      // Else it is no time, and If-Range would mean nothing.
      expect(version.startsWith('"') || version === "" || !Number.isNaN(Date.parse(version))).toBe(true);
      expect(version).not.toMatch(/^W\/|[\r\n]/);
    }),
    { numRuns: 1000 },
  );
});

test("any texts stand for the same bytes, or others, or do not tell, both ways", () => {
  const parts = fc.oneof(
    fc.tuple(fc.constantFrom("etag", "last-modified", "length", ...loadedWords), oddTexts).map((all) => all.join("=")),
    fc.constantFrom(
      "etag",
      "etag=",
      "=",
      "==",
      "length=1e3",
      "length=-0",
      "length=00",
      "length=0",
      `length=${"9".repeat(400)}`,
    ),
    oddTexts,
  );
  const texts = fc.array(parts, { maxLength: 5 }).map((all) => all.join(" "));
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      expect(isSameContent(one, other)).toBe(isSameContent(other, one));
      expect(isSameContent(one, one)).not.toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test("any answer is the whole file, the rest of it, or refused", async () => {
  const file = { url: "http://u:hunter2@source/disk.img?token=hunter2" };
  await fc.assert(
    fc.asyncProperty(head, head, fc.constantFrom(0, 5, 9, 2 ** 53), async (first, second, done) => {
      const facts = factsIn(first);
      const told = [
        await withstands(() => expectSound(wholeFile(file, first))),
        await withstands(() => {
          restOfFile(file, second, done, facts);
          if (done > 0) expect(contentRange(second.headers)?.from).toBe(done);
        }),
      ];
      for (const message of told) expect(message).toMatch(/^$|^http:\/\/source\/disk.img [^\n]*$/);
    }),
    { numRuns: 1000 },
  );
});

// Each of these takes minutes where the work grows with the square of the size.
const sized = (text: string) => text.repeat(500_000 / text.length);
test.each([
  ["blanks", `${sized(" ")}x`],
  ["blanks in a range", `bytes${sized(" ")}x`],
  ["digits", `bytes ${sized("9")}`],
  ["digits of a length", `${sized("9")} x`],
  ["halves of ranges", `bytes ${sized("9-")}`],
  ["quotes", sized('"')],
  ["weak marks", sized("W/")],
  ["comments in a time", `Nov ${sized("(")}`],
  ["parts of a time", sized("Nov ")],
  ["equal signs", sized("= ")],
  ["percent signs", sized("%")],
  ["halves of characters", sized("\ud800")],
])("headers of %s are done with", (_what, text) => {
  const names = ["content-length", "content-range", "etag", "last-modified", "content-type"];
  const all = { status: 200, headers: Object.fromEntries(names.map((name) => [name, text])) };
  expectSound(factsIn(all));
  expectSound(factsIn({ ...all, status: 206 }));
  validatorOf(factsIn(all));
  isSameContent(text, text);
});

describe("a server that says of a file whatever it likes", () => {
  const lines = fc.oneof(
    { weight: 6, arbitrary: headers.map((all) => Object.entries(all).map(([name, value]) => `${name}: ${value}`)) },
    fc
      .constantFrom(
        ...[
          "Location: http://u:p@[::1/?token=x",
          "Location: javascript:alert(1)",
          "Location: /again",
          "Location: \x07",
        ],
        ...["Content-Encoding: gzip", "Transfer-Encoding: chunked", "__proto__: polluted", "etag: a\r\netag: b", ": x"],
      )
      .map((line) => [line]),
  );
  const statuses = fc.constantFrom(
    "200 OK",
    "200 OK",
    "206 Partial",
    "206 Partial",
    "302 Found",
    "404 No",
    "416 No",
    "503",
    "99 Low",
  );
  const bodies = fc.constantFrom("", "abcde", "fghi", "abcdefghi", "x".repeat(100));
  const answer = fc
    .record({ status: statuses, lines: fc.array(lines, { maxLength: 2 }), body: bodies })
    .map(({ status, lines, body }) =>
      [`HTTP/1.1 ${status}`, ...lines.flat(), "Connection: close", "", body].join("\r\n"),
    );
  const breakingOff = fc
    .tuple(
      fc.constantFrom('etag: "a"', `last-modified: ${times[0]}`, 'etag: "\xe9\x80"', `last-modified: ${times[4]}`),
      bodies,
    )
    .map(([version, body]) => `HTTP/1.1 200 OK\r\ncontent-length: 9\r\n${version}\r\n\r\n${body.slice(0, 5)}`);
  const answers = fc.array(fc.oneof({ weight: 2, arbitrary: answer }, breakingOff), { minLength: 1, maxLength: 4 });

  let given: readonly string[] = [];
  let turn = 0;
  let url: string;
  const transport = { env: {}, backoff: 0.0001, requestTimeout: 2, idleTimeout: 2 };
  const secret = "hunter2";

  beforeAll(async () => {
    url = await raw((socket: Socket) => {
      socket.once("data", () => socket.end(Buffer.from(given[turn++ % given.length] ?? "", "latin1")));
    });
    url = url.replace("//", `//me:${secret}@`);
  });
  afterAll(closeAll);

  const begin = (all: readonly string[]) => {
    [given, turn] = [all, 0];
    return { url: `${url}/disk.img?token=${secret}` };
  };

  test("is seen as it is, or told what speaks against it", async () => {
    const { signal } = new AbortController();
    await fc.assert(
      fc.asyncProperty(answers, async (all) => {
        const seen = await look(begin(all), signal, transport);
        if (typeof seen !== "string") return expectSound(seen);
        expect(seen).toMatch(/^[^\p{Cc}]+$/u);
        expect(seen).not.toContain(secret);
      }),
      { numRuns: 150 },
    );
  });

  test("gives a file of the length it tells, or is told apart without our credentials", async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (all) => {
        const message = await withstands(async () => {
          const { stream, length } = await openRemote(begin(all), { transport });
          const bytes = await buffer(stream);
          expect(bytes.length).toBe(length ?? bytes.length);
          expect(bytes.length).toBeGreaterThan(0);
        });
        expect(message).not.toContain(secret);
        expect(message).not.toMatch(/\n/);
      }),
      { numRuns: 150 },
    );
  });
});
