import fc from "fast-check";
import { digestsIn } from "../../../../provider/image/integrity/checksumList";

const md5 = "d41d8cd98f00b204e9800998ecf8427e";
const sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const other256 = "0123456789abcdef".repeat(4);
const sha512 = "f".repeat(128);

const said = (text: string, name = "disk.qcow2") =>
  digestsIn(text, name).map(({ algorithm, value }) => `${algorithm}:${value}`);

describe("a line about the file", () => {
  test.each([
    ["GNU text", `${sha256}  disk.qcow2`],
    ["GNU binary", `${sha256} *disk.qcow2`],
    ["one blank", `${sha256} disk.qcow2`],
    ["a tab", `${sha256}\tdisk.qcow2`],
    ["capital letters", `${sha256.toUpperCase()}  disk.qcow2`],
    ["BSD", `SHA256 (disk.qcow2) = ${sha256}`],
    ["OpenSSL", `SHA256(disk.qcow2)= ${sha256}`],
    ["OpenSSL 3", `SHA2-256(disk.qcow2)= ${sha256}`],
    ["a hyphen", `SHA-256 (disk.qcow2) = ${sha256}`],
    ["its folder", `${sha256}  ./images/disk.qcow2`],
    ["its folder, BSD", `SHA256 (images/disk.qcow2) = ${sha256}`],
    ["the bare hash", sha256],
    ["the bare hash in capital letters", `${sha256.toUpperCase()}\n`],
    ["Windows' line ends", `${other256}  other.qcow2\r\n${sha256}  disk.qcow2\r\n`],
    ["a byte order mark", `\uFEFF${sha256}  disk.qcow2`],
    ["a comment and blank lines", `# disk.qcow2: 12 bytes\n\n${sha256}  disk.qcow2\n\n`],
    ["the same twice", `${sha256}  disk.qcow2\nSHA256 (disk.qcow2) = ${sha256}`],
  ])("is read with %s", (_form, text) => {
    expect(said(text)).toEqual([`sha256:${sha256}`]);
  });

  test.each([
    ["another name", `${sha256}  disk.qcow2.xz`],
    ["another folder's name", `${sha256}  disk.qcow2/readme`],
    ["the name in capital letters", `${sha256}  DISK.qcow2`],
    ["a comment", `# ${sha256}  disk.qcow2`],
    ["a hash that is cut short", `${sha256.slice(1)}  disk.qcow2`],
    ["a hash that is no number", `${sha256.slice(1)}g  disk.qcow2`],
    ["SHA-224", `${sha256.slice(8)}  disk.qcow2`],
    ["SHA-384", `SHA384 (disk.qcow2) = ${sha512.slice(32)}`],
    ["another function of the same length", `SHA3-256 (disk.qcow2) = ${sha256}`],
    ["a function that does not fit the length", `MD5 (disk.qcow2) = ${sha256}`],
    ["a bare hash beside names", `${sha256}\n${md5}  other.qcow2`],
    ["a page of HTML", "<html><body>Not found</body></html>"],
    ["nothing", ""],
  ])("is not seen in %s", (_what, text) => {
    expect(said(text)).toEqual([]);
  });
});

it("answers the strongest first", () => {
  const lines = [`${sha1}  disk.qcow2`, `MD5 (disk.qcow2) = ${md5}`, `${sha512}  disk.qcow2`, `${sha256}  disk.qcow2`];
  expect(said(lines.join("\n"))).toEqual([`sha512:${sha512}`, `sha256:${sha256}`, `sha1:${sha1}`, `md5:${md5}`]);
});

it("prefers the very name to one in a folder", () => {
  const text = `${other256}  old/disk.qcow2\n${sha256}  ./disk.qcow2`;
  expect(said(text)).toEqual([`sha256:${sha256}`]);
});

it.each([
  ["of the same name", `${sha256}  disk.qcow2\n${other256}  disk.qcow2`],
  ["in two folders", `${sha256}  a/disk.qcow2\n${other256}  b/disk.qcow2`],
  ["without a name", `${sha256}\n${other256}`],
])("refuses two different hashes %s", (_where, text) => {
  expect(() => said(text)).toThrow(
    expect.objectContaining({
      code: "SOURCE",
      message: expect.stringContaining('two different sha256 hashes of "disk.qcow2"'),
    }),
  );
});

it("undoes the escapes of odd names only where the line says that there are some", () => {
  expect(said(`\\${sha256}  a\\nb\\\\c`, "a\nb\\c")).toEqual([`sha256:${sha256}`]);
  expect(said(`\\SHA256 (a\\nb) = ${sha256}`, "a\nb")).toEqual([`sha256:${sha256}`]);
  expect(said(`${sha256}  a\\nb`, "a\\nb")).toEqual([`sha256:${sha256}`]);
});

describe("a message signed with PGP", () => {
  const signed = (...body: string[]) =>
    [
      "-----BEGIN PGP SIGNED MESSAGE-----",
      "Hash: SHA256",
      "",
      ...body,
      "-----BEGIN PGP SIGNATURE-----",
      "",
      "iQIzBAEBCAAdFiEE",
      "-----END PGP SIGNATURE-----",
      "",
    ].join("\n");

  it("is read, with the lines that begin with a dash", () => {
    const text = signed("# disk.qcow2: 12 bytes", `SHA256 (disk.qcow2) = ${sha256}`, `- -${md5}  x`);
    expect(said(text)).toEqual([`sha256:${sha256}`]);
    expect(said(signed(`- ${sha256}  disk.qcow2`))).toEqual([`sha256:${sha256}`]);
  });

  it("says nothing outside of what was signed", () => {
    const around = `${other256}  disk.qcow2\n`;
    expect(said(`${around}${signed(`${sha256}  disk.qcow2`)}${around}`)).toEqual([`sha256:${sha256}`]);
  });

  it("may lack its end", () => {
    const [head] = signed(`${sha256}  disk.qcow2`).split("-----BEGIN PGP SIGNATURE");
    expect(said(head ?? "")).toEqual([`sha256:${sha256}`]);
  });
});

const hex = (length: number) =>
  fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length }).map((all) => all.join(""));

it("finds every hash in a list of any of the forms", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_(][A-Za-z0-9_.() =*-]{0,20}[A-Za-z0-9_]$/);
  const forms = [
    (name: string, value: string) => `${value}  ${name}`,
    (name: string, value: string) => `${value} *${name}`,
    (name: string, value: string) => `SHA256 (${name}) = ${value}`,
    (name: string, value: string) => `SHA256(${name})= ${value}`,
    (name: string, value: string) => `${value}  ./some/folder/${name}`,
  ];
  const file = fc.record({ name, value: hex(64), form: fc.constantFrom(...forms) });
  const files = fc.uniqueArray(file, { selector: ({ name }) => name, minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(files, fc.constantFrom("\n", "\r\n"), (files, lineEnd) => {
      const text = files.map(({ form, name, value }) => form(name, value)).join(lineEnd);
      for (const { name, value } of files) expect(said(text, name)).toEqual([`sha256:${value}`]);
    }),
  );
});

// Most of these take minutes where a match that fails is tried again from every character.
test.each([
  ["blanks", (n: number) => `${sha256}${" ".repeat(n)}x`],
  ["blanks and a separator of lines", (n: number) => `${sha256}${" ".repeat(n)}\u2028x`],
  ["hex digits", (n: number) => "a".repeat(n)],
  ["brackets", (n: number) => `SHA256 ${"(".repeat(n)}`],
  ["closing brackets", (n: number) => `SHA256 (${") = a".repeat(n / 5)}g`],
  ["backslashes", (n: number) => `\\${sha256}  ${"\\".repeat(n)}`],
  ["dots and slashes", (n: number) => `${sha256}  ${"./".repeat(n / 2)}x`],
  ["blank lines", (n: number) => "\n".repeat(n)],
  ["beginnings of messages", (n: number) => "-----BEGIN PGP SIGNED MESSAGE-----\n".repeat(n / 35)],
])("is done with a megabyte of %s", (_what, text) => {
  expect(said(text(1_000_000))).toEqual([]);
});
