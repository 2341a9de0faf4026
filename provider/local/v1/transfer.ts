import { BlobExists } from "../store/blobs";
import { type Digest, Digester, hashAlgorithm } from "../store/digest";
import { Fault } from "../store/fault";
import { type Image, withStatus } from "../store/image";
import { defaultStore, type Store } from "../store/store";
import { Refusal, refuse, refuseInDetail } from "../v2/refusal";

/** What the bytes must turn out to be; what is missing, empty or 0 may be anything. */
export interface Expected {
  size: number | null;
  checksum: string | null;
}

/**
 * Gives a queued image its bytes; it is active afterwards, or killed (glance/api/v1/upload_utils.py). Throws 400 for other bytes than
 * expected and for a sender who went away, 409, 410, 412.
 */
export async function receive(
  store: Store,
  id: string,
  source: AsyncIterable<Buffer>,
  expected: Expected,
): Promise<Image> {
  await store.change(id, saving);
  try {
    const digest = await write(store, id, source);
    if (!store.exists(id)) throw await discarded(store, id);
    requireExpected(digest, expected);
    return await store.change(id, (image) => active(image, digest));
  } catch (error) {
    if (store.exists(id) && !(error instanceof BlobExists)) await kill(store, id);
    throw reasonOf(error);
  }
}

/** Bytes can never be given to this image again. */
export async function kill(store: Store, id: string): Promise<void> {
  await store.change(id, (image) => withStatus(image, "killed"));
  await store.discardBytes(id);
}

/** Formats need not be known here, unlike in the newer API. */
function saving(image: Image): Image {
  if (image.status === "queued") return { ...image, status: "saving" };
  throw refuseInDetail(409, "Cannot upload to an unqueued image");
}

const active = (image: Image, { size, checksum, hashValue }: Digest): Image =>
  withStatus({ ...image, size, checksum, hashAlgorithm, hashValue, stores: [defaultStore] }, "active");

async function write(store: Store, id: string, source: AsyncIterable<Buffer>): Promise<Digest> {
  const digester = new Digester();
  await store.blobs.write(defaultStore, id, digester.through(source));
  return digester.digest();
}

function requireExpected(actual: Digest, expected: Expected): void {
  for (const attribute of ["size", "checksum"] as const) {
    const supplied = expected[attribute];
    if (!supplied || supplied === actual[attribute]) continue;
    const generated = `${attribute} generated from uploaded image (${actual[attribute]}) did not match.`;
    throw refuse(400, `Supplied ${attribute} (${supplied}) and ${generated} Setting image status to 'killed'.`);
  }
}

async function discarded(store: Store, id: string): Promise<Refusal> {
  await store.discardBytes(id);
  const reason = "The image may have been deleted during the upload.";
  return refuse(412, `Image ${id} could not be found after upload. ${reason}`);
}

function reasonOf(error: unknown): Error {
  if (error instanceof Refusal || error instanceof Fault) return error;
  if (error instanceof BlobExists) return refuse(409, `Attempt to upload duplicate image: ${error.message}`);
  return refuse(400, "Client disconnected before sending all data to backend");
}
