import type { GlanceImage, ImageApi } from "../../glance/api";
import { hasStatus } from "../../http/errors";
import { nothingChanged, orEnded } from "../ending";
import { asGlanceError, isFinal } from "../failure";
import { type LifecycleContext, nameOf } from "../spec";
import { waitUntilCopied } from "../wait";
import { listed } from "./choice";

/** Stores that are not as they shall be, and the image service's reason. */
export interface StoreFailure {
  stores: readonly string[];
  /** What was to be done, e.g. `did not get its data`. */
  what: string;
  reason: string;
  hint?: string | undefined;
  cause?: unknown;
}

/** What one step on the stores of an image led to. */
export interface Outcome {
  image: GlanceImage;
  failures: readonly StoreFailure[];
}

/**
 * Copies the data of an active image to further stores, in one import (Image API v2, "Import an image": copy-image), and waits for its
 * end. Throws only where the image service decided nothing.
 */
export async function copyTo(
  api: ImageApi,
  image: GlanceImage,
  stores: readonly string[],
  allStoresMustSucceed: boolean,
  context: LifecycleContext,
): Promise<Outcome> {
  const what = `copy to the stores ${listed(stores)}`;
  const failure = (missing: readonly string[], reason: string, cause?: unknown): StoreFailure => {
    const hint = hasStatus(cause, 403) ? onlyAdministrators("copy_image") : undefined;
    return { stores: missing, what: "did not get its data", reason, hint, cause };
  };
  const underWay = { subject: nameOf(image), what, outcome: nothingChanged };
  return orEnded(underWay, context, async () => {
    const { signal } = context;
    try {
      const method = { name: "copy-image" } as const;
      const { requestId } = await api.import(image.id, method, { stores, allStoresMustSucceed }, { signal });
      const copied = await waitUntilCopied(api, { image, requestId, what }, context);
      const missing = stores.filter((id) => !copied.image.stores.includes(id));
      const reason = copied.task?.message || "the image service gives no reason";
      return { image: copied.image, failures: missing.length === 0 ? [] : [failure(missing, reason)] };
    } catch (error) {
      return { image, failures: [failure(stores, reasonOf(error), error)] };
    }
  });
}

/** Deletes the data of an active image from stores that are not its last (Image API v2, "Delete image from store"). */
export async function deleteFrom(
  api: ImageApi,
  image: GlanceImage,
  stores: readonly string[],
  { signal }: LifecycleContext,
): Promise<Outcome> {
  const failures: StoreFailure[] = [];
  for (const store of stores) {
    try {
      await api.deleteFromStore(image.id, store, { signal });
    } catch (error) {
      const reason = reasonOf(error);
      // A 403 is also the answer for the last store (glance/api/v2/images.py, delete_from_store).
      const isRight = hasStatus(error, 403) && !/only store/i.test(reason);
      const hint = isRight ? onlyAdministrators("delete_image_location") : undefined;
      failures.push({ stores: [store], what: "still has its data", reason, hint, cause: error });
    }
  }
  return { image: (await api.get(image.id, { signal })) ?? image, failures };
}

/** The reason of a refusal; anything that decides nothing is thrown on. */
function reasonOf(error: unknown): string {
  const failure = asGlanceError(error);
  const isRefusal = failure.code === "HTTP_STATUS" && (isFinal(failure) || failure.status === 409);
  if (!isRefusal) throw error;
  return failure.facts.reason ?? failure.facts.message;
}

function onlyAdministrators(policy: string): string {
  return (
    `By default only administrators may do this: use such credentials, ask the operator for the right (policy ${policy}), ` +
    "or declare the stores that hold the data already"
  );
}
