import { BlobExists } from "./blobs";
import { Digester } from "./digest";
import { Fault } from "./fault";
import { withStatus } from "./image";
import { type Store, staging } from "./store";
import { type Delivery, place } from "./transfer";

/**
 * Gives a queued image its bytes; it is active afterwards. Refused bytes leave it queued, but with checksum and store: it cannot take
 * others. After any other failure it is as before. Throws conflict, `invalid`, `unsuitableData`, `gone`, and what the source throws.
 */
export async function upload(store: Store, id: string, delivery: Delivery): Promise<void> {
  const image = await store.change(id, (image) => withStatus(image, "saving"));
  try {
    const { attributes, refusal } = await place(store, image, delivery);
    if (!store.exists(id)) throw await discarded(store, id, delivery.store);
    await store.change(id, (image) => withStatus({ ...image, ...attributes }, refusal ? "queued" : "active"));
    if (refusal) throw refusal;
  } catch (error) {
    await requeue(store, id);
    throw error;
  }
}

/** Keeps bytes for a later import of a queued image, which is uploading afterwards. Throws conflict, `invalid`, and what the source throws. */
export async function stage(store: Store, id: string, delivery: Omit<Delivery, "store">): Promise<void> {
  const image = await store.change(id, (image) => withStatus(image, "uploading"));
  try {
    const size = await write(store, image.id, delivery);
    await store.change(id, (image) => ({ ...image, size }));
  } catch (error) {
    await requeue(store, id);
    if (error instanceof BlobExists) throw new Fault("conflict", `The image ${id} has data on staging`);
    throw error;
  }
}

async function write(store: Store, id: string, { source, size }: Omit<Delivery, "store">): Promise<number> {
  const digester = new Digester();
  await store.blobs.write(staging, id, digester.through(source, size));
  return digester.digest().size;
}

async function discarded(store: Store, id: string, place: string): Promise<Fault> {
  await store.blobs.remove(place, id);
  const lost = `Image ${id} could not be found after upload.`;
  const reason = "The image may have been deleted during the upload, cleaning up the chunks uploaded.";
  return new Fault("gone", `${lost} ${reason}`);
}

async function requeue(store: Store, id: string): Promise<void> {
  if (!store.exists(id)) return;
  const { status } = store.image(id);
  if (status === "saving" || status === "uploading") await store.change(id, (image) => withStatus(image, "queued"));
}
