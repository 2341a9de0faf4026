import { createHash } from "node:crypto";
import type { GlanceImage, ImageApi, ImageQuery } from "../glance/api";

/** Custom property with the identity of the resource that made the image. */
export const stampProperty = "pulumi_glance_urn";
/** Custom property that says what its maker is doing with the image; only ever `creating`. */
export const stateProperty = "pulumi_glance_state";
/** Custom property with the identity of the stack: one list finds all images of a stack. */
export const stackProperty = "pulumi_glance_stack";
export const reservedProperties: readonly string[] = [stampProperty, stackProperty, stateProperty];

/**
 * Identity of an image across runs and, after a colon, that of its stack: SHA-256 in hexadecimal of organization, URN (stack, project,
 * parents, type, name) or the stack's part of it, and the configuration value `stampSalt`, which is empty by default. An interrupted
 * create is found again by it.
 */
export function stampFor(organization: string, urn: string, salt: string): string {
  const [stack = "", project = ""] = urn.split("::");
  return [urn, `${stack}::${project}`].map((part) => hashOf([organization, part, salt])).join(":");
}

function hashOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}

function partsOf(stamp: string): { urn: string; stack: string | undefined } {
  const [urn = "", stack] = stamp.split(":");
  return { urn, stack };
}

/** Whether the create that made the image did not come to its last request. */
export function isUnfinished(properties: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(properties, stateProperty) && properties[stateProperty] === "creating";
}

/** Properties of a create's first request. Its last request removes the second. */
export function creating(stamp: string): Record<string, string> {
  const { urn, stack } = partsOf(stamp);
  return { [stampProperty]: urn, ...(stack && { [stackProperty]: stack }), [stateProperty]: "creating" };
}

/** What the states of this run hold, as the engine mentions it: ids, and stamps with the id of their image once it is known. */
const heldIds = new Set<string>();
const heldStamps = new Map<string, string | undefined>();

/** A state has the resource with this stamp, or this image: no create of the run may take it for a leftover. */
export function hold(stamp: string | undefined, id: string | undefined): void {
  if (id !== undefined) heldIds.add(id);
  if (stamp !== undefined) heldStamps.set(stamp, id ?? heldStamps.get(stamp));
}

/** A resource whose image is not known by id may hold any image of its stamp. */
function isHeld(stamp: string, id: string): boolean {
  return heldIds.has(id) || (heldStamps.has(stamp) && heldStamps.get(stamp) === undefined);
}

const takenOver = new Set<string>();

/** A create of this run goes on with an image that was there before. */
export function takeOver(id: string): void {
  takenOver.add(id);
}

/**
 * Whether a create of this run went on with the image, asked before the one deletion that follows: nothing else than a replacement deletes in
 * the run that creates, and then the old image, which its state knew although nobody told of it (`--target-replace`), is the new one.
 */
export function wasTakenOver(id: string): boolean {
  return takenOver.delete(id);
}

/** What Nova writes on the image of a server, beside all properties of the image that the server came from (nova/compute/utils.py). */
function isOfServer({ properties }: GlanceImage): boolean {
  const isCopy = ["instance_uuid", "base_image_ref"].some((name) => Object.hasOwn(properties, name));
  return isCopy || properties.image_type === "snapshot" || properties.image_type === "backup";
}

/** Images that carry what their own maker wrote on them; hidden ones too. */
export async function* originals(api: ImageApi, query: ImageQuery): AsyncGenerator<GlanceImage, void, undefined> {
  const lists = [query, ...(api.capabilities.filters.has("hidden") ? [{ ...query, hidden: true }] : [])];
  for (const list of lists) {
    for await (const image of api.list(list)) if (!isOfServer(image)) yield image;
  }
}

/** Images whose create did not reach its last request: it was cut off, or is still under way. */
export function unfinishedImages(api: ImageApi): AsyncIterable<GlanceImage> {
  return originals(api, { properties: { [stateProperty]: "creating" } });
}

/** What earlier runs left of one resource, as far as no state is known to have it. */
export interface Left {
  /** Images of creates that were cut off before their last request. */
  unfinished: readonly GlanceImage[];
  /** Images whose create came to its end; whether somebody has kept them on purpose, nobody can tell. */
  finished: readonly GlanceImage[];
}

/**
 * Images of earlier runs that no state knows. They are looked for once per run and stack, not once per image: a create that begins
 * later cannot add to them.
 */
export class Leftovers {
  private readonly found = new Map<string | undefined, Promise<Map<string, GlanceImage[]>>>();

  constructor(private readonly api: ImageApi) {}

  /** What earlier attempts to create this resource left; it is given out once. */
  async take(stamp: string): Promise<Left> {
    const { urn, stack } = partsOf(stamp);
    const byUrn = await this.imagesOf(stack);
    const images = (byUrn.get(urn) ?? []).filter(({ id }) => !isHeld(stamp, id));
    byUrn.delete(urn);
    const isMarked = ({ properties }: GlanceImage) => isUnfinished(properties);
    return { unfinished: images.filter(isMarked), finished: images.filter((image) => !isMarked(image)) };
  }

  private imagesOf(stack: string | undefined): Promise<Map<string, GlanceImage[]>> {
    const listed = this.found.get(stack) ?? this.list(stack);
    this.found.set(stack, listed);
    listed.catch(() => this.found.delete(stack));
    return listed;
  }

  private async list(stack: string | undefined): Promise<Map<string, GlanceImage[]>> {
    const byUrn = new Map<string, GlanceImage[]>();
    // Without a stack only those that are marked can be told from all others.
    const images = stack ? originals(this.api, { properties: { [stackProperty]: stack } }) : unfinishedImages(this.api);
    for await (const image of images) {
      const urn = image.properties[stampProperty];
      if (urn !== undefined) byUrn.set(urn, [...(byUrn.get(urn) ?? []), image]);
    }
    return byUrn;
  }
}
