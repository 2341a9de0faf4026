import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decode, type Path } from "../../../provider/pulumi/codec/decode";
import { encode } from "../../../provider/pulumi/codec/encode";
import { unknown } from "../../../provider/resources/unknown";

const key = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [key]: "1b47061264138c4ac30d75fd1eb44270", value });
const sent = (values: object) => Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
/** What arrives at the other end: over the wire and back. */
const overTheWire = (struct: Struct) => Struct.deserializeBinary(struct.serializeBinary());

const sentinels = {
  boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

/** Any value that a program can declare, unknown ones included, and names that are traps in JavaScript. */
const name = fc.oneof(fc.string(), fc.constantFrom("constructor", "toString", "value", "a.b", "", key));
const anyValue = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.constant(unknown),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("map"),
  ),
  map: fc
    .dictionary(name, tie("value"), { maxKeys: 4 })
    .filter((map) => !Object.hasOwn(map, key) && !Object.hasOwn(map, "__proto__")),
}));

/** Every place in a value. */
function places(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((element, index) => places(element, [...path, index]))];
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([step, member]) => places(member, [...path, step]))];
}

/** Properties, and any of their places as secrets. */
const properties = anyValue.map.chain((values) =>
  fc.record({ values: fc.constant(values), secrets: fc.subarray(places(values).filter(({ length }) => length > 0)) }),
);

const sorted = (paths: readonly Path[]) => paths.map((path) => JSON.stringify(path)).sort();

describe("properties to the engine and back", () => {
  test("are the same, with the same secrets", () => {
    fc.assert(
      fc.property(properties, ({ values, secrets }) => {
        const back = decode(overTheWire(encode(values, secrets)));
        expect(back.values).toEqual(values);
        expect(sorted(back.secrets)).toEqual(sorted(secrets));
      }),
    );
  });

  test("a secret is nowhere in clear text outside its wrapping", () => {
    fc.assert(
      fc.property(anyValue.map, fc.uuid(), (values, password) => {
        const struct = encode({ ...values, password }, [["password"]]);
        const { password: wrapped, ...rest } = struct.toJavaScript();
        expect(wrapped).toEqual(secret(password));
        expect(JSON.stringify(rest)).not.toContain(password);
      }),
    );
  });

  test("members that are undefined are dropped, at any depth", () => {
    const struct = encode({ a: undefined, b: { c: undefined, d: [1, undefined] } });
    expect(struct.toJavaScript()).toEqual({ b: { d: [1, null] } });
  });
});

describe("what the engine sends", () => {
  test.each(Object.entries(sentinels))("an unknown %s is unknown", (_type, sentinel) => {
    expect(decode(sent({ a: sentinel, b: { c: [sentinel] } })).values).toEqual({ a: unknown, b: { c: [unknown] } });
  });

  test("secrets are unwrapped, those inside others too", () => {
    expect(decode(sent({ a: secret({ b: [secret("x")] }), c: [secret(sentinels.string)] }))).toEqual({
      values: { a: { b: ["x"] }, c: [unknown] },
      secrets: [["a"], ["a", "b", 0], ["c", 0]],
    });
  });

  test("an output is its value, or unknown without one", () => {
    const output = (more: object) => ({ [key]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", dependencies: [], ...more });
    const decoded = decode(sent({ a: output({ value: "x", secret: true }), b: output({ value: 1 }), c: output({}) }));
    expect(decoded).toEqual({ values: { a: "x", b: 1, c: unknown }, secrets: [["a"]] });
  });

  test("a resource is its id, or its URN where it has none", () => {
    const reference = (more: object) => ({ [key]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", ...more });
    const decoded = decode(
      sent({
        made: reference({ id: "1" }),
        planned: reference({ id: "" }),
        other: reference({ id: sentinels.string }),
        component: reference({}),
      }),
    );
    expect(decoded.values).toEqual({ made: "1", planned: unknown, other: unknown, component: "urn:x" });
  });

  test("a member called __proto__ gets lost in the library for protobuf and harms nobody", () => {
    const { values } = decode(overTheWire(encode(JSON.parse('{"a": {"__proto__": {"polluted": true}, "b": 1}}'))));
    expect(values).toEqual({ a: { b: 1 } });
    expect((values.a as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("nothing at all is no properties", () => {
    expect(decode(undefined)).toEqual({ values: {}, secrets: [] });
  });
});

describe("values that Pulumi has no word for are refused by their path", () => {
  class Own {}
  test.each([
    [new Date(0), "a Date"],
    [10n, "a bigint"],
    [() => 1, "a function"],
    [Symbol("x"), "a symbol"],
    [Number.NaN, "the number NaN"],
    [Number.POSITIVE_INFINITY, "the number Infinity"],
    [new Map(), "a Map"],
    [new Own(), "a Own"],
  ])("%p", (value, what) => {
    expect(() => encode({ a: { b: [value] } })).toThrow(new TypeError(`a.b.0 is ${what}, which Pulumi cannot carry`));
  });
});
