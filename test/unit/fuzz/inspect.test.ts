import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beginning, inspect, sampleOf as sampleOfFile } from "../../../provider/image/inspect";
import { faultOf, faultOfPlain } from "../../../provider/image/inspect/fault";
import type { Found, Sample } from "../../../provider/image/inspect/found";
import { Fault } from "../../../provider/local/store/fault";
import { inspect as inspectUpload } from "../../../provider/local/store/inspect";
import { compressedSamples, qcow2Overlay, sampleOf, vhdFooter, vmdkText } from "../image/inspect/samples";
import { iso, partitioned, qcow2, vdi, vhd, vhdx, vmdk } from "../local/store/formats";
import { damaged, guardPrototypes, loadedWords, oddTexts } from "./hostile";

guardPrototypes();

const formats = ["raw", "qcow2", "vmdk", "vhd", "vhdx", "vdi", "iso"];
const reach = 64 * 1024;

const gpt = Buffer.alloc(1024);
gpt.write("EFI PART", 512);

/** Smallest images, and where in them a number or a name stands: its place, its length, and whether its first byte is its highest. */
const fields: readonly (readonly [
  image: Buffer,
  places: readonly (readonly [at: number, bytes: 2 | 4 | 8, big: boolean])[],
])[] = [
  [
    qcow2({ features: 4n }),
    [
      [4, 4, true],
      [8, 8, true],
      [16, 4, true],
      [24, 8, true],
      [72, 8, true],
    ],
  ],
  [
    qcow2Overlay("base.img"),
    [
      [8, 8, true],
      [16, 4, true],
      [24, 8, true],
    ],
  ],
  [
    vmdk(),
    [
      [4, 4, false],
      [12, 8, false],
      [28, 8, false],
      [36, 8, false],
      [44, 4, false],
      [56, 8, false],
    ],
  ],
  [
    vhdFooter(2 ** 30),
    [
      [40, 8, true],
      [48, 8, true],
      [60, 4, true],
    ],
  ],
  [
    vhd(2 ** 30),
    [
      [40, 8, true],
      [48, 8, true],
    ],
  ],
  [
    vdi(2 ** 30),
    [
      [0x40, 4, false],
      [0x4c, 4, false],
      [0x170, 8, false],
    ],
  ],
  [
    iso(100),
    [
      [0x8000 + 80, 4, false],
      [0x8000 + 128, 2, false],
    ],
  ],
  [
    partitioned(),
    [
      [446 + 8, 4, false],
      [446 + 12, 4, false],
      [510, 2, false],
    ],
  ],
  [
    gpt,
    [
      [512 + 32, 8, false],
      [0, 8, true],
    ],
  ],
  [
    vhdx(2 ** 30),
    [
      ...([
        [192 * 1024 + 8, 4, false],
        [192 * 1024 + 32, 8, false],
        [1024 * 1024 + 10, 2, false],
      ] as const),
      ...([
        [1024 * 1024 + 48, 4, false],
        [1088 * 1024, 8, false],
      ] as const),
    ],
  ],
];

const numbers = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 3n, 8n, 72n, 104n, 512n, 1023n, 1024n, 65_535n, 65_536n, 2n ** 31n, 2n ** 32n - 1n),
  fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, 2n ** 55n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 512n, 2n ** 64n - 1n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

/** A valid image whose fields say whatever numbers they can. */
const claiming = fc
  .tuple(fc.constantFrom(...fields), fc.array(fc.tuple(fc.nat(5), numbers), { minLength: 1, maxLength: 4 }))
  .map(([[image, places], claims]) => {
    const copy = Buffer.from(image);
    for (const [index, number] of claims) {
      const [at, length, big] = places[index % places.length] ?? [0, 8, true];
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt.asUintN(8 * length, number));
      const wanted = bytes.subarray(8 - length);
      copy.set(big ? wanted : wanted.reverse(), at);
    }
    return copy;
  });

const backingNames = fc.oneof(
  fc.constantFrom(
    ...loadedWords,
    "\x1b[2J",
    "/etc/shadow",
    "json:{}",
    "a\0b",
    "\u202eevil",
    "x".repeat(2000),
    '"',
    "\n",
  ),
  oddTexts.map((text) => text.slice(0, 2000)),
);
const overlays = backingNames
  .map((name) => Buffer.concat([qcow2Overlay(""), Buffer.from(name)]))
  .map((image) => {
    image.writeBigUInt64BE(512n, 8);
    image.writeUInt32BE(image.length - 512, 16);
    return image;
  });
const descriptor = fc
  .tuple(backingNames, fc.constantFrom("1", "ffffffff", "FFFFFFFF", "0", "g", "123456789"))
  .map(([parentName, parentId]) => vmdkText({ parentId, parentName }));
const descriptors = fc
  .tuple(
    descriptor,
    fc.array(fc.tuple(fc.constantFrom("RW", "RDONLY", "rw", "NOACCESS"), numbers, backingNames), { maxLength: 9 }),
  )
  .map(([text, extents]) =>
    Buffer.concat([
      text,
      ...extents.map(([access, size, name]) => Buffer.from(`${access} ${size} FLAT "${name}" 0\n`)),
    ]),
  );
/** The same inside of a sparse extent. */
const embedded = descriptors.map((text) => {
  const image = Buffer.concat([vmdk().subarray(0, 512), text]);
  image.writeBigUInt64LE(BigInt(Math.ceil(text.length / 512)), 36);
  return image;
});

const any = fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes));
const whole = fc.oneof(
  claiming,
  overlays,
  descriptors,
  embedded,
  fc.constantFrom(...Object.values(compressedSamples)),
  any,
);
const images = fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: whole.chain(damaged) });

function expectSound(found: Found | undefined, name = "disk"): void {
  if (found === undefined) return;
  const { format, fits, virtualSize = 0, backingFile = "" } = found;
  expect([...formats, ...Object.keys(compressedSamples)]).toContain(format);
  expect(formats).toEqual(expect.arrayContaining([...fits]));
  expect(Number.isSafeInteger(virtualSize) && virtualSize >= 0).toBe(true);
  expect(backingFile).not.toMatch(/\p{C}/u);
  for (const diskFormat of [...formats, "ami", ...loadedWords]) {
    const fault = faultOf(found, name, { diskFormat, containerFormat: "bare" });
    if (fault !== undefined) expect(fault).toMatch(/^[^\p{Cc}\p{Cs}]{1,1400}$/u);
    expect(faultOf(found, name, { diskFormat, containerFormat: "ova" })).toBeUndefined();
  }
}

test("any fields of any format, and any names in them, are told soundly", () => {
  fc.assert(
    fc.property(images, (image) => expectSound(inspect(sampleOf(image)))),
    { numRuns: 700 },
  );
});

test("any plain data are taken, or refused in one line", () => {
  const declared = fc.record({
    diskFormat: fc.constantFrom(...formats, "ami", ...loadedWords),
    containerFormat: fc.constantFrom("bare", "ova"),
  });
  fc.assert(
    fc.property(images, declared, (image, formatsOfImage) => {
      for (const sample of [sampleOf(image), beginning(image.subarray(0, reach))]) {
        const fault = faultOfPlain(sample, "disk", formatsOfImage);
        if (fault !== undefined) expect(fault).toMatch(/^[^\p{Cc}\p{Cs}]{1,400}$/u);
      }
    }),
    { numRuns: 500 },
  );
});

test("a beginning of one format and an end of another are told soundly, of any size and with no end in sight", () => {
  const sizes = fc.oneof(fc.nat(), fc.constantFrom(0, 511, 512, 2 ** 32, Number.MAX_SAFE_INTEGER));
  const samples = fc.tuple(images, fc.option(images), sizes, fc.boolean()).map(
    ([begin, end, size, isKnown]): Sample => ({
      head: begin.subarray(0, reach),
      tail: end?.subarray(-reach) ?? Buffer.alloc(0),
      size: isKnown ? Math.max(size, begin.length) : undefined,
    }),
  );
  fc.assert(
    fc.property(samples, (sample) => {
      const before = Buffer.concat([sample.head, sample.tail]);
      const found = inspect(sample);
      expectSound(found);
      expect(inspect(sample)).toEqual(found);
      expect(Buffer.concat([sample.head, sample.tail]).equals(before)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a footer is found after any disk that begins with no format of its own", () => {
  fc.assert(
    fc.property(any, numbers, fc.constantFrom(511, 512), (begin, size, length) => {
      const footer = vhdFooter(0);
      footer.writeBigUInt64BE(size, 48);
      const found = inspect(sampleOf(Buffer.concat([Buffer.alloc(1), begin, footer.subarray(0, length)])));
      expect(found).toMatchObject({ format: "vhd", fits: ["vhd", "raw", "iso"] });
      expect(found?.virtualSize).toBe(size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : undefined);
    }),
    { numRuns: 300 },
  );
});

describe("a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "inspect-"));
  const path = join(folder, "image");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("of any content is read at its two ends", async () => {
    const middles = fc.constantFrom(0, 1, reach - 512, reach, 2 * reach).map((length) => Buffer.alloc(length, 1));
    await fc.assert(
      fc.asyncProperty(images, middles, images, async (begin, middle, end) => {
        const content = Buffer.concat([begin, middle, end]);
        writeFileSync(path, content);
        const [read, wanted] = [await sampleOfFile(path), sampleOf(content)];
        expect(read.size).toBe(wanted.size);
        expect(read.head.equals(wanted.head) && read.tail.equals(wanted.tail)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("of any content has a virtual size for the stand-in of Glance, or none, or is refused", async () => {
    await fc.assert(
      fc.asyncProperty(images, fc.constantFrom(...formats, "ami", ...loadedWords), async (content, diskFormat) => {
        writeFileSync(path, content);
        const size = await inspectUpload(path, { diskFormat, containerFormat: "bare" }).catch((error: unknown) => {
          if (!(error instanceof Fault)) throw error;
          return null;
        });
        expect(size === null || (Number.isFinite(size) && size >= 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

// No reader looks farther than the two ends; each of these takes minutes where the work grows with the cube of what they hold.
const sized = (text: string) => Buffer.from(`# Disk DescriptorFile\n${text.repeat(reach / text.length)}`);
test.each([
  ["blanks", sized(" ")],
  ["line ends", sized("\n")],
  ["extents", sized("RW 9 FLAT\n")],
  ["half extents", sized("RW ")],
  ["extents of digits", sized(`RW ${"9".repeat(20)} \n`)],
  ["digits", sized("RW 99999999999999999999")],
  ["parents", sized("parentCID=1\n")],
  ["names without an end", sized('\nparentFileNameHint="x')],
  ["quotes", sized('"')],
])("a descriptor of %s is done with", (_what, text) => {
  for (let turn = 0; turn < 20; turn += 1) expectSound(inspect(sampleOf(text)));
});
