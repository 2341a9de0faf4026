import type { Caller } from "../store/caller";
import { Digester } from "../store/digest";
import { type Image, withStatus } from "../store/image";
import { type Store, staging } from "../store/store";
import type { Task } from "../store/task";
import { place } from "../store/transfer";
import { type Download, download } from "./download";
import type { Step } from "./flow";
import type { ImportPlan } from "./plan";
import { failed, imported, unlocked } from "./progress";

/** What the steps of one import work on. */
export interface Import {
  store: Store;
  task: Task;
  caller: Caller;
  imageId: string;
  plan: ImportPlan;
  allowHosts: readonly string[];
  /** By the names of the regions in lower case. */
  regions: ReadonlyMap<string, Store>;
  signal: AbortSignal;
  /** Shows how many bytes have been copied. */
  report(bytes: number): Promise<void>;
}

export const changeWith = ({ store, imageId }: Import, ...changes: ((image: Image) => Image)[]) =>
  store.change(imageId, (image) => changes.reduce((changed, change) => change(changed), image));

/** Frees the image for other imports after a failure. */
export function holdLock(work: Import): Step {
  return {
    async run() {},
    undo: async () => void (await changeWith(work, (image) => unlocked(image, work.task.id))),
  };
}

export const fetchFromWeb = (work: Import, uri: string): Step => fetchInto(work, () => download(uri, work));

/** Brings bytes into the staging area. A failure anywhere later puts the image back into the queue. */
export function fetchInto(work: Import, open: () => Promise<Download>): Step {
  const { store, imageId, plan } = work;
  return {
    async run() {
      await stageBytes(work, await open());
    },
    async undo() {
      await changeWith(
        work,
        (image) => withStatus(image, "queued"),
        (image) => imported(image, plan.stores),
        (image) => failed(image, plan.stores),
      );
      await store.blobs.remove(staging, imageId);
    },
  };
}

/** Copies the bytes of an active image into the staging area. */
export function fetchFromStore(work: Import): Step {
  return {
    async run() {
      const { store, imageId } = work;
      const [source] = store.image(imageId).stores;
      if (source === undefined) throw new Error("Image not found in any configured store");
      if (await store.blobs.has(staging, imageId)) return;
      await stageBytes(work, { size: undefined, source: store.blobs.read(source, imageId) });
    },
  };
}

async function stageBytes({ store, imageId }: Import, { size, source }: Download): Promise<void> {
  await store.blobs.write(staging, imageId, new Digester().through(source, size));
}

/** Copies the staged bytes into one store. The image becomes active with the first store, or with the last if all must succeed. */
export function copyIntoStore(work: Import, target: string): Step {
  const { plan } = work;
  const isLast = target === plan.stores.at(-1);
  const activates = plan.method !== "copy-image" && (!plan.allMustSucceed || isLast);
  return {
    async run() {
      const hasBytes = await copy(work, target, activates);
      await changeWith(
        work,
        (image) => (hasBytes ? image : failed(image, [target])),
        (image) => imported(image, [target]),
      );
    },
    async undo(hasFailed) {
      await removeBytes(work, target);
      await changeWith(
        work,
        (image) => imported(image, [target]),
        (image) => (hasFailed ? failed(image, [target]) : image),
      );
    },
  };
}

/** Whether the store got the bytes. Throws instead of false if all must succeed. */
async function copy(work: Import, target: string, activates: boolean): Promise<boolean> {
  const { store, imageId, plan } = work;
  try {
    const image = store.image(imageId);
    const source = store.blobs.read(staging, imageId);
    const { attributes, refusal } = await place(store, image, { source, size: undefined, store: target });
    if (refusal !== undefined && plan.allMustSucceed) throw refusal;
    await work.report(attributes.size ?? 0);
    await changeWith(work, (image) => {
      const changed = { ...image, ...attributes };
      return activates && refusal === undefined && image.status !== "active" ? withStatus(changed, "active") : changed;
    });
    return refusal === undefined;
  } catch (error) {
    if (plan.allMustSucceed || !store.exists(imageId)) throw error;
    return false;
  }
}

async function removeBytes({ store, imageId }: Import, target: string): Promise<void> {
  if (!store.image(imageId).stores.includes(target)) return;
  await store.blobs.remove(target, imageId);
  await store.change(imageId, (image) => {
    const stores = image.stores.filter((id) => id !== target);
    if (stores.length > 0) return { ...image, stores };
    return { ...image, stores, checksum: null, hashAlgorithm: null, hashValue: null, size: null };
  });
}

export function emptyStaging({ store, imageId }: Import): Step {
  return { run: () => store.blobs.remove(staging, imageId) };
}

/** At least one store must have got the bytes. */
export function requireActive(work: Import): Step {
  return {
    async run() {
      if (work.store.image(work.imageId).status !== "active") throw new Error("None of the uploads finished!");
    },
    async undo() {
      if (work.plan.method !== "copy-image") await changeWith(work, (image) => withStatus(image, "queued"));
    },
  };
}
