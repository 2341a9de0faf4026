import { isDeepStrictEqual } from "node:util";
import { asDiff, type Difference } from "../difference";
import { placeDifferences } from "../place";
import { propertyDifferences } from "../properties";
import type { DiffResult, Known } from "../resource";
import type { Previewed } from "../unknown";
import { sourceDifferences } from "./sourceDiff";
import { attributeNames, formatNames, undeclared } from "./spec";
import { storeDifferences } from "./storeDiff";
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
    ...sourceDifferences(old.state, news),
    ...storeDifferences(old, news),
    ...instructions(old, news),
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

/** What the provider shall do from now on; nothing changes on the image, but the state must know it. */
const recorded = [
  "importMethod",
  "sourceHash",
  "checksumsUrl",
  "verify",
  "allStoresMustSucceed",
  "onDelete",
  "forceUnprotect",
  "onInUse",
] as const;

function* instructions({ inputs }: Old, news: News): Iterable<Difference> {
  for (const name of recorded) if (inputs[name] !== news[name]) yield { path: name, replace: false };
}

function sameValue(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(actual) && Array.isArray(wanted)) {
    return isDeepStrictEqual(new Set(actual), new Set(wanted));
  }
  return actual === wanted;
}
