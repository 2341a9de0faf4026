import { refuse, refuseInDetail } from "./refusal";

/** A part of an image, both ends inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/** The part that a `Range` header asks for. Throws 400 for several parts, 416 for one that is malformed or begins after the end. */
export function byteRange(range: string, size: number): ByteRange {
  if (range.includes(",")) {
    const advice = "You may make multiple single-range requests instead.";
    throw refuse(400, `Requests with multiple ranges are not supported in Glance. ${advice}`);
  }
  const [, first = "", last = ""] = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)/i.exec(range) ?? [];
  const isMalformed = (first === "" && last === "") || (first !== "" && last !== "" && Number(last) < Number(first));
  if (isMalformed) throw refuseInDetail(416, "Invalid Range header.");
  if (first === "") return { start: Math.max(size - Number(last), 0), end: size - 1 };
  if (Number(first) >= size) {
    const rule = `Start position MUST be in the inclusive range [0, ${size - 1}].`;
    throw refuseInDetail(416, `Invalid start position in Range header. ${rule}`);
  }
  return { start: Number(first), end: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
}
