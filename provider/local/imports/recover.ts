import { later, now } from "../store/clock";
import { type Image, withStatus } from "../store/image";
import type { Store } from "../store/store";
import { timeToLive } from "./importer";
import { abandoned, lockOf } from "./progress";

/**
 * Ends what was going on when the server last stopped without a chance to: such tasks have failed, and images that were to get bytes
 * wait for them again. To be called before the first request.
 */
export async function recover(store: Store): Promise<void> {
  const interrupted = store.tasks.all().filter(({ status }) => status === "pending" || status === "processing");
  for (const task of interrupted) {
    const time = now();
    const outcome = { status: "failure", message: "The server was stopped during the task" } as const;
    await store.tasks.put({ ...task, ...outcome, updatedAt: time, expiresAt: later(time, timeToLive) });
  }
  const ids = new Set(interrupted.map(({ id }) => id));
  for (const image of store.existing()) {
    const isLocked = ids.has(lockOf(image) ?? "");
    if (!isLocked && !isReceiving(image)) continue;
    const changed = await store.change(image.id, (current) => requeued(isLocked ? abandoned(current) : current));
    if (changed.status === "queued") await store.discardBytes(changed.id, changed.stores);
  }
}

/** Whether bytes were on their way from a client. */
const isReceiving = ({ status, size }: Image) => status === "saving" || (status === "uploading" && size === null);

/** An image that already has its bytes, or still has them staged, keeps its status. */
function requeued(image: Image): Image {
  return isReceiving(image) || image.status === "importing" ? withStatus(image, "queued") : image;
}
