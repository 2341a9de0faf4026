import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { isPoisoned, prepareSource } from "./bytes";
import { explain } from "./create";
import { UnfinishedImage } from "./failure";
import { finish, needsBytes } from "./finish";
import type { ImageSpec, LifecycleContext } from "./spec";

/** Brings an existing image to the spec, including bytes that an interrupted create still owes it. */
export async function updateImage(
  api: ImageApi,
  id: string,
  spec: ImageSpec,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const found = await api.get(id, { signal: context.signal });
  if (!found) {
    throw new GlanceError({
      code: "NOT_FOUND",
      message: `Image ${id} does not exist any more; it was deleted outside of Pulumi`,
      hint: "Run `pulumi refresh`, then `pulumi up` to make it anew",
    });
  }
  if (spec.source && needsBytes(found)) await prepareSource(api, spec.source, context.signal);
  let image = found;
  try {
    return await finish(api, found, spec, context, (latest) => {
      image = latest;
    });
  } catch (error) {
    const latest = (await api.get(id).catch(() => undefined)) ?? image;
    throw new UnfinishedImage(latest, explain(error, image), isLost(latest));
  }
}

/** True when an image can never become active: its state must replace it. */
export function isLost(image: GlanceImage): boolean {
  return isPoisoned(image) || ["killed", "deleted", "pending_delete"].includes(image.status);
}
