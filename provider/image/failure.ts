import type { GlanceImage } from "../glance/api";
import type { ErrorCode } from "../http/errors";
import { GlanceError } from "../http/errors";

/**
 * An operation that ended before the image was what it shall be, while the image exists. The state must keep its id:
 * the next run finishes the image, or replaces it when `lost`.
 */
export class UnfinishedImage extends Error {
  override readonly name = "UnfinishedImage";

  constructor(
    /** As last seen. */
    readonly image: GlanceImage,
    override readonly cause: GlanceError,
    /** True when no later attempt can make this image whole. */
    readonly lost: boolean,
    /** False when the image service did not answer any more: nobody asks it for what else the state may hold. */
    readonly answers = true,
  ) {
    super(cause.message, { cause });
  }
}

const finalCodes: ReadonlySet<ErrorCode> = new Set([
  "IMPORT_FAILED",
  "INTEGRITY",
  "SOURCE",
  "UNSUPPORTED",
  "CONFIG",
  "NOT_FOUND",
]);

// 401: the token can be renewed. 408 and 429: come back later. 409: another request is at work on the image.
const undecidedStatuses: ReadonlySet<number> = new Set([401, 408, 409, 429]);

/** True when the server has decided: the same request would fail again. Deadlines, cancels and lost connections decide nothing. */
export function isFinal(error: GlanceError): boolean {
  if (error.code === "HTTP_STATUS") {
    const status = error.status ?? 0;
    return status >= 400 && status < 500 && !undecidedStatuses.has(status);
  }
  return finalCodes.has(error.code);
}

/** True when a look at the server may simply be tried again. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof GlanceError)) return false;
  if (error.code === "HTTP_STATUS") return (error.status ?? 0) >= 500 || error.status === 429;
  return error.code === "CONNECT" || error.code === "CONNECTION_LOST" || error.code === "TIMEOUT";
}

/** Anything thrown as a GlanceError, so that callers have one class to think about. */
export function asGlanceError(error: unknown): GlanceError {
  if (error instanceof GlanceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new GlanceError({ code: "BAD_RESPONSE", message, cause: error });
}

/** After a refused upload Glance keeps the checksum on the queued image, and every later upload is a 500 (glance/location.py). */
export function isPoisoned({ status, checksum }: { status: string; checksum?: string | null | undefined }): boolean {
  return status === "queued" && checksum !== null && checksum !== undefined;
}

/** True when data was staged, wholly or in part, and nobody imports it: Glance takes no other (glance/api/v2/image_data.py). */
export function isStranded({ status, import: { task } }: GlanceImage): boolean {
  return status === "uploading" && task === undefined;
}

/** True when nothing of a source has come into the image yet, and nothing is on its way. */
export function isUntouched({ status, checksum, import: { task } }: GlanceImage): boolean {
  return status === "queued" && checksum === null && task === undefined;
}

/** True when an image can never become active: its state must replace it. */
export function isLost(image: Parameters<typeof isPoisoned>[0]): boolean {
  return isPoisoned(image) || ["killed", "deleted", "pending_delete"].includes(image.status);
}
