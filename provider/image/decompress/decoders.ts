import type { Compression } from "../inspect/found";
import type { Decoder } from "./input";

/** Each is loaded when it is first needed: most sources are not compressed, and none is in several ways. */
const decoders: Record<Compression, () => Decoder> = {
  gzip: () => zlib().gunzip,
  zstd: () => zlib().unzstd,
  bzip2: () => (require("./bzip2") as typeof import("./bzip2")).bunzip2,
  xz: () => (require("./xz") as typeof import("./xz")).unxz,
};

export function decoderOf(compression: Compression): Decoder {
  return decoders[compression]();
}

function zlib(): typeof import("./zlib") {
  return require("./zlib");
}
