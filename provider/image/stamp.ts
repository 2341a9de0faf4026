import type { GlanceImage, ImageApi } from "../glance/api";

/** Custom property with the identity of the resource that made the image. */
export const stampProperty = "pulumi_glance_urn";
/** Custom property that says what its maker is doing with the image; only ever `creating`. */
export const stateProperty = "pulumi_glance_state";
export const reservedProperties: readonly string[] = [stampProperty, stateProperty];

/** Properties of a create's first request. Its last request removes the second. */
export function creating(stamp: string): Record<string, string> {
  return { [stampProperty]: stamp, [stateProperty]: "creating" };
}

export function isBeingCreated(image: Pick<GlanceImage, "properties">): boolean {
  return image.properties[stateProperty] === "creating";
}

/**
 * Images whose create was cut off before its last request and that no state knows. They are looked for once per
 * run, not once per image: a list of all of them is short, and a create that begins later cannot add to it.
 */
export class Leftovers {
  private found: Promise<Map<string, GlanceImage>> | undefined;
  private readonly held = new Set<string>();

  constructor(private readonly api: ImageApi) {}

  /** This image is in a state; a create must not take it for its own, whatever its stamp says. */
  hold(id: string): void {
    this.held.add(id);
  }

  /** The leftover of an earlier attempt to create this resource; it is given out once. */
  async take(stamp: string, signal?: AbortSignal): Promise<GlanceImage | undefined> {
    this.found ??= this.find(signal).catch((error) => {
      this.found = undefined;
      throw error;
    });
    const byStamp = await this.found;
    const image = byStamp.get(stamp);
    byStamp.delete(stamp);
    return image && !this.held.has(image.id) ? image : undefined;
  }

  private async find(signal?: AbortSignal): Promise<Map<string, GlanceImage>> {
    const byStamp = new Map<string, GlanceImage>();
    for await (const image of this.api.list({ properties: { [stateProperty]: "creating" } }, { signal })) {
      const stamp = image.properties[stampProperty];
      if (stamp !== undefined) byStamp.set(stamp, image);
    }
    return byStamp;
  }
}
