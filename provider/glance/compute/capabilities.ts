import type { Capabilities, Filter } from "../capabilities";
import { propertyFault } from "./names";

const filters: readonly Filter[] = [
  "ids",
  "name",
  "names",
  "status",
  "statuses",
  "minDisk",
  "minRam",
  "changesSince",
  "server",
  "type",
  "properties",
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
  changesProperties: true,
  filters: new Set(filters),
  copiesAtCreate: false,
  marks: false,
};
