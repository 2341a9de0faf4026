import { parseTime } from "../v2/list/time";
import { refuse } from "../v2/refusal";
import type { Fields, Meta } from "./meta";

const amazonFormats = ["aki", "ari", "ami"];
const diskFormats = [...amazonFormats, "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop"];
const containerFormats = [...amazonFormats, "bare", "ovf", "ova", "docker"];

const longestName = 255;
const longestChecksum = 32;
const earliestYear = "1900";

/** The same with what the formats imply (glance/api/v1/images.py, validate_image_meta). Throws 400. */
export function validated(meta: Meta): Meta {
  const fields = { ...meta.fields, ...impliedFormats(meta.fields), ...parsedTime(meta.fields) };
  const { name, checksum } = fields;
  const length = Buffer.byteLength(name ?? "");
  if (length > longestName) throw refuse(400, `Image name too long: ${length}`);
  if (checksum && checksum.length > longestChecksum) {
    throw refuse(400, `Invalid checksum '${checksum}': can't exceed ${longestChecksum} characters`);
  }
  return { ...meta, fields };
}

/** One of Amazon's formats is a disk format and a container format at once. */
function impliedFormats({ disk_format: disk, container_format: container }: Fields): Fields {
  requireKnown("disk", disk, diskFormats);
  requireKnown("container", container, containerFormats);
  if (![disk, container].some((format) => amazonFormats.includes(format ?? ""))) return {};
  if (disk === undefined && container !== undefined) return { disk_format: container };
  if (container === undefined && disk !== undefined) return { container_format: disk };
  if (disk === container) return {};
  const wanted = "When setting a disk or container format to one of 'aki', 'ari', or 'ami',";
  throw refuse(400, `Invalid mix of disk and container formats. ${wanted} the container and disk formats must match.`);
}

function requireKnown(kind: string, format: string | null | undefined, known: readonly string[]): void {
  if (format === undefined || known.includes(format ?? "")) return;
  throw refuse(400, `Invalid ${kind} format '${format ?? "None"}' for image.`);
}

/** Of the times only that of creation has an effect, but all must be right. */
function parsedTime(fields: Fields): Fields {
  const times = ["created_at", "updated_at", "deleted_at"] as const;
  const given = times.flatMap((field) => (fields[field] ? [[field, fields[field]] as const] : []));
  return Object.fromEntries(given.map(([field, value]) => [field, timeOf(field, value)]));
}

function timeOf(field: string, value: string): string {
  const time = parseTime(value);
  if (time === undefined || time < earliestYear) throw refuse(400, `Invalid time format for ${field}.`);
  return time;
}
