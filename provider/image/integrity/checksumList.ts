import { GlanceError } from "../../http/errors";
import { algorithmOf, type Digest, hashAlgorithms } from "./digest";

/** What one line of a list says; without a name it is about whatever the list was published beside. */
interface Entry extends Digest {
  name: string | undefined;
}

const newestIsStrongest = [...hashAlgorithms].reverse();

/**
 * What a published list of checksums says about one file, the strongest hash first; nothing where it is not named.
 *
 * Reads the lines of `sha256sum` and its kin, those of BSD and OpenSSL (`SHA256 (name) = …`), a bare hash in a list
 * that names no file, and all of them in a message signed with PGP, whose signature is not checked. A list may give
 * names with folders: where it has no entry for the very name, those whose last part is the name count.
 *
 * Throws SOURCE where the list gives two different hashes of one kind.
 */
export function digestsIn(text: string, fileName: string): Digest[] {
  const entries = messageLines(text).flatMap((line) => entryOf(line) ?? []);
  const found = entriesAbout(fileName, entries);
  return newestIsStrongest.flatMap((algorithm) => {
    const [value, ...others] = new Set(
      found.filter((entry) => entry.algorithm === algorithm).map(({ value }) => value),
    );
    if (others.length > 0) throw contradiction(algorithm, fileName);
    return value === undefined ? [] : { algorithm, value };
  });
}

function entriesAbout(fileName: string, entries: readonly Entry[]): readonly Entry[] {
  const named = entries.filter(({ name }) => name !== undefined);
  if (named.length === 0) return entries;
  const exact = named.filter(({ name }) => name?.replace(/^(\.\/)+/, "") === fileName);
  return exact.length > 0 ? exact : named.filter(({ name }) => name?.split("/").at(-1) === fileName);
}

/** The lines of the text, or those that were signed where it is a signed message (RFC 9580, section 7). */
function messageLines(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => line.trimEnd());
  const begin = lines.indexOf("-----BEGIN PGP SIGNED MESSAGE-----");
  if (begin === -1) return lines;
  const body = lines.slice(lines.indexOf("", begin) + 1);
  const end = body.indexOf("-----BEGIN PGP SIGNATURE-----");
  return body.slice(0, end === -1 ? undefined : end).map((line) => line.replace(/^- /, ""));
}

function entryOf(line: string): Entry | undefined {
  return gnuEntry(line) ?? bsdEntry(line);
}

// `.` shall match every character: a failing match would otherwise be tried again from each blank.
function gnuEntry(line: string): Entry | undefined {
  const [, escaped, hex, name] = /^(\\?)([0-9a-f]+)(?:(?: \*|[ \t]+)(.+))?$/is.exec(line) ?? [];
  const algorithm = algorithmOf(hex ?? "");
  if (hex === undefined || algorithm === undefined) return undefined;
  return { algorithm, value: hex.toLowerCase(), name: name && plainName(name, escaped) };
}

function bsdEntry(line: string): Entry | undefined {
  const [, escaped, label = "", name = "", hex = ""] =
    /^(\\?)([a-z0-9-]+) ?\((.+)\) ?= ?([0-9a-f]+)$/is.exec(line) ?? [];
  const algorithm = algorithmOf(hex);
  if (algorithm === undefined || algorithm !== algorithmName(label)) return undefined;
  return { algorithm, value: hex.toLowerCase(), name: plainName(name, escaped) };
}

/** `SHA2-256` and `SHA-256` are both sha256; `SHA3-256` is nothing that we know. */
function algorithmName(label: string): string {
  return label.toLowerCase().replace(/^sha2?-(?=\d)/, "sha");
}

/** GNU tools begin a line with a backslash where the name holds line ends or backslashes. */
function plainName(name: string, escaped: string | undefined): string {
  const meanings: Readonly<Record<string, string>> = { n: "\n", r: "\r", "\\": "\\" };
  return escaped ? name.replace(/\\([nr\\])/g, (_, letter: string) => meanings[letter] ?? letter) : name;
}

function contradiction(algorithm: string, fileName: string): GlanceError {
  return new GlanceError({
    code: "SOURCE",
    message: `The list of checksums gives two different ${algorithm} hashes of "${fileName}"`,
    hint: "State the right one in sourceHash",
  });
}
