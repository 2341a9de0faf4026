import type { GlanceImage, ImageApi } from "../../glance/api";
import type { Capabilities, ImageInput } from "../../glance/capabilities";
import { GlanceError, hasStatus } from "../../http/errors";
import type { OnDelete } from "../deletion";
import { capital, isLocked, type Limits, nameOf } from "../spec";
import { waitUntilUnlocked } from "../wait";

/** How an image stays in the cloud although its resource goes. */
export type Keeping = Exclude<OnDelete, "delete">;

interface Way {
  /** What the API must carry; nothing where it is asked for nothing. */
  needs?: ImageInput;
  /** How messages call an image that was kept so. */
  told: string;
  isDone(image: GlanceImage): boolean;
  go(api: ImageApi, image: GlanceImage, signal: AbortSignal | undefined): Promise<unknown>;
}

const ways: Readonly<Record<Keeping, Way>> = {
  hide: {
    needs: "hidden",
    told: "hidden",
    isDone: ({ hidden }) => hidden,
    go: (api, image, signal) => api.update(image, { hidden: true }, { signal }),
  },
  deactivate: {
    needs: "deactivated",
    told: "deactivated",
    // Without data there is nothing that could be used, and Glance refuses it (glance/domain/__init__.py, deactivate).
    isDone: ({ status }) => status !== "active",
    go: (api, { id }, signal) => api.deactivate(id, { signal }),
  },
  retain: { told: "left as it is", isDone: () => true, go: async () => {} },
};

/** Whether a policy keeps images. */
export function isKeeping(choice: unknown): choice is Keeping {
  return typeof choice === "string" && Object.hasOwn(ways, choice);
}

/** How messages call an image that was kept in this way. */
export function toldAs(keeping: Keeping): string {
  return ways[keeping].told;
}

/** Why images cannot be kept in this way; undefined where they can. */
export function keepingFault({ inputs, title }: Capabilities, keeping: Keeping): string | undefined {
  const { needs } = ways[keeping];
  return needs === undefined || inputs.has(needs) ? undefined : `${title} cannot ${keeping} images`;
}

/** Throws UNSUPPORTED where the API cannot keep images in this way. */
export function refuseKeeping({ capabilities }: ImageApi, id: string, keeping: Keeping): void {
  const fault = keepingFault(capabilities, keeping);
  if (fault === undefined) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `Image ${id} was not deleted, because ${fault}`,
    hint: "Declare another onDelete or onInUse (such as retain), run `pulumi up`, and delete it then",
  });
}

/** Seconds to wait for an import to let go of an image. */
const patience = 1800;

/**
 * Leaves an image in the cloud for good. The stamp of its maker stays on it: only an image that is marked as unfinished as well is ever
 * taken for a leftover. One that is gone meanwhile is a success.
 */
export async function keepImage(api: ImageApi, image: GlanceImage, keeping: Keeping, limits: Limits): Promise<void> {
  const way = ways[keeping];
  if (way.isDone(image)) return;
  try {
    const context = { waitTimeout: limits.timeout ?? patience, ...limits };
    const free = isLocked(image) ? await waitUntilUnlocked(api, image, context) : image;
    if (!way.isDone(free)) await way.go(api, free, limits.signal);
  } catch (error) {
    if (hasStatus(error, 404)) return;
    throw error instanceof GlanceError && error.code !== "ABORTED"
      ? error.with({ message: `${capital(nameOf(image))} could not be ${way.told}: ${error.facts.message}` })
      : error;
  }
}
