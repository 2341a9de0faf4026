import type { ErrorFacts } from "../../../provider/http/errors";
import { pauseBeforeRetry, retryAfterSeconds, type Trial } from "../../../provider/http/retry";

const first: Trial = {
  attempts: 1,
  retries: 4,
  backoff: 0.5,
  remaining: 300,
  idempotent: true,
  bodyRead: false,
  random: 1,
};

const isRepeated = (facts: Partial<ErrorFacts>, trial: Partial<Trial>) =>
  pauseBeforeRetry({ code: "HTTP_STATUS", message: "", ...facts }, { ...first, ...trial }) !== undefined;

const refused = { code: "CONNECT", notSent: true } as const;

// [failure, repeated when idempotent, repeated when not]
const table: [string, Partial<ErrorFacts>, boolean, boolean][] = [
  ["no connection", refused, true, true],
  ["no such host", { ...refused, cause: Object.assign(new Error(), { code: "ENOTFOUND" }) }, false, false],
  ["a resolver in trouble", { ...refused, cause: Object.assign(new Error(), { code: "EAI_AGAIN" }) }, true, true],
  ["a lost connection", { code: "CONNECTION_LOST", notSent: false }, true, false],
  ["a deadline", { code: "TIMEOUT", notSent: false }, true, false],
  ["a deadline before it was sent", { code: "TIMEOUT", notSent: true }, true, true],
  ["429", { status: 429 }, true, true],
  ["413 with Retry-After", { status: 413, retryAfter: 1 }, true, true],
  ["413 with Retry-After: 0", { status: 413, retryAfter: 0 }, false, false],
  ["502", { status: 502 }, true, false],
  ["503", { status: 503 }, true, false],
  ["503 with Retry-After", { status: 503, retryAfter: 1 }, true, false],
  ["504", { status: 504 }, true, false],
  ["504 with Retry-After", { status: 504, retryAfter: 1 }, true, false],
  ...[300, 400, 401, 403, 404, 409, 413, 500, 501].map((status): [string, Partial<ErrorFacts>, boolean, boolean] => [
    String(status),
    { status },
    false,
    false,
  ]),
  ...(["TLS", "ABORTED", "STALLED", "BAD_RESPONSE", "CONFIG", "SOURCE"] as const).map(
    (code): [string, Partial<ErrorFacts>, boolean, boolean] => [code, { code, notSent: true }, false, false],
  ),
];

describe("whether a call is repeated", () => {
  test.each(table)("after %s", (_, facts, idempotent, other) => {
    expect(isRepeated(facts, { idempotent: true })).toBe(idempotent);
    expect(isRepeated(facts, { idempotent: false })).toBe(other);
  });

  test.each(table)("never after %s once a byte of its body was read", (_, facts) => {
    expect(isRepeated(facts, { bodyRead: true })).toBe(false);
  });

  test("only as often as allowed", () => {
    expect(isRepeated(refused, { attempts: 4 })).toBe(true);
    expect(isRepeated(refused, { attempts: 5 })).toBe(false);
    expect(isRepeated(refused, { retries: 0 })).toBe(false);
  });

  test("not when the pause is longer than the time left", () => {
    expect(isRepeated({ status: 429, retryAfter: 10 }, { remaining: 11 })).toBe(true);
    expect(isRepeated({ status: 429, retryAfter: 10 }, { remaining: 9 })).toBe(false);
  });
});

describe("the pause", () => {
  const pause = (trial: Partial<Trial>, facts: Partial<ErrorFacts> = {}) =>
    pauseBeforeRetry({ ...refused, message: "", ...facts }, { ...first, retries: 20, ...trial });

  test("doubles from attempt to attempt, up to half a minute", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempts) => pause({ attempts }))).toEqual([
      0.5, 1, 2, 4, 8, 16, 30, 30, 30,
    ]);
  });

  test("is spread over its second half", () => {
    expect(pause({ attempts: 3, random: 0 })).toBe(1);
    expect(pause({ attempts: 3, random: 0.5 })).toBe(1.5);
  });

  test("is never shorter than the server asks", () => {
    expect(pause({}, { code: "HTTP_STATUS", status: 429, retryAfter: 45 })).toBe(45);
    expect(pause({}, { code: "HTTP_STATUS", status: 429, retryAfter: 0 })).toBe(0.5);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");

  test.each([
    ["120", 120],
    [" 0 ", 0],
    ["Thu, 01 Jan 2026 00:01:30 GMT", 90],
    ["Wed, 31 Dec 2025 23:00:00 GMT", 0],
    ["soon", undefined],
    ["-5", undefined],
    ["1.5", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s", (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
