import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError, hasStatus } from "../http/errors";
import type { DeletionPolicy } from "./deletion";
import { orEnded } from "./ending";
import { asGlanceError, isLost } from "./failure";
import { deleteForGood, deleteUnprotected, deletionOf } from "./removal/forGood";
import { type Keeping, keepImage, refuseKeeping, toldAs } from "./removal/keep";
import { capital, type Limits, nameOf } from "./spec";
import { isUnfinished } from "./stamp";

/**
 * Lets go of an image as its policy says: deletes it, or keeps it in another way. An image that no create completed is nobody's and
 * always deleted. One that is gone already is a success.
 */
export function deleteImage(
  api: ImageApi,
  id: string,
  limits: Limits = {},
  policy: DeletionPolicy = {},
): Promise<void> {
  const { onDelete = "delete" } = policy;
  return orEnded(deletionOf(id), limits, async () => {
    if (onDelete === "delete" || !(await wasKept(api, id, onDelete, limits))) await remove(api, id, limits, policy);
  });
}

/** False where the image is none to keep. */
async function wasKept(api: ImageApi, id: string, keeping: Keeping, limits: Limits): Promise<boolean> {
  refuseKeeping(api, id, keeping);
  const image = await api.get(id, { signal: limits.signal });
  if (!image || isGoing(image)) return true;
  if (isIncomplete(image)) return false;
  if (knownStatuses.has(image.status)) await keepImage(api, image, keeping, limits);
  else
    limits.warn?.(`${capital(nameOf(image))} was left as it is: nobody knows what its status ${image.status} means.`);
  return true;
}

async function remove(api: ImageApi, id: string, limits: Limits, policy: DeletionPolicy): Promise<void> {
  const { forceUnprotect = false, onInUse = "fail" } = policy;
  try {
    await (forceUnprotect ? deleteUnprotected : deleteForGood)(api, id, limits);
  } catch (error) {
    if (onInUse === "fail" || !(error instanceof GlanceError) || !hasStatus(error, 409)) throw error;
    await keepInUse(api, id, onInUse, limits, error);
  }
}

async function keepInUse(
  api: ImageApi,
  id: string,
  keeping: Keeping,
  limits: Limits,
  refusal: GlanceError,
): Promise<void> {
  try {
    refuseKeeping(api, id, keeping);
    const image = await api.get(id, { signal: limits.signal });
    if (!image || isGoing(image)) return;
    if (isIncomplete(image) || !knownStatuses.has(image.status)) throw refusal;
    await keepImage(api, image, keeping, limits);
    limits.warn?.(
      `${capital(nameOf(image))} is in use and was not deleted: ${refusal.facts.reason ?? "the image service gives no reason"}. ` +
        `It is ${toldAs(keeping)} and stays in the cloud, where Pulumi does not manage it any more (onInUse: ${keeping}).`,
    );
  } catch (error) {
    if (error === refusal || limits.signal?.aborted) throw error;
    const { message, hint } = asGlanceError(error).facts;
    throw refusal.with({ message: `${refusal.facts.message}. ${message}`, hint: hint ?? refusal.facts.hint });
  }
}

/** What a living image may be (Image API v2, "Image statuses"); of any other nobody knows what a change does to it. */
const knownStatuses: ReadonlySet<string> = new Set([
  "queued",
  "saving",
  "uploading",
  "importing",
  "active",
  "deactivated",
]);

function isGoing({ status }: GlanceImage): boolean {
  return status === "deleted" || status === "pending_delete";
}

/** Kept, it would be junk under the name of a good image. */
function isIncomplete(image: GlanceImage): boolean {
  return isLost(image) || isUnfinished(image.properties);
}
