import fc from "fast-check";
import { beginning, inspect } from "../../../../provider/image/inspect";
import { faultOf } from "../../../../provider/image/inspect/fault";
import type { Found } from "../../../../provider/image/inspect/found";
import { qcow2Image } from "../../../tools/images";
import { iso, partitioned, qcow2, vdi, vhdx, vmdk } from "../../local/store/formats";
import {
  compressedSamples,
  differencingVdi,
  differencingVhd,
  qcow2Overlay,
  sampleOf,
  vhdFooter,
  vmdkText,
} from "./samples";

const images = [
  qcow2Image(2 ** 30),
  qcow2({ features: 4n }),
  qcow2Overlay("base.img"),
  vmdk(),
  vmdkText({ parentId: "1", parentName: "base.vmdk" }),
  vhdFooter(2 ** 30),
  Buffer.concat([Buffer.alloc(1024), vhdFooter(1024)]),
  vhdx(2 ** 30),
  vdi(2 ** 30),
  differencingVhd(),
  differencingVdi(),
  iso(100),
  partitioned({ image: iso(100) }),
  ...Object.values(compressedSamples),
];

const formats = ["raw", "qcow2", "vmdk", "vhd", "vhdx", "vdi", "iso"];

function isSound(found: Found | undefined): boolean {
  if (found === undefined) return true;
  const { format, virtualSize = 0, backingFile = "" } = found;
  const isKnown = [...formats, ...Object.keys(compressedSamples)].includes(format);
  return isKnown && Number.isSafeInteger(virtualSize) && virtualSize >= 0 && !/\p{C}/u.test(backingFile);
}

/** Headers are small and their fields are many: most changes hit one of them. */
const position = fc.oneof(fc.nat(120), fc.nat(1100), fc.integer({ min: 0x8000, max: 0x8100 }), fc.nat(70_000));
const changes = fc.array(fc.tuple(position, fc.uint8Array({ minLength: 1, maxLength: 16 })), { maxLength: 12 });

const mutated = fc
  .tuple(fc.constantFrom(...images), changes, fc.oneof(fc.nat(600), fc.nat(300_000)))
  .map(([image, edits, length]) => {
    const copy = Buffer.from(image);
    for (const [start, bytes] of edits) if (start + bytes.length <= copy.length) copy.set(bytes, start);
    return copy.subarray(0, length);
  });

test("random bytes are plain data, whatever they are declared as", () => {
  const declared = fc.record({
    diskFormat: fc.constantFrom(...formats),
    containerFormat: fc.constantFrom("bare", "ova"),
  });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000 }), declared, (bytes, formatsOfImage) => {
      const found = inspect(sampleOf(Buffer.from(bytes)));
      expect(found && faultOf(found, "disk", formatsOfImage)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test("truncated and changed headers are told soundly or not at all", () => {
  fc.assert(
    fc.property(mutated, (bytes) => isSound(inspect(sampleOf(bytes))) && isSound(inspect(beginning(bytes)))),
    { numRuns: 2000 },
  );
});

test("every header field at its largest is told soundly", () => {
  fc.assert(
    fc.property(fc.constantFrom(...images), fc.nat(600), fc.nat(600), (image, start, end) => {
      const copy = Buffer.from(image);
      copy.fill(0xff, Math.min(start, copy.length), Math.min(end, copy.length));
      return isSound(inspect(sampleOf(copy)));
    }),
    { numRuns: 1000 },
  );
});

test("a descriptor of the whole head, of lines made to confuse, is told soundly", () => {
  const line = fc.constantFrom(
    "RW 9",
    "RW         9 ",
    `RW ${"9".repeat(20)} FLAT`,
    'parentFileNameHint="',
    "parentCID=1",
    " ",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "", "\r\n"), (lines, end) => {
      const text = `# Disk DescriptorFile\n${`${lines.join(end)}${end} `.repeat(3000)}`;
      return isSound(inspect(sampleOf(Buffer.from(text))));
    }),
    { numRuns: 100 },
  );
});
