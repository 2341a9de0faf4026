import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Decoded, decode } from "../../../provider/pulumi/codec/decode";
import { encode } from "../../../provider/pulumi/codec/encode";
import { pathsOf, takenFrom } from "../../../provider/pulumi/codec/paths";
import { secretsInOutputs, secretTexts } from "../../../provider/pulumi/codec/secrets";
import { signatureKey } from "../../../provider/pulumi/codec/signatures";
import { checkConfig, configFrom } from "../../../provider/resources/config";
import { configKeys } from "../../../provider/resources/config/keys";
import { folderWith } from "../keystone/clouds";
import { guardPrototypes, loadedWords, oddTexts } from "./hostile";

guardPrototypes();

const signatures = [
  "1b47061264138c4ac30d75fd1eb44270",
  "5cf8f73096256a8f31e491e813e4eb8e",
  "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
];
const names = fc.oneof(
  fc.constantFrom(...loadedWords, signatureKey, "value", "secret", "id", "urn", "dependencies", "*", "a.b", "0"),
  oddTexts,
);

/** What the engine may send: plain values, special ones, and what only looks like those. */
const { value } = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    oddTexts,
    fc.constantFrom<unknown>(null, true, 0, -0, 1e308, ...signatures, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"),
    tie("map"),
    fc.array(tie("value"), { maxLength: 4 }),
  ),
  map: fc
    .tuple(
      fc.array(fc.tuple(names, tie("value")), { maxLength: 5 }),
      fc.option(fc.oneof(fc.constantFrom(...signatures), tie("value")), { nil: undefined }),
    )
    .map(([entries, signature]) =>
      own([...entries, ...(signature === undefined ? [] : [[signatureKey, signature] as const])]),
    ),
}));
const maps = fc.array(fc.tuple(names, value), { maxLength: 6 }).map(own);

function own(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}

test("any property map comes in, and once it was out comes in again as it was", () => {
  const there = ({ values, secrets }: Decoded) => decode(encode(values, secrets));
  fc.assert(
    fc.property(maps, (map) => {
      const first = decode(encode(map));
      const second = there(first);
      expect(there(second)).toEqual(second);
      expect(secretTexts(first).every((text) => typeof text === "string")).toBe(true);
      encode(first.values, secretsInOutputs(first.secrets));
    }),
    { numRuns: 300 },
  );
});

test("any bytes of a property map that can be parsed at all come in", () => {
  const bytes = maps.chain((map) => {
    const whole = encode(map).serializeBinary();
    return fc.array(fc.tuple(fc.nat(whole.length), fc.nat(255)), { maxLength: 3 }).map((edits) => {
      const copy = Uint8Array.from(whole);
      for (const [at, byte] of edits) if (at < copy.length) copy[at] = byte;
      return copy;
    });
  });
  fc.assert(
    fc.property(bytes, (given) => {
      const struct = parsed(given);
      if (struct) decode(struct);
    }),
    { numRuns: 300 },
  );
});

/** gRPC itself refuses what is no message. */
function parsed(bytes: Uint8Array): Struct | undefined {
  try {
    return Struct.deserializeBinary(bytes);
  } catch {
    return undefined;
  }
}

test("any path leads to something or nothing", () => {
  const texts = fc.array(
    fc
      .oneof(oddTexts, names, fc.array(fc.constantFrom("a", ".", '["', '"]', "[0]", "[*]", "\\", "__proto__")))
      .map(String),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(texts, maps, maps, (texts, news, olds) => {
      takenFrom(olds, news, pathsOf(texts));
    }),
    { numRuns: 300 },
  );
});

test("any configuration is judged, and what can be read of it is", () => {
  const environment = { env: {}, directory: folderWith({}), homeDirectory: folderWith({}) };
  const keys = fc.oneof({ weight: 4, arbitrary: fc.constantFrom<string>(...configKeys) }, names);
  const texts = fc.oneof(
    oddTexts,
    value,
    fc.constantFrom('"v2"', "true", "1e3", "0x10", "[1]", '{"a":1}', "http://k/v3"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, texts), { maxLength: 8 }).map(own), (config) => {
      const { failures } = checkConfig(config, environment);
      for (const { reason } of failures) expect(reason).toMatch(/./);
      configFrom(config);
    }),
    { numRuns: 300 },
  );
});

test("a key of 64 KiB is told to be none", () => {
  expect(checkConfig({ ["k".repeat(65_536)]: "v" }).failures).toHaveLength(1);
});
