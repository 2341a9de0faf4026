import { isDeepStrictEqual } from "node:util";
import { isLost } from "../../image/failure";
import { needsBytes } from "../../image/finish";
import { compareDigests } from "../../image/integrity/compare";
import { type Digest, parseDigest } from "../../image/integrity/digest";
import { isSameContent } from "../../image/remote/sameBytes";
import { isUnfinished } from "../../image/stamp";
import type { Begun } from "../../image/update";
import type { Difference } from "../difference";
import { hasUnknown, isUnknown, type Previewed } from "../unknown";
import type { CheckedImageInputs, ImageState } from "./types";

/** What an image was made from, or shall be. */
type Sourced = Previewed<
  Pick<
    CheckedImageInputs,
    "localFile" | "localFileHash" | "copyFrom" | "sourceImage" | "sourceIdentity" | "sourceHash" | "decompress"
  >
>;

/** Inputs that name a source, each with what is computed of its content. */
const sources = { localFile: "localFileHash", copyFrom: "sourceIdentity", sourceImage: "sourceImage" } as const;
export type SourceKind = keyof typeof sources;
export const sourceKinds = Object.keys(sources) as SourceKind[];

/** Everything that a state remembers of a source once it was used. */
export const sourceNames = [...sourceKinds, "localFileHash", "sourceIdentity", "sourceHash", "decompress"] as const;

export function sourceKindOf(inputs: { [K in SourceKind]?: unknown }): SourceKind | undefined {
  return sourceKinds.find((kind) => inputs[kind] !== undefined);
}

/** Only other content than was used replaces; a source that was never used is brought in, and other words for the same are recorded. */
export function* sourceDifferences(state: ImageState, news: Previewed<CheckedImageInputs>): Iterable<Difference> {
  const kind = sourceKindOf(news);
  if (kind && isLost(state)) {
    yield { path: "status", replace: true };
    return;
  }
  const used = sourceKindOf(state);
  const same = kind !== undefined && used !== undefined && isSameSource(state, news);
  const isUnfinishedYet = isUnfinished(state.allProperties) || (kind !== undefined && needsBytes(state));
  if (kind && !same) {
    yield { path: changedPath(kind, state, news), replace: used !== undefined && state.status !== "queued" };
  } else if (kind && !isDeepStrictEqual(state[kind], news[kind])) {
    yield { path: kind, replace: false };
  } else if (kind && isNewlyKnown(state, news)) {
    yield { path: "sourceIdentity", replace: false };
  } else if (isUnfinishedYet) {
    yield { path: "status", replace: false };
  }
}

/**
 * Whether both name the same bytes: by their hashes, otherwise by where they come from and what is told of them there.
 *
 * @param one - What is known from the last run.
 */
export function isSameSource(one: Sourced, other: Sourced): boolean {
  const kind = sourceKindOf(one);
  if (kind === undefined || hasUnknown(one[kind]) || hasUnknown(other[kind])) return false;
  if ((one.decompress ?? "auto") !== (other.decompress ?? "auto")) return false;
  const byHash = compareDigests(digestsOf(one), digestsOf(other));
  if (byHash !== undefined) return byHash === "same";
  // Ids are unique among all regions and clouds.
  if (kind === "sourceImage") return imageIdOf(one) === imageIdOf(other);
  if (kind === "localFile") return one.localFile === other.localFile;
  if (!isSameAddress(one.copyFrom, other.copyFrom)) return false;
  return toldSame(one, other) ?? isTakenForSame(one, other);
}

/** Whether bytes at one address, of which nothing comparable is told, count as the same: where a query is new, it may only be a signature. */
function isTakenForSame(one: Sourced, other: Sourced): boolean {
  if (one.copyFrom === other.copyFrom) return true;
  const [before, now] = [one.sourceIdentity, other.sourceIdentity];
  return typeof before === "string" && (now === undefined || [before, now].some(isDigest));
}

function imageIdOf({ sourceImage }: Sourced): unknown {
  return isUnknown(sourceImage) ? undefined : sourceImage?.imageId;
}

/** Which source an image was begun with, seen from the one that is wanted now. */
export function begunWith(state: Sourced, wanted: Sourced): Begun {
  if (sourceKindOf(wanted) === undefined) return "this";
  if (sourceKindOf(state) === undefined) return "none";
  if (!isSameSource(state, wanted)) return "other";
  return isNewClaim(state, wanted) ? "claimed" : "this";
}

/** Whether a hash is declared or published that nothing known of the old source can be compared with. */
function isNewClaim(state: Sourced, { sourceHash, sourceIdentity }: Sourced): boolean {
  const known = digestsOf(state);
  return digestsOf({ sourceHash, sourceIdentity }).some((claim) => compareDigests(known, [claim]) === undefined);
}

function changedPath(kind: SourceKind, state: Sourced, news: Sourced): string {
  if (!isDeepStrictEqual(state[kind], news[kind])) return kind;
  if ((state.decompress ?? "auto") !== (news.decompress ?? "auto")) return "decompress";
  return state.sourceHash !== news.sourceHash ? "sourceHash" : sources[kind];
}

function toldSame({ sourceIdentity: one }: Sourced, { sourceIdentity: other }: Sourced): boolean | undefined {
  return typeof one === "string" && typeof other === "string" ? isSameContent(one, other) : undefined;
}

/** Mirrors tell of the same file in changing words; only what cannot be compared with what is known is news. */
function isNewlyKnown(state: Sourced, news: Sourced): boolean {
  const { sourceIdentity: now } = news;
  if (typeof now !== "string" || now === state.sourceIdentity) return false;
  return toldSame(state, news) === undefined;
}

function isDigest(text: unknown): boolean {
  return typeof text === "string" && parseDigest(text) !== undefined;
}

function digestsOf({ localFileHash, sourceHash, sourceIdentity }: { [K in keyof Sourced]?: unknown }): Digest[] {
  const written = [localFileHash, sourceHash, sourceIdentity].filter((text) => typeof text === "string");
  return written.map(parseDigest).filter((digest) => digest !== undefined);
}

/** A signed URL has its signature in the query. */
export function isSameAddress(one: unknown, other: unknown): boolean {
  if (typeof one !== "string" || typeof other !== "string") return false;
  const [a, b] = [URL.parse(one), URL.parse(other)];
  return a !== null && b !== null && a.origin === b.origin && a.pathname === b.pathname;
}
