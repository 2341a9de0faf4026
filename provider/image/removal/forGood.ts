import { setTimeout as sleep } from "node:timers/promises";
import type { ImageApi } from "../../glance/api";
import { GlanceError, hasStatus } from "../../http/errors";
import { signalForCleaning, toldAsEnded, type UnderWay } from "../ending";
import { asGlanceError } from "../failure";
import { hintFor } from "../hints";
import type { Limits } from "../spec";

// A volume or server that is just going away may still hold the image for a moment.
const inUsePauses = [1, 3];

/** How the end of a deletion is told. */
export function deletionOf(id: string): UnderWay {
  return { subject: `image ${id}`, what: "deletion", outcome: "Delete it again: one that is gone is a success" };
}

/** Deletes an image, trying again for some seconds where it is in use. One that is gone already is a success. */
export async function deleteForGood(api: ImageApi, id: string, { signal }: Limits): Promise<void> {
  for (const pause of [...inUsePauses, undefined]) {
    try {
      await api.delete(id, { signal });
      return;
    } catch (error) {
      if (!(error instanceof GlanceError) || error.code === "ABORTED") throw error;
      if (!hasStatus(error, 409) || pause === undefined) throw explained(error, id);
      await sleep(pause * 1000, undefined, { signal });
    }
  }
}

/** The same for an image that may be protected: its protection is lifted only after the image service refused because of it. */
export async function deleteUnprotected(api: ImageApi, id: string, limits: Limits): Promise<void> {
  try {
    await deleteForGood(api, id, limits);
  } catch (error) {
    if (!isProtection(error) || !api.capabilities.inputs.has("protected")) throw error;
    await unprotectAndDelete(api, id, limits);
  }
}

async function unprotectAndDelete(api: ImageApi, id: string, limits: Limits): Promise<void> {
  const image = await api.get(id, { signal: limits.signal });
  if (!image) return;
  if (!image.protected) return deleteForGood(api, id, limits);
  try {
    await api.update(image, { protected: false }, { signal: limits.signal });
    await deleteForGood(api, id, limits);
  } catch (error) {
    const restored = await api
      .update({ ...image, protected: false }, { protected: true }, { signal: signalForCleaning(limits) })
      .then(() => "It is protected as before", asGlanceError);
    // The deletion that seemed to fail was done.
    if (hasStatus(restored, 404)) return;
    const outcome = typeof restored === "string" ? restored : `Protecting it again failed: ${restored.facts.message}`;
    const failure = asGlanceError(toldAsEnded(error, deletionOf(id), limits));
    throw failure.with({ message: `${failure.facts.message}. ${outcome}` });
  }
}

function isProtection(error: unknown): boolean {
  return error instanceof GlanceError && error.status === 403 && /protected/i.test(error.facts.reason ?? "");
}

function explained(error: GlanceError, id: string): GlanceError {
  const reason = error.facts.reason ?? "";
  if (isProtection(error)) {
    return error.with({
      message: `Image ${id} is protected and cannot be deleted`,
      hint:
        "Set protected to false (or forceUnprotect to true) and run `pulumi up` before a change that deletes or replaces it. " +
        `If it is already replaced: \`openstack image set --unprotected ${id}\`, then \`pulumi up\``,
    });
  }
  if (error.status === 409) {
    return error.with({
      message: `Image ${id} is in use and cannot be deleted: ${reason}`,
      hint:
        "Delete the servers, volumes or snapshots made from it first, or declare with onInUse what shall happen to it instead, " +
        "and run `pulumi up`",
    });
  }
  return error.with({ message: `Image ${id} was not deleted: ${reason || error.facts.message}`, hint: hintFor(error) });
}
