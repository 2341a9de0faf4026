import type { Capabilities, Filter } from "../capabilities";
import { propertyFault, valueFault } from "./names";
import { inBrief, inDetail } from "./query";

const filters: readonly Filter[] = [
  ...inBrief,
  ...inDetail,
  "minDisk",
  "minRam",
  "changesSince",
  "server",
  "type",
  "detail",
  "limit",
  "marker",
];

export const computeCapabilities: Capabilities = {
  api: "compute",
  title: "the Compute API",
  inputs: new Set(),
  visibilities: [],
  sharedAs: undefined,
  propertyFault,
  valueFault,
  changesProperties: true,
  filters: new Set(filters),
  copiesAtCreate: false,
  importsLater: false,
  hashes: [],
  marks: false,
};
