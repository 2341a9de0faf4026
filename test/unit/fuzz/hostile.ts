import fc from "fast-check";
import { GlanceError } from "../../../provider/http/errors";

/** Keys and words that JavaScript gives a meaning of their own. */
export const loadedWords = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "then"];

/** Texts that are odd for one reader or another. */
export const oddTexts = fc.oneof(
  fc.constantFrom(...loadedWords, "", " ", "\0", "\ud800", "\udc00x", "a\r\nb", "\u2028", "None", "null", "NaN", "-1"),
  fc.constantFrom(
    "1e999",
    "9".repeat(400),
    "x".repeat(70_000),
    "http://u:p@[::1",
    "%",
    "%ff",
    "../..",
    "<br />",
    "&#0;",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const deep = 10_000;

/** JSON that no JavaScript value is written as; each stands for a text in a value. */
const rawJson: readonly string[] = [
  "1e999",
  "-0",
  "9".repeat(400),
  '"\\ud800"',
  '{"__proto__": {"polluted": 1}}',
  '{"constructor": {"prototype": {"polluted": 1}}, "toString": 1, "toJSON": 1}',
  "[".repeat(deep) + "]".repeat(deep),
  `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`,
];

const oddValues = fc.oneof(
  oddTexts,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 2 ** 53, [], {}, [null], [[]], [{}]),
  fc.nat(rawJson.length - 1).map((index) => `@raw${index}@`),
);

/** Puts a value where another is, or beside it under some other name. */
const change = fc.record({
  at: fc.nat(),
  value: fc.option(oddValues, { nil: undefined }),
  name: fc.option(oddTexts, { nil: undefined }),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Bytes that are nearly the JSON of one of the values: other types, odd names, cut short, a bit flipped. */
export function nearly(...values: readonly unknown[]): fc.Arbitrary<Buffer> {
  const json = fc
    .tuple(fc.constantFrom(...values), fc.array(change, { maxLength: 3 }))
    .map(([value, changes]) => toJson(changes.reduce(changed, value)));
  const whole = json.map((text) => Buffer.from(text));
  return fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: whole.chain(damaged) });
}

/** The bytes cut short, or with some of them replaced. */
export function damaged(bytes: Buffer): fc.Arbitrary<Buffer> {
  const edits = fc.array(fc.tuple(fc.nat(bytes.length), fc.uint8Array({ minLength: 1, maxLength: 3 })), {
    maxLength: 3,
  });
  return fc.tuple(edits, fc.nat(bytes.length)).map(([edits, length]) => {
    const copy = Buffer.from(bytes);
    for (const [start, replacement] of edits) copy.set(replacement.slice(0, copy.length - start), start);
    return copy.subarray(0, length);
  });
}

export const damagedText = (text: string): fc.Arbitrary<string> => damaged(Buffer.from(text)).map(String);

function toJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.replace(/"@raw(\d)@"/g, (_, index) => rawJson[Number(index)] ?? "null");
}

function changed(root: unknown, { at, value, name }: Change): unknown {
  const copy = structuredClone(root);
  const places = placesIn(copy);
  const place = places[at % (places.length + 1)];
  if (place === undefined) return value;
  const { container, key } = place;
  if (value === undefined) Reflect.deleteProperty(container, key);
  else {
    const target = Array.isArray(container) ? key : (name ?? key);
    Object.defineProperty(container, target, { value, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

interface Place {
  container: object;
  key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ container: value, key }, ...placesIn(inner)]);
}

/** Does what may fail in the one way that is promised; answers the message of the failure. */
export async function withstands(work: () => unknown): Promise<string> {
  try {
    await work();
    return "";
  } catch (error) {
    if (!(error instanceof GlanceError)) throw error;
    expect(error.message).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u202e]/u);
    return error.message;
  }
}

/** Lets a test fail that leaves its mark on what every object inherits. */
export function guardPrototypes(): void {
  const own = () =>
    [Object.prototype, Array.prototype, Function.prototype].map((one) => Object.getOwnPropertyNames(one));
  const before = own();
  afterEach(() => {
    expect(own()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
}
