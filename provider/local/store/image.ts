import type { Codec } from "./collection";
import { Fault } from "./fault";

export type ImageStatus =
  | "queued"
  | "saving"
  | "uploading"
  | "importing"
  | "active"
  | "deactivated"
  | "killed"
  | "deleted"
  | "pending_delete";

export type Visibility = "public" | "community" | "shared" | "private";

export type MemberStatus = "pending" | "accepted" | "rejected";

/** A project that a shared image is shared with. */
export interface Member {
  projectId: string;
  status: MemberStatus;
  /** Whether it may share the image with others; only Image API v1 knows of it. Missing for no. */
  canShare?: boolean;
  createdAt: string;
  updatedAt: string;
}

/** An image as it is kept. Never changed in place: a change makes a new record. Times are UTC with microseconds, without a zone. */
export interface Image {
  id: string;
  name: string | null;
  status: ImageStatus;
  visibility: Visibility;
  protected: boolean;
  hidden: boolean;
  owner: string | null;
  diskFormat: string | null;
  containerFormat: string | null;
  /** GiB. */
  minDisk: number;
  /** MiB. */
  minRam: number;
  /** Bytes. */
  size: number | null;
  /** Bytes of the disk inside. */
  virtualSize: number | null;
  /** MD5 in hex. */
  checksum: string | null;
  hashAlgorithm: string | null;
  hashValue: string | null;
  /** A set. */
  tags: readonly string[];
  properties: ReadonlyMap<string, string>;
  /** The stores that hold its bytes, in the order in which they got them. */
  stores: readonly string[];
  members: readonly Member[];
  /** Web address of bytes that are in no store; only Image API v1 can set it. */
  location?: string;
  createdAt: string;
  updatedAt: string;
  /** A deleted image remains as a record, because its id stays taken. */
  deletedAt: string | null;
}

/** Properties are a map in memory: their names are the users', `__proto__` included. */
export const imageCodec: Codec<Image> = {
  encode: (image) => ({ ...image, properties: [...image.properties] }),
  decode: (value) => {
    const stored = value as Omit<Image, "properties"> & { properties: [string, string][] };
    return { ...stored, properties: new Map(stored.properties) };
  },
};

/** Allowed changes of the status, as in glance/domain/__init__.py. */
const targets: Record<ImageStatus, readonly ImageStatus[]> = {
  queued: ["saving", "uploading", "importing", "active", "killed", "deleted"],
  saving: ["active", "killed", "deleted", "queued"],
  uploading: ["importing", "queued", "deleted"],
  importing: ["active", "deleted", "queued"],
  active: ["pending_delete", "deleted", "deactivated"],
  deactivated: ["active", "deleted"],
  killed: ["deleted"],
  pending_delete: ["deleted", "active"],
  deleted: [],
};

/** The image in another status. Throws a conflict where the status must not change so, `invalid` where formats are missing. */
export function withStatus(image: Image, status: ImageStatus): Image {
  if (!targets[image.status].includes(status)) {
    throw new Fault("conflict", `Image status transition from ${image.status} to ${status} is not allowed`);
  }
  const takesData = status === "saving" || status === "active" || status === "importing";
  if (takesData && (image.status === "queued" || image.status === "uploading")) requireFormats(image);
  return status === "queued" ? { ...image, status, size: null, virtualSize: null } : { ...image, status };
}

function requireFormats({ diskFormat, containerFormat }: Image): void {
  const missing = [!diskFormat && "disk_format", !containerFormat && "container_format"].filter(
    (name) => name !== false,
  );
  if (missing.length === 0) return;
  const noun = missing.length === 1 ? "Property" : "Properties";
  throw new Fault("invalid", `${noun} ${missing.join(", ")} must be set prior to saving data.`);
}
