import { isDeepStrictEqual } from "node:util";
import { isLost } from "../../image/failure";
import { needsBytes } from "../../image/finish";
import { isUnfinished } from "../../image/stamp";
import { asDiff, type Difference } from "../difference";
import { placeDifferences } from "../place";
import { propertyDifferences } from "../properties";
import type { DiffResult, Known } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import { attributeNames, formatNames, undeclared } from "./spec";
import type { CheckedImageInputs, ImageState } from "./types";

type Old = Known<CheckedImageInputs, ImageState>;
type News = Previewed<CheckedImageInputs>;

/**
 * What differs between an image as last seen and the inputs. Only what is declared counts, and what the old inputs
 * declared and the new ones do not.
 */
export function diffImage(id: string, old: Old, news: News): DiffResult {
  return asDiff([
    ...attributes(old, news),
    ...propertyDifferences(old, news),
    ...identity(id, old, news),
    ...source(old, news),
  ]);
}

const inPlace = [...attributeNames, "deactivated", "members"] as const;

function* attributes({ inputs, state }: Old, news: News): Iterable<Difference> {
  for (const name of inPlace) {
    const fallback = inputs[name] === undefined ? undefined : (undeclared as CheckedImageInputs)[name];
    const wanted = news[name] ?? fallback;
    // Declaring what is there already is a change of the state: only what it knows as declared goes back later.
    const isNew = news[name] !== undefined && inputs[name] === undefined;
    if (wanted !== undefined && (isNew || !sameValue(state[name], wanted))) yield { path: name, replace: false };
  }
  for (const name of formatNames) {
    if (news[name] === undefined || sameValue(state[name], news[name])) continue;
    yield { path: name, replace: state.status !== "queued" };
  }
}

function* identity(id: string, { state }: Old, news: News): Iterable<Difference> {
  if (news.imageId !== undefined && news.imageId !== id) yield { path: "imageId", replace: true };
  yield* placeDifferences(state, news);
}

/** Only a source that differs from the one used replaces; one that was never used is brought in, or just recorded. */
function* source({ state }: Old, news: News): Iterable<Difference> {
  const kind = news.localFile !== undefined ? "localFile" : news.copyFrom !== undefined ? "copyFrom" : undefined;
  if (kind && isLost(state)) {
    yield { path: "status", replace: true };
    return;
  }
  const unfinished = isUnfinished(state.allProperties) || (kind !== undefined && needsBytes(state));
  const used = sourceOf(state);
  const wanted = kind && (isUnknown(news[kind]) ? news[kind] : sourceOf(news));
  if (kind && wanted !== used) {
    const isEmpty = state.status === "queued";
    const sameFile = kind === "localFile" && state.localFile === news.localFile;
    yield { path: sameFile ? "localFileHash" : kind, replace: used !== undefined && !isEmpty };
  } else if (kind && state[kind] !== news[kind]) {
    yield { path: kind, replace: false };
  } else if (unfinished) {
    yield { path: "status", replace: false };
  }
}

/** What tells one source from another: a file's content, a URL. */
export function sourceOf<T>({ localFileHash, copyFrom }: { localFileHash?: T; copyFrom?: T }): T | undefined {
  return localFileHash ?? copyFrom;
}

function sameValue(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(actual) && Array.isArray(wanted)) {
    return isDeepStrictEqual(new Set(actual), new Set(wanted));
  }
  return actual === wanted;
}
