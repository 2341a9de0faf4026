/** Image API v2, "Image statuses". Other words of future servers are kept as they are. */
export type ImageStatus =
  | "queued"
  | "saving"
  | "uploading"
  | "importing"
  | "active"
  | "deactivated"
  | "killed"
  | "deleted"
  | "pending_delete"
  | "unknown"
  | (string & {});

export type Visibility = "public" | "private" | "shared" | "community";

/**
 * An image as every API of the image service is read into. In brackets: how the Image API v2, the Image API v1 (JSON, and the
 * header `x-image-meta-…` with hyphens read as underscores), the Compute API (JSON; in XML an attribute of the same name) and
 * Alliance spell it, `-` where an API does not say. What is not said is null, undefined, empty, or false for a flag.
 */
export interface GlanceImage {
  /** [id, id, id, id] */
  id: string;
  /** [name, name, name, name] */
  name: string | null;
  /**
   * [status, status, status and progress, status] The Compute API says SAVING for queued (progress 25) and saving (50), ERROR for
   * killed, UNKNOWN for everything else. `unknown` where a brief list leaves it out.
   */
  status: ImageStatus;
  /** Percent. [-, -, progress, -] */
  progress: number | undefined;
  /** [visibility, is_public, -, visibility] In v1 what is not public is `private`, even where it has members. */
  visibility: Visibility | undefined;
  /** [protected, protected, -, protected] */
  protected: boolean;
  /** Left out of lists by default. [os_hidden, -, -, -] */
  hidden: boolean;
  /** Project id. [owner, owner, -, owner] */
  owner: string | null;
  /** [disk_format, disk_format, -, disk_format] */
  diskFormat: string | null;
  /** [container_format, container_format, -, container_format] */
  containerFormat: string | null;
  /** GiB. [min_disk, min_disk, minDisk, min_disk] */
  minDisk: number;
  /** MiB. [min_ram, min_ram, minRam, min_ram] */
  minRam: number;
  /** Bytes; null while the image has no data, for which v1 and the Compute API say 0. [size, size, OS-EXT-IMG-SIZE:size, size] */
  size: number | null;
  /** Bytes of the disk inside; null when unknown. [virtual_size, virtual_size or the property pf9_virtual_size, -, virtual_size] */
  virtualSize: number | null;
  /** MD5, hexadecimal. [checksum, checksum, -, checksum] */
  checksum: string | null;
  /** [os_hash_algo, -, -, -] */
  osHashAlgo: string | null;
  /** Hexadecimal. [os_hash_value, -, -, -] */
  osHashValue: string | null;
  /** RFC 3339, UTC. [created_at, created_at, created, created_at] */
  createdAt: string | undefined;
  /** RFC 3339, UTC. [updated_at, updated_at, updated, updated_at] */
  updatedAt: string | undefined;
  /** RFC 3339, UTC. [-, deleted_at, -, -] */
  deletedAt: string | undefined;
  /** A set: the server gives them in any order. [tags, -, -, tags] */
  tags: string[];
  /** Custom properties; never a key that the server manages. [top level, properties or property-…, metadata, top level] */
  properties: Record<string, string>;
  /** Stores that hold the data; empty on single-store clouds. [stores, -, -, -] */
  stores: string[];
  /** [direct_url, -, -, -] */
  directUrl: string | undefined;
  /** Path or URL of the data. [file, -, the link alternate, file] */
  file: string | undefined;
  /** URL that the data is copied from. [-, -, -, copy_from] */
  copyFrom: string | undefined;
  /** Id of the server that the image is a snapshot of. [the property instance_uuid, the same, server.id, the property] */
  serverId: string | undefined;
  import: ImportState;
  /** Attributes of a newer server that this version does not know and that are not strings. */
  unknown: Record<string, unknown>;
}

/** `os_glance_*` attributes of an image (glance/async_/flows/api_image_import.py). */
export interface ImportState {
  /** Id of the task that holds the image's import lock. */
  task: string | undefined;
  importingTo: string[];
  failedStores: string[];
}

/** An image of which nothing is said yet but its id. */
export function blankImage(id: string): GlanceImage {
  return {
    id,
    name: null,
    status: "unknown",
    progress: undefined,
    visibility: undefined,
    protected: false,
    hidden: false,
    owner: null,
    diskFormat: null,
    containerFormat: null,
    minDisk: 0,
    minRam: 0,
    size: null,
    virtualSize: null,
    checksum: null,
    osHashAlgo: null,
    osHashValue: null,
    createdAt: undefined,
    updatedAt: undefined,
    deletedAt: undefined,
    tags: [],
    properties: {},
    stores: [],
    directUrl: undefined,
    file: undefined,
    copyFrom: undefined,
    serverId: undefined,
    import: { task: undefined, importingTo: [], failedStores: [] },
    unknown: {},
  };
}
