import type { GlanceImage, ImageApi, ImageFields } from "../glance/api";
import { GlanceError } from "../http/errors";
import { signalForCleaning } from "./ending";
import { asGlanceError, isUntouched } from "./failure";
import { needsBytes } from "./finish";
import { isTheirWork, noticed, rested } from "./rested";
import { type ImageSpec, type LifecycleContext, nameOf, nameOfNew } from "./spec";
import { type Left, reservedProperties } from "./stamp";

/** What is still there of earlier runs when a create begins. */
export interface Way {
  /** The image to go on with instead of making another: Glance gives its id to no other. */
  begun: GlanceImage | undefined;
  /** Images with data. One may be what this create replaces, and so the only good one until the new one is complete. */
  whole: readonly GlanceImage[];
}

/** Deletes what earlier runs left without data, and warns of complete images that nobody may know of. */
export async function makeWay(
  api: ImageApi,
  { unfinished, finished }: Left,
  spec: ImageSpec,
  context: LifecycleContext,
): Promise<Way> {
  const own = unfinished.find(({ id }) => id === spec.id);
  const begun = own && (await goOnWith(api, own, spec, context));
  const others = unfinished.filter((left) => left !== own);
  const rests = await Promise.all(others.map((left) => clearAway(api, left, spec, context)));
  // An image that is hidden although the program hides none was kept so on purpose (`onDelete`, `onInUse`).
  const unknown = finished.filter(({ hidden }) => !hidden || spec.fields.hidden === true);
  if (unknown.length > 0) context.warn?.(perhapsLeft(spec, unknown));
  return { begun, whole: rests.filter((rest) => rest !== undefined) };
}

/** Takes the leftovers with data away, once the new image is complete: no failure here is one of the create. */
export async function removeWhole(api: ImageApi, { whole }: Way, context: LifecycleContext): Promise<void> {
  const signal = signalForCleaning(context);
  const remove = (image: GlanceImage) =>
    api.delete(image.id, { signal }).catch((error) => {
      context.warn?.(stillThere(image, `Deleting it failed: ${asGlanceError(error).facts.message}`));
    });
  await Promise.all(whole.map(remove));
}

/** Tells of the leftovers with data that stay because the create failed. */
export function tellWhole({ whole }: Way, { warn }: LifecycleContext): void {
  for (const image of whole) warn?.(stillThere(image, "It was not removed, since the new image is not complete"));
}

/** What the image shall be, and the way back for what only an earlier program said of it. */
export function anew(spec: ImageSpec, image: GlanceImage, api: ImageApi): ImageSpec {
  const { sharedAs, propertyFault } = api.capabilities;
  const blank: ImageFields = {
    ...(image.minDisk > 0 && { minDisk: 0 }),
    ...(image.minRam > 0 && { minRam: 0 }),
    ...(image.tags.length > 0 && { tags: [] }),
    // What is not said to be otherwise can be shared.
    ...(image.visibility !== undefined && sharedAs !== undefined && { visibility: sharedAs }),
  };
  const isOurs = (name: string) => !reservedProperties.includes(name) && propertyFault(name) === undefined;
  const former = Object.keys(image.properties).filter(isOurs);
  return {
    ...spec,
    fields: { ...blank, ...spec.fields },
    properties: { ...Object.fromEntries(former.map((name) => [name, null])), ...spec.properties },
  };
}

/** Nobody knows whose bytes a leftover holds, so that only an empty one is gone on with. */
async function goOnWith(
  api: ImageApi,
  left: GlanceImage,
  { source }: ImageSpec,
  context: LifecycleContext,
): Promise<GlanceImage | undefined> {
  const now = await api.get(left.id, { signal: context.signal });
  const resting = now && (await atRest(api, now, source, context));
  // Nobody knows whether a service that copies by itself has begun with another URL.
  if (!resting || (isUntouched(resting) && !isTheirWork(api, source))) return resting;
  throw inTheWay(resting);
}

function inTheWay(image: GlanceImage): GlanceError {
  if (image.status === "saving") return new GlanceError({ code: "CONFLICT", message: inOtherHands(image) });
  const [data, way] = needsBytes(image) ? ["", "Delete it"] : [" with data", takeIt];
  return new GlanceError({
    code: "CONFLICT",
    message: `An interrupted run left ${nameOf(image)}${data}, and Glance never gives its id out again`,
    hint: `${way} (\`openstack image delete ${image.id}\`), then change imageId or leave it out`,
  });
}

const takeIt =
  "Take it over with `pulumi import` (with the native plugin), which compares it with its source at the next `pulumi up`; or delete it";

/** The image where it stays for now; without data it is made again as quickly as it is gone on with. */
async function clearAway(
  api: ImageApi,
  left: GlanceImage,
  { source }: ImageSpec,
  context: LifecycleContext,
): Promise<GlanceImage | undefined> {
  const now = await atRest(api, left, source, context);
  if (!needsBytes(now)) return now;
  // Whoever died sends no more: this one is alive.
  if (source && now.status === "saving") context.warn?.(inOtherHands(now));
  else await api.delete(now.id, { signal: context.signal });
  return undefined;
}

async function atRest(
  api: ImageApi,
  image: GlanceImage,
  source: ImageSpec["source"],
  context: LifecycleContext,
): Promise<GlanceImage> {
  if (!source) return image;
  return rested(api, image, source, { ...context, waitTimeout: noticed }).catch(() => image);
}

/** Killed between the last request and the engine's note of it, a run leaves a complete image that no state knows. */
function perhapsLeft({ fields: { name } }: ImageSpec, images: readonly GlanceImage[]): string {
  return (
    `Another run of this stack made ${images.map(({ id }) => id).join(", ")} for ${nameOfNew(name)}. Where this run replaces it ` +
    "(--target-replace), there is nothing to do: Pulumi deletes it afterwards. Otherwise that run was killed before Pulumi noted it, the " +
    "image was kept on purpose, or it belongs to a stack of the same name in another organization (glance:stampSalt tells such stacks " +
    "apart): delete it if nobody uses it."
  );
}

function inOtherHands(image: GlanceImage): string {
  return (
    `Somebody else is uploading ${nameOf(image)}, which carries the mark of this resource: another run of this stack, or a stack of the ` +
    "same name in another organization. It is left alone; the configuration value glance:stampSalt tells such stacks apart."
  );
}

function stillThere(image: GlanceImage, why: string): string {
  return (
    `An earlier run did not finish ${nameOf(image)}, which has data. ${why}. Unless the stack knows it (\`pulumi stack export\`), ` +
    `delete it: \`openstack image delete ${image.id}\`.`
  );
}
