import fc from "fast-check";
import { digestsIn } from "../../../provider/image/integrity/checksumList";
import { damagedText, guardPrototypes, loadedWords, oddTexts, withstands } from "./hostile";

guardPrototypes();

const lengths = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 } as const;
const labels = Object.keys(lengths) as (keyof typeof lengths)[];
const digest = fc.constantFrom(...labels).chain((label) =>
  fc
    .string({
      unit: fc.constantFrom(..."0123456789abcdefABCDEF"),
      minLength: lengths[label],
      maxLength: lengths[label],
    })
    .map((hex) => ({ label, hex })),
);

const names = fc.oneof(
  fc.constantFrom(...loadedWords, "disk.qcow2", "a b", "*", "\\", "\\n", "\\\\", "a) = b", "(", ")", "../x", "./", "/"),
  fc.constantFrom(
    "a\rb",
    "a\0b",
    "\ufeff",
    "\u2028",
    "-----BEGIN PGP SIGNATURE-----",
    "e".repeat(64),
    "x".repeat(5000),
  ),
  oddTexts,
);

/** How the tools write a line, and how no tool does. */
const line = fc
  .tuple(digest, names, fc.constantFrom("", "\\"), fc.nat(8))
  .map(([{ label, hex }, name, start, form]) => {
    const forms = [`${hex}  ${name}`, `${hex} *${name}`, `${hex}\t${name}`, hex, `${hex} `];
    const more = [`${label} (${name}) = ${hex}`, `${label}(${name})= ${hex}`, `${hex} (${name}) = ${hex}`, `(${name})`];
    return start + [...forms, ...more][form];
  });
const marks = fc.constantFrom(
  ...["-----BEGIN PGP SIGNED MESSAGE-----", "Hash: SHA512", "", "- -----BEGIN PGP SIGNED MESSAGE-----"],
  ...["-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----", "# comment", "\ufeff"],
);
const end = fc.constantFrom("\n", "\r\n", "\r", "\n\n", "\0", "");
const lists = fc
  .array(fc.tuple(fc.oneof({ weight: 4, arbitrary: line }, marks, oddTexts), end), { maxLength: 8 })
  .map((all) => all.flat().join(""));
const bytes = fc.uint8Array({ maxLength: 500 }).map((array) => Buffer.from(array).toString("utf8"));
const texts = fc.oneof({ weight: 4, arbitrary: lists }, lists.chain(damagedText), bytes, oddTexts);

test("any list says hashes of any file, each kind once, or contradicts itself", async () => {
  await fc.assert(
    fc.asyncProperty(texts, names, async (text, name) => {
      const message = await withstands(() => {
        const found = digestsIn(text, name);
        const lengthOf = (algorithm: string) => lengths[algorithm.toUpperCase() as keyof typeof lengths];
        for (const { algorithm, value } of found) expect(value).toMatch(RegExp(`^[0-9a-f]{${lengthOf(algorithm)}}$`));
        expect(new Set(found.map(({ algorithm }) => algorithm)).size).toBe(found.length);
      });
      expect(message).toMatch(/^$|^The list of checksums gives two different (md5|sha1|sha256|sha512) hashes of "/);
    }),
    { numRuns: 1000 },
  );
});

const asked = "wanted.qcow2";
/** What is about other files, though some would like to be about ours. */
const aboutOthers = fc.oneof(
  line,
  oddTexts,
  fc
    .tuple(digest, fc.constantFrom("x/", "../", "/", "\\", "*.", "\0", "\ufeff", "__proto__/"))
    .map(([{ label, hex }, prefix]) => `${label} (${prefix}${asked}) = ${hex}`),
  fc
    .tuple(digest, fc.constantFrom("\0", ".xz", "/", "\r-", ") = 1", "\\n"))
    .map(([{ hex }, suffix]) => `${hex}  ${asked}${suffix}`),
);

test("a sound line is found among whatever else there is", () => {
  const around = fc.array(aboutOthers, { maxLength: 6 });
  const sound = fc.tuple(digest, fc.nat(3)).map(([{ label, hex }, form]) => ({
    label,
    hex,
    text: [`${hex}  ${asked}`, `${hex} *./${asked}`, `${label} (${asked}) = ${hex}`, `\\${hex}  ${asked}`][form],
  }));
  fc.assert(
    fc.property(
      around,
      sound,
      around,
      fc.constantFrom("\n", "\r\n"),
      (before, { label, hex, text }, after, lineEnd) => {
        const list = [...before, text, ...after].join(lineEnd);
        expect(digestsIn(list, asked)).toEqual([{ algorithm: label.toLowerCase(), value: hex.toLowerCase() }]);
      },
    ),
    { numRuns: 500 },
  );
});

const letters: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
const escaped = (name: string) => name.replace(/[\\\n\r]/g, (letter) => letters[letter] ?? letter);

test("any name that coreutils write is found again", () => {
  const written = fc
    .oneof(
      names,
      fc.string({ unit: fc.constantFrom("\\", "n", "r", "\n", "\r", "(", ")", " ", "=", "a"), minLength: 1 }),
    )
    // A blank at either end is lost with the line's own, and a name that begins with ./ is one without it.
    .filter((name) => name !== "" && name.trim() === name && !name.startsWith("./"));
  fc.assert(
    fc.property(written, digest, fc.boolean(), (name, { label, hex }, isBsd) => {
      const start = escaped(name) === name ? "" : "\\";
      const text = isBsd ? `${label} (${escaped(name)}) = ${hex}` : `${hex}  ${escaped(name)}`;
      const expected = [{ algorithm: label.toLowerCase(), value: hex.toLowerCase() }];
      expect(digestsIn(`${start}${text}\n`, name)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

// Each of these takes minutes where the work grows with the square of the size.
const sized = (text: string) => text.repeat(1_000_000 / text.length);
const hex = "a".repeat(64);
test.each([
  ["digits", sized("a")],
  ["digits and no name", `${sized("a")} `],
  ["blanks", `${hex}${sized(" ")}`],
  ["blanks before a control character", `${hex}${sized(" ")}\0`],
  ["blanks that are no end", `${sized(" ")}x`],
  ["stars", `${hex}${sized(" *")}`],
  ["backslashes", `\\${hex}  ${sized("\\")}`],
  ["brackets", `SHA256 ${sized("(")}`],
  ["pairs of brackets", `SHA256 ${sized("()")}`],
  ["ends of names", `SHA256 (${sized(") = ")}`],
  ["ends of names with hashes", `SHA256 (${sized(") = abcdef")}x`],
  ["labels", `${sized("SHA256-")}(`],
  ["folders", `${hex}  ${sized("./")}`],
  ["parts of folders", `${hex}  ${sized("a/")}`],
  ["line ends", sized("\n")],
  ["carriage returns", `${sized("\r")}x`],
  ["signed messages", sized("-----BEGIN PGP SIGNED MESSAGE-----\n")],
  ["signatures", `-----BEGIN PGP SIGNED MESSAGE-----\n\n${sized("- -----BEGIN PGP SIGNATURE-----\n")}`],
  ["the same line", sized(`${hex}  ${asked}\n`)],
  ["bare hashes", sized(`${hex}\n`)],
])("a list of %s is done with", (_what, text) => {
  const names = [asked, sized("./"), text];
  for (const name of names) expect(digestsIn(text, name).length).toBeLessThanOrEqual(1);
});
