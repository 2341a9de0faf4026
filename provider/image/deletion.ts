/** What happens to an image whose resource is deleted. */
export type OnDelete = "delete" | "hide" | "deactivate" | "retain";

/** What happens to an image that the image service does not delete because it is in use. */
export type OnInUse = "fail" | "hide" | "deactivate" | "retain";

export interface DeletionPolicy {
  /** Default `delete`. */
  onDelete?: OnDelete | undefined;
  /** Whether a protected image is deleted all the same. Default false. */
  forceUnprotect?: boolean | undefined;
  /** Default `fail`. */
  onInUse?: OnInUse | undefined;
}
