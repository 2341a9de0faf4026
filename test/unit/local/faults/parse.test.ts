import * as fc from "fast-check";
import { parseRule } from "../../../../provider/local/faults/parse";
import { answerStatuses, type Fault, type FaultRule } from "../../../../provider/local/faults/rules";

it.each<[string, FaultRule]>([
  ["POST /v2/images after reset", { method: "POST", path: "/v2/images", when: "after", fault: { kind: "reset" } }],
  [
    "PUT /v2/images/*/file before 503 x3 from 2",
    {
      method: "PUT",
      path: "/v2/images/*/file",
      when: "before",
      fault: { kind: "answer", status: 503 },
      times: 3,
      nth: 2,
    },
  ],
  [
    "GET /v2/images/* after slow 5",
    { method: "GET", path: "/v2/images/*", when: "after", fault: { kind: "slow", seconds: 5 } },
  ],
  ["* ** before hold xall", { path: "**", when: "before", fault: { kind: "hold" }, times: Infinity }],
])("%s", (text, rule) => {
  expect(parseRule(text)).toEqual(rule);
});

/** A part of a rule: how it is written, and what it means. */
type Part<T> = fc.Arbitrary<{ text: string; meaning: T }>;

const constant = <T>(text: string, meaning: T) => fc.constant({ text, meaning });
const count = fc.integer({ min: 1, max: 999_999_999 });
const seconds = fc.integer({ min: 0, max: 999_999_999 });
const oneOfMany = <T>(...parts: Part<T>[]): Part<T> => fc.oneof(...parts);

const plainKinds = ["reset", "stall", "cut", "truncatedJson", "wrongLength", "hold"] as const;
const fault = oneOfMany<Fault>(
  ...plainKinds.map((kind) => constant<Fault>(kind, { kind })),
  seconds.map((value) => ({ text: `slow ${value}`, meaning: { kind: "slow", seconds: value } })),
  seconds.map((value) => ({ text: `slow ${value}.5`, meaning: { kind: "slow", seconds: value + 0.5 } })),
  fc.constantFrom(...answerStatuses).map((status) => ({ text: `${status}`, meaning: { kind: "answer", status } })),
  fc.record({ status: fc.constantFrom(...answerStatuses), retryAfter: seconds }).map(({ status, retryAfter }) => ({
    text: `${status} retry-after ${retryAfter}`,
    meaning: { kind: "answer", status, retryAfter },
  })),
);
const method = oneOfMany<Partial<FaultRule>>(
  constant("*", {}),
  fc.constantFrom("GET", "PUT", "DELETE").map((text) => ({ text, meaning: { method: text } })),
);
const path = fc
  .array(fc.constantFrom("/", "v2", "images", "*", "**", "%20", ".", "é"), { maxLength: 6 })
  .map((parts) => ({ text: `/${parts.join("")}`, meaning: { path: `/${parts.join("")}` } }));
const when = oneOfMany<Pick<FaultRule, "when">>(
  constant("before", { when: "before" }),
  constant("after", { when: "after" }),
);
const times = oneOfMany<Partial<FaultRule>>(
  constant("", {}),
  constant("xall", { times: Infinity }),
  count.map((value) => ({ text: `x${value}`, meaning: { times: value } })),
);
const nth = oneOfMany<Partial<FaultRule>>(
  constant("", {}),
  count.map((value) => ({ text: `from ${value}`, meaning: { nth: value } })),
);
const blank = fc.constantFrom(" ", "  ", "\t", " \n ");

it("reads every rule that can be written, whatever the blanks", () => {
  fc.assert(
    fc.property(method, path, when, fault, times, nth, blank, (m, p, w, f, t, n, gap) => {
      const text = [m, p, w, f, t, n].map((part) => part.text.replaceAll(" ", gap)).join(gap);
      const meaning = { ...m.meaning, ...p.meaning, ...w.meaning, fault: f.meaning, ...t.meaning, ...n.meaning };
      expect(parseRule(text)).toEqual(meaning);
    }),
  );
});

it("answers any other text with one sentence", () => {
  const noise = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom("GET", "/v2", "after", "before", "503", "slow", "x0", "from", "-1", "retry-after"), {
      maxLength: 8,
    }),
  );
  fc.assert(
    fc.property(noise, (words) => {
      const text = Array.isArray(words) ? words.join(" ") : words;
      try {
        expect(parseRule(text)).toMatchObject({ path: expect.any(String), fault: expect.anything() });
      } catch (error) {
        expect((error as Error).constructor).toBe(Error);
        expect((error as Error).message).toMatch(/^".*" is no (?:rule|fault).*\.$/s);
      }
    }),
  );
});

it.each([
  ["POST /v2/images reset", /is no rule like "POST \/v2\/images after reset"/],
  ["post /v2/images after reset", /is no rule/],
  ["POST v2/images after reset", /is no rule/],
  ["POST /v2/images after 404", /"404" is no fault; there are reset, .*, slow SECONDS, 401, .*503/],
  ["POST /v2/images after slow", /"slow" is no fault/],
  ["POST /v2/images after reset x0", /"reset x0" is no fault/],
  ["POST /v2/images after reset from 2 x3", /"reset from 2" is no fault/],
  ["POST /v2/images after constructor", /"constructor" is no fault/],
])("refuses %s", (text, sentence) => {
  expect(() => parseRule(text)).toThrow(sentence);
});
