import { createHash } from "node:crypto";
import type { GlanceImage, ImageApi } from "../glance/api";

/** Custom property with the identity of the resource that made the image. */
export const stampProperty = "pulumi_glance_urn";
/** Custom property that says what its maker is doing with the image; only ever `creating`. */
export const stateProperty = "pulumi_glance_state";
export const reservedProperties: readonly string[] = [stampProperty, stateProperty];

/**
 * Identity of an image across runs, in hexadecimal: SHA-256 of organization, URN (stack, project, parents, type, name) and
 * the configuration value `stampSalt`, which is empty by default. An interrupted create is found again by it.
 */
export function stampFor(organization: string, urn: string, salt: string): string {
  return createHash("sha256").update([organization, urn, salt].join("\n")).digest("hex");
}

/** Whether the create that made the image did not come to its last request. */
export function isUnfinished(properties: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(properties, stateProperty) && properties[stateProperty] === "creating";
}

/** Properties of a create's first request. Its last request removes the second. */
export function creating(stamp: string): Record<string, string> {
  return { [stampProperty]: stamp, [stateProperty]: "creating" };
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

/** Images whose create did not reach its last request: it was cut off, or is still under way. */
export function unfinishedImages(api: ImageApi): AsyncIterable<GlanceImage> {
  return api.list({ properties: { [stateProperty]: "creating" } });
}

/**
 * Images whose create was cut off before its last request and that no state knows. They are looked for once per
 * run, not once per image: a list of all of them is short, and a create that begins later cannot add to it.
 */
export class Leftovers {
  private found: Promise<Map<string, GlanceImage>> | undefined;

  constructor(private readonly api: ImageApi) {}

  /** The leftover of an earlier attempt to create this resource; it is given out once. */
  async take(stamp: string): Promise<GlanceImage | undefined> {
    this.found ??= this.find().catch((error) => {
      this.found = undefined;
      throw error;
    });
    const byStamp = await this.found;
    const image = byStamp.get(stamp);
    byStamp.delete(stamp);
    return image && !isHeld(stamp, image.id) ? image : undefined;
  }

  private async find(): Promise<Map<string, GlanceImage>> {
    const byStamp = new Map<string, GlanceImage>();
    for await (const image of unfinishedImages(this.api)) {
      const stamp = image.properties[stampProperty];
      if (stamp !== undefined) byStamp.set(stamp, image);
    }
    return byStamp;
  }
}
