import type { ImageApi } from "../../glance/api";
import { isUnfinished, originals, stampProperty, unfinishedImages } from "../../image/stamp";
import { attempt, type Findings, ok, warning } from "./finding";

/** Ids that are told. */
const most = 10;

/** Images whose create did not come to its end. */
export async function* leftoverFindings(images: ImageApi): Findings {
  if (!images.capabilities.marks) return;
  const found = yield* attempt("leftovers", () => leftoversOf(images), warning);
  if (found?.count === 0) yield ok("leftovers", "no create was interrupted");
  else if (found) {
    const more = found.count > found.ids.length ? ` and ${found.count - found.ids.length} more` : "";
    yield warning(
      "leftovers",
      `${found.count} being created, or left over from an interrupted create: ${found.ids.join(", ")}${more}`,
      "One that a stack knows (pulumi stack export) its next pulumi up completes, any other makes way only at the next create of its " +
        "resource: delete those that nobody is making any more (openstack image delete ID)",
    );
  }
}

async function leftoversOf(images: ImageApi): Promise<{ count: number; ids: string[] }> {
  const ids: string[] = [];
  let count = 0;
  for await (const { id } of unfinishedImages(images)) {
    if (count < most) ids.push(id);
    count += 1;
  }
  return { count, ids };
}

/** Whole images that one resource made twice: a run that was killed just before its end leaves one of them. */
export async function* twinFindings(images: ImageApi, owner: string | undefined): Findings {
  if (!images.capabilities.marks) return;
  const twins = yield* attempt("twins", () => twinsOf(images, owner), warning);
  for (const ids of twins?.slice(0, most) ?? []) {
    yield warning(
      "leftovers",
      `one resource made several images: ${ids.join(", ")}`,
      "A stack knows one of them (pulumi stack export): delete the others if nobody kept them on purpose (openstack image delete ID)",
    );
  }
}

async function twinsOf(images: ImageApi, owner: string | undefined): Promise<string[][]> {
  const byStamp = new Map<string, { shown: string[]; hidden: string[] }>();
  for await (const { id, properties, hidden } of originals(images, owner === undefined ? {} : { owner })) {
    const stamp = properties[stampProperty];
    if (stamp === undefined || isUnfinished(properties)) continue;
    const found = byStamp.get(stamp) ?? { shown: [], hidden: [] };
    byStamp.set(stamp, found);
    found[hidden ? "hidden" : "shown"].push(id);
  }
  // Beside one that is shown, those that are hidden were replaced and kept on purpose.
  const alike = [...byStamp.values()].map(({ shown, hidden }) => (shown.length > 0 ? shown : hidden));
  return alike.filter(({ length }) => length > 1);
}
