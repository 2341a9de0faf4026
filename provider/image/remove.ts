import { setTimeout as sleep } from "node:timers/promises";
import type { ImageApi } from "../glance/api";
import { GlanceError, hasStatus } from "../http/errors";
import { orEnded } from "./ending";
import { hintFor } from "./hints";
import type { Limits } from "./spec";

// A volume or server that is just going away may still hold the image for a moment.
const inUsePauses = [1, 3];

/** Deletes an image. One that is gone already is a success. */
export function deleteImage(api: ImageApi, id: string, limits: Limits = {}): Promise<void> {
  const underWay = {
    subject: `image ${id}`,
    what: "deletion",
    outcome: "Delete it again: one that is gone is a success",
  };
  return orEnded(underWay, limits, () => deleteUnlessInUse(api, id, limits));
}

async function deleteUnlessInUse(api: ImageApi, id: string, { signal }: Limits): Promise<void> {
  for (const pause of [...inUsePauses, undefined]) {
    try {
      await api.delete(id, { signal });
      return;
    } catch (error) {
      if (!(error instanceof GlanceError) || error.code === "ABORTED") throw error;
      if (!hasStatus(error, 409) || pause === undefined) throw explainDelete(error, id);
      await sleep(pause * 1000, undefined, { signal });
    }
  }
}

function explainDelete(error: GlanceError, id: string): GlanceError {
  const reason = error.facts.reason ?? "";
  if (error.status === 403 && /protected/i.test(reason)) {
    return error.with({
      message: `Image ${id} is protected and cannot be deleted`,
      hint:
        "Set protected to false and run `pulumi up` before a change that deletes or replaces it. " +
        `If it is already replaced: \`openstack image set --unprotected ${id}\`, then \`pulumi up\``,
    });
  }
  if (error.status === 409) {
    return error.with({
      message: `Image ${id} is in use and cannot be deleted: ${reason}`,
      hint: "Delete the servers, volumes or snapshots made from it first, or give the resource the option retainOnDelete",
    });
  }
  return error.with({ message: `Image ${id} was not deleted: ${reason || error.facts.message}`, hint: hintFor(error) });
}
