import { type Digest, Digester, hashAlgorithm } from "./digest";
import { Fault } from "./fault";
import type { Image } from "./image";
import { inspect } from "./inspect";
import type { Store } from "./store";

/** Bytes on their way into a store. */
export interface Delivery {
  source: AsyncIterable<Buffer>;
  /** Bytes that must come; undefined for any number. */
  size: number | undefined;
  store: string;
}

/** Thrown when bytes differ from those that the image has in another store. */
export class DifferentData extends Error {
  override readonly name = "DifferentData";
}

/** What became of bytes that reached a store. */
export interface Placement {
  /** The image's new attributes. */
  attributes: Pick<Image, "size" | "virtualSize" | "checksum" | "hashAlgorithm" | "hashValue" | "stores">;
  /** Why the bytes are not acceptable, though they are in the store. */
  refusal: Fault | undefined;
}

/**
 * Puts bytes into a store and judges them. The bytes stay there even when they are refused, which is how Glance leaves an image that
 * cannot take other bytes. Throws BlobExists, DifferentData, `invalid` for a wrong size, and whatever the source throws.
 */
export async function place(store: Store, image: Image, delivery: Delivery): Promise<Placement> {
  const digester = new Digester();
  await store.blobs.write(delivery.store, image.id, digester.through(delivery.source, delivery.size));
  const digest = digester.digest();
  requireSame(image, digest);
  const { size, checksum, hashValue } = digest;
  const stores = [...image.stores, delivery.store];
  const attributes = { size, checksum, hashAlgorithm, hashValue, stores, virtualSize: image.virtualSize };
  try {
    const virtualSize = await inspect(store.blobs.path(delivery.store, image.id), image);
    return { attributes: { ...attributes, virtualSize: virtualSize ?? image.virtualSize }, refusal: undefined };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { attributes, refusal: error };
  }
}

function requireSame(image: Image, { size, checksum, hashValue }: Digest): void {
  const known = { size: image.size, checksum: image.checksum, os_hash_value: image.hashValue };
  const found = { size, os_hash_value: hashValue, checksum };
  for (const [name, value] of Object.entries(found)) {
    const expected = known[name as keyof typeof known];
    if (expected === null || expected === value) continue;
    throw new DifferentData(`${name} of uploaded data is different from current value set on the image.`);
  }
}
