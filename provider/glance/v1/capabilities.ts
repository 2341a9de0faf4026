import type { Capabilities, Filter, ImageInput } from "../capabilities";
import { platform9PropertyFault, propertyFault } from "./names";
import { valueFault } from "./text";

const inputs: readonly ImageInput[] = [
  "name",
  "diskFormat",
  "containerFormat",
  "minDisk",
  "minRam",
  "visibility",
  "protected",
  "owner",
  "imageId",
  "properties",
  "localFile",
  "copyFrom",
  "sourceImage",
  "members",
];

const filters: readonly Filter[] = [
  "ids",
  "name",
  "names",
  "owner",
  "status",
  "statuses",
  "visibility",
  "isPublic",
  "protected",
  "diskFormat",
  "diskFormats",
  "containerFormat",
  "containerFormats",
  "minDisk",
  "minRam",
  "sizeMin",
  "sizeMax",
  "createdAt",
  "updatedAt",
  "changesSince",
  "properties",
  "detail",
  "sort",
  "limit",
  "marker",
];

export const v1Capabilities: Capabilities = {
  api: "v1",
  title: "the Image API v1",
  inputs: new Set(inputs),
  visibilities: ["public", "private"],
  sharedAs: "private",
  propertyFault,
  valueFault,
  changesProperties: true,
  filters: new Set(filters),
  copiesAtCreate: true,
  importsLater: true,
  hashes: ["md5"],
  marks: true,
};

export const platform9Capabilities: Capabilities = {
  ...v1Capabilities,
  api: "platform9",
  title: "Platform9's Image API v1",
  propertyFault: platform9PropertyFault,
};
