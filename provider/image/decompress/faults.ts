import { GlanceError } from "../../http/errors";
import type { Compression } from "../inspect/found";

/** The data ends before its end is said. */
export function cutOff(compression: Compression): GlanceError {
  return fault(`its ${compression} data ends too early`, "It was not downloaded or copied whole: get it again");
}

/** The data contradicts itself or its checksums. */
export function damaged(compression: Compression, detail?: string): GlanceError {
  return fault(`its ${compression} data is damaged${detail ? ` (${detail})` : ""}`, "Get it again from its publisher");
}

/** Something that is not of this compression stands behind complete data. */
export function followed(compression: Compression): GlanceError {
  return fault(
    `its ${compression} data is followed by something else`,
    "Get it again from its publisher, or cut off what does not belong to it",
  );
}

/** The data is right, as far as can be seen, and is still not for us. */
export function refused(compression: Compression, what: string): GlanceError {
  return fault(
    `its ${compression} data ${what}`,
    "Decompress it with its own tool, if you trust it, and use the result as the source",
  );
}

function fault(what: string, hint: string): GlanceError {
  return new GlanceError({ code: "SOURCE", message: `The source cannot be decompressed: ${what}`, hint });
}
