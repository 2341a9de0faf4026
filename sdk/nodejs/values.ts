import { unknown } from "../../provider/resources/unknown";

/** How Pulumi's dynamic provider process shows a value that a preview does not know (sdk/nodejs/runtime/rpc.ts). */
const unknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Property values as Pulumi hands them over, with unknown ones made recognisable. */
export function decode(value: unknown): unknown {
  if (value === unknownSentinel) return unknown;
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, decode(member)]));
}

/** The way back. Members that are undefined go: Pulumi fails on them after the work is done. */
export function encode(value: unknown): unknown {
  if (value === unknown) return unknownSentinel;
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, encode(member)]));
}
