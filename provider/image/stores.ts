import type { GlanceImage, ImageApi, StoreChoice } from "../glance/api";
import { GlanceError, hasStatus } from "../http/errors";
import { capital, type LifecycleContext, nameOf } from "./spec";
import { isUnfinished } from "./stamp";
import { listed, wantedStores } from "./stores/choice";
import { copyTo, deleteFrom, type StoreFailure } from "./stores/copies";

export { isEverywhere, refuseStores, storeFault } from "./stores/choice";

/**
 * Brings the stores of an image with data to the choice: copies to those that lack it, then deletes from those that are too many, never
 * from the last one that holds it. Where one fails, that is an error with CONFLICT, or with `allStoresMustSucceed: false` a warning; the
 * next run tries again.
 *
 * @returns The image as it is afterwards. One that is as it shall be costs no request but that for `allStores`.
 */
export async function adjustStores(
  api: ImageApi,
  image: GlanceImage,
  choice: StoreChoice | undefined,
  context: LifecycleContext,
): Promise<GlanceImage> {
  if (!choice) return image;
  const wanted = await wantedStores(api, choice, context.signal);
  const missing = wanted.filter((id) => !image.stores.includes(id));
  const isSurplus = (id: string) => !choice.allStores && !wanted.includes(id);
  if (missing.length === 0 && !image.stores.some(isSurplus)) return image;
  refuseInactive(image);

  const mustSucceed = choice.allStoresMustSucceed !== false;
  const failed = mustSucceed ? [] : justFailed(image, missing);
  const copying = missing.filter((id) => !failed.includes(id));
  const tell = mustSucceed ? fail : warn;
  if (failed.length > 0) tell(image, [{ stores: failed, what: "did not get its data", reason: importFailed }], context);

  const copied =
    copying.length === 0 ? { image, failures: [] } : await copyTo(api, image, copying, mustSucceed, context);
  const isBeyondRights = copied.failures.length > 0 && copied.failures.every(({ cause }) => hasStatus(cause, 403));
  // Operators add stores: whoever cannot copy there keeps an image that was whole when it was made.
  const isLater = choice.allStores && isBeyondRights && !isUnfinished(image.properties);
  (isLater ? warn : tell)(copied.image, copied.failures, context);
  const { stores } = copied.image;
  const surplus = stores.filter(isSurplus);
  if (surplus.length === 0 || surplus.length === stores.length) return copied.image;
  const left = await deleteFrom(api, copied.image, surplus, context);
  tell(left.image, left.failures, context);
  return left.image;
}

const importFailed = "the import that brought the data failed there";

/** An import that went on without some stores failed there a moment ago. Later runs find the same list, and try again. */
function justFailed({ properties, import: { failedStores } }: GlanceImage, missing: readonly string[]): string[] {
  return isUnfinished(properties) ? missing.filter((id) => failedStores.includes(id)) : [];
}

function refuseInactive(image: GlanceImage): void {
  if (image.status === "active") return;
  throw new GlanceError({
    code: "CONFLICT",
    message: `${capital(nameOf(image))} is ${image.status}, and only active images change their stores`,
    hint: "Set deactivated to false and run `pulumi up` before a change of the stores",
  });
}

function warn(image: GlanceImage, failures: readonly StoreFailure[], { warn }: LifecycleContext): void {
  for (const { stores, what, reason, hint } of failures) {
    const advice = hint === undefined ? "" : ` ${hint}.`;
    warn?.(`${told(image, stores, what)}: ${reason}.${advice} The next \`pulumi up\` tries again.`);
  }
}

function fail(image: GlanceImage, failures: readonly StoreFailure[]): void {
  const [first, ...others] = failures;
  if (!first) return;
  const texts = others.map(({ stores, what, reason }) => `the store ${listed(stores)} ${what}: ${reason}`);
  throw new GlanceError({
    code: "CONFLICT",
    message: [`${told(image, first.stores, first.what)}: ${first.reason}`, ...texts].join("; "),
    hint: first.hint ?? "The next `pulumi up` tries again; with allStoresMustSucceed: false this is a warning",
    reason: first.reason,
    cause: first.cause,
  });
}

function told(image: GlanceImage, stores: readonly string[], what: string): string {
  return `${capital(nameOf(image))}: the store ${listed(stores)} ${what}`;
}
