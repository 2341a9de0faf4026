import type { Capabilities, Filter, ImageInput } from "../capabilities";
import { siftable } from "../sieve";

const inputs: readonly ImageInput[] = ["name", "diskFormat", "containerFormat", "minDisk", "minRam", "copyFrom"];

/** The service sifts nothing, sorts nothing and knows no pages: what it lists is sifted here. */
const filters: readonly Filter[] = [...siftable.filter((filter) => filter !== "isPublic"), "limit"];

export const allianceCapabilities: Capabilities = {
  api: "alliance",
  title: "the Alliance Glance API",
  inputs: new Set(inputs),
  visibilities: [],
  sharedAs: undefined,
  propertyFault: () => "the Alliance Glance API writes no properties",
  changesProperties: false,
  filters: new Set(filters),
  copiesAtCreate: true,
  importsLater: false,
  hashes: ["md5"],
  marks: false,
};
