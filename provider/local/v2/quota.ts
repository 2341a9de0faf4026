import { Fault } from "../store/fault";
import { isReserved } from "./names";

/** The limits that Glance has by default. */
const limits = { tags: 128, properties: 128, members: 128 };

const sentences: Record<keyof typeof limits, string> = {
  tags: "image tags",
  properties: "image properties",
  members: "image members for this image",
};

function requireWithin(kind: keyof typeof limits, attempted: number): void {
  const maximum = limits[kind];
  if (attempted <= maximum) return;
  const exceeded = `The limit has been exceeded on the number of allowed ${sentences[kind]}.`;
  throw new Fault("overQuota", `${exceeded} Attempted: ${attempted}, Maximum: ${maximum}`);
}

/** Throws `overQuota` for too many tags. */
export const requireTagQuota = (tags: readonly string[]) => requireWithin("tags", tags.length);

/** Throws `overQuota` for too many properties; those that the server sets do not count. */
export const requirePropertyQuota = (properties: ReadonlyMap<string, string>) =>
  requireWithin("properties", [...properties.keys()].filter((name) => !isReserved(name)).length);

/** Throws `overQuota` for too many members. */
export const requireMemberQuota = (count: number) => requireWithin("members", count);
