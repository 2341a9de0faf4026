import { type DiskFormat, type Found, hasMagic, type Sample } from "./found";
import { shortestFooter } from "./vhd";

/** The formats that content can contradict. What ami, aki, ari, ploop or an operator's own format looks like is not for us to say. */
const judged: readonly string[] = ["raw", "qcow2", "vmdk", "vhd", "vhdx", "vdi", "iso"] satisfies DiskFormat[];

/** What the content of an image in a container is declared to be. */
export interface Declared {
  diskFormat: string;
  containerFormat: string;
}

/**
 * Why an image service or its servers could not use such content, and what to do; undefined where nothing speaks against it. Only
 * containers of the format `bare` are looked into, as Glance does (glance/location.py).
 *
 * @param name - How the message calls the source.
 */
export function faultOf(found: Found, name: string, { diskFormat, containerFormat }: Declared): string | undefined {
  if (!isJudged({ diskFormat, containerFormat })) return undefined;
  const { format, fits, evidence, backingFile, dataFile } = found;
  if (fits.length === 0)
    return `${name} is compressed with ${format}: decompress it first, or leave it to decompress: auto`;
  if (backingFile !== undefined) {
    return `${name} is ${format} on top of a backing file${backingFile && ` "${backingFile}"`}, which is not uploaded: ${merge}`;
  }
  if (dataFile) return `${name} is ${format} with its data in another file, which is not uploaded: ${merge}`;
  if (fits.some((fitting) => fitting === diskFormat)) return undefined;
  const what = evidence ? `${format} (${evidence})` : format;
  return `diskFormat says ${diskFormat}, but ${name} is ${what}: declare diskFormat: ${format}`;
}

/** The beginnings that a format may have, and where. A vmdk may be flat; of the others nothing is known. */
const beginnings: Partial<Record<string, { at: number; magics: readonly string[] }>> = {
  qcow2: { at: 0, magics: ["QFI\xfb"] },
  vhdx: { at: 0, magics: ["vhdxfile"] },
  vdi: { at: 64, magics: ["\x7f\x10\xda\xbe"] },
  iso: { at: 0x8001, magics: ["CD001", "BEA01"] },
} satisfies Partial<Record<DiskFormat, object>>;

/** Why plain data cannot be an image of these formats, as far as its ends tell. */
export function faultOfPlain({ head, tail }: Sample, name: string, declared: Declared): string | undefined {
  if (!isJudged(declared)) return undefined;
  const { diskFormat } = declared;
  const lack = diskFormat === "vhd" ? lackOfVhd(tail) : lackOfBeginning(head, diskFormat);
  return (
    lack && `diskFormat says ${diskFormat}, but ${name} ${lack}: declare its own format, raw where it is a plain disk`
  );
}

/** With a footer it would be no plain data; the beginning alone tells nothing of a fixed one. */
function lackOfVhd(tail: Buffer): string | undefined {
  return tail.length < shortestFooter ? undefined : "neither begins nor ends like one";
}

function lackOfBeginning(head: Buffer, diskFormat: string): string | undefined {
  const beginning = beginnings[diskFormat];
  if (!beginning) return undefined;
  const { at, magics } = beginning;
  const isTooShort = magics.some((magic) => head.length < at + magic.length);
  if (isTooShort || magics.some((magic) => hasMagic(head, magic, at))) return undefined;
  return "does not begin like one";
}

/** Whether content can contradict such a declaration. */
export function isJudged({ diskFormat, containerFormat }: Declared): boolean {
  return containerFormat === "bare" && judged.includes(diskFormat);
}

const merge = "make one file of both first, for example with qemu-img convert";
