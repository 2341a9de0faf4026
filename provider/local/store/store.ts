import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Blobs } from "./blobs";
import type { Caller } from "./caller";
import { now } from "./clock";
import { Collection, plain } from "./collection";
import { Fault } from "./fault";
import { type Image, imageCodec, withStatus } from "./image";
import { Metadefs } from "./metadefs";
import type { Task } from "./task";
import { isVisible } from "./visibility";

/** The stores for image bytes; the first is the default one. */
export const storeIds = ["fast", "cheap"] as const;
export const defaultStore = storeIds[0];

/** Where bytes wait before an import. */
export const staging = "staging";

/** What a new image may start with. */
export type NewImage = Partial<
  Pick<
    Image,
    | "id"
    | "name"
    | "visibility"
    | "protected"
    | "hidden"
    | "owner"
    | "diskFormat"
    | "containerFormat"
    | "minDisk"
    | "minRam"
    | "tags"
    | "properties"
    | "status"
    | "size"
    | "virtualSize"
    | "checksum"
    | "createdAt"
  >
>;

/** All images with their bytes, members and tasks, and all metadata definitions, in one folder. Knows no HTTP dialect. */
export class Store {
  private constructor(
    private readonly images: Collection<Image>,
    readonly tasks: Collection<Task>,
    readonly blobs: Blobs,
    readonly metadefs: Metadefs,
  ) {}

  static async open(folder: string): Promise<Store> {
    const [images, tasks, blobs, metadefs] = await Promise.all([
      Collection.open(join(folder, "images"), imageCodec),
      Collection.open(join(folder, "tasks"), plain<Task>()),
      Blobs.open(join(folder, "stores"), [...storeIds, staging]),
      Metadefs.open(join(folder, "metadefs")),
    ]);
    return new Store(images, tasks, blobs, metadefs);
  }

  /** Resolves when every change so far is on disk. */
  async settled(): Promise<void> {
    await Promise.all([this.images.settled(), this.tasks.settled(), this.metadefs.settled()]);
  }

  /** Every image, and what is left of those that are deleted. */
  records(): Image[] {
    return this.images.all();
  }

  /** An image, or what is left of it after it was deleted. */
  record(id: string): Image | undefined {
    return this.images.get(id);
  }

  /** Every image that is not deleted. */
  existing(): Image[] {
    return this.images.all().filter(({ deletedAt }) => deletedAt === null);
  }

  exists(id: string): boolean {
    return this.images.get(id)?.deletedAt === null;
  }

  /** An image that exists. Throws `notFound`. */
  image(id: string): Image {
    const image = this.images.get(id);
    if (image === undefined || image.deletedAt !== null) throw new Fault("notFound", `No image found with ID ${id}`);
    return image;
  }

  /** An image that exists for the caller. */
  findFor(caller: Caller, id: string): Image | undefined {
    const image = this.images.get(id);
    return image?.deletedAt === null && isVisible(image, caller) ? image : undefined;
  }

  /** The same. Throws `notFound`. */
  imageFor(caller: Caller, id: string): Image {
    const image = this.findFor(caller, id);
    if (image === undefined) throw new Fault("notFound", `No image found with ID ${id}`);
    return image;
  }

  /** Adds an image without bytes. Throws a conflict for an id that any image ever had. */
  async create(fields: NewImage): Promise<Image> {
    const createdAt = now();
    const image: Image = {
      id: randomUUID(),
      name: null,
      visibility: "shared",
      protected: false,
      hidden: false,
      owner: null,
      diskFormat: null,
      containerFormat: null,
      minDisk: 0,
      minRam: 0,
      tags: [],
      properties: new Map(),
      status: "queued",
      size: null,
      virtualSize: null,
      checksum: null,
      hashAlgorithm: null,
      hashValue: null,
      stores: [],
      members: [],
      createdAt,
      updatedAt: createdAt,
      deletedAt: null,
      ...fields,
    };
    if (this.images.get(image.id) !== undefined) {
      throw new Fault("conflict", `Image ID ${image.id} already exists!`);
    }
    await this.images.put(image);
    return image;
  }

  /** Replaces an image by what `change` makes of its newest state. Nothing happens in between. */
  async change(id: string, change: (image: Image) => Image): Promise<Image> {
    const changed = { ...change(this.image(id)), updatedAt: now() };
    await this.images.put(changed);
    return changed;
  }

  /** Deletes an image and its bytes. Throws `forbidden` for a protected one. */
  async delete(id: string): Promise<void> {
    const image = this.image(id);
    if (image.protected) throw new Fault("forbidden", `Image ${id} is protected and cannot be deleted.`);
    const deletedAt = now();
    const gone = { ...withStatus(image, "deleted"), stores: [], members: [], tags: [], properties: new Map() };
    await this.images.put({ ...gone, updatedAt: deletedAt, deletedAt });
    await this.discardBytes(id);
  }

  /** Removes all bytes of an image but those in these stores. */
  async discardBytes(id: string, except: readonly string[] = []): Promise<void> {
    const places = [...storeIds, staging].filter((place) => !except.includes(place));
    for (const place of places) await this.blobs.remove(place, id);
  }
}
