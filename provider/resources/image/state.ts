import { isDeepStrictEqual } from "node:util";
import type { GlanceImage } from "../../glance/api";
import type { Capabilities } from "../../glance/capabilities";
import type { VerifyPolicy } from "../../image/delivery";
import { reservedProperties } from "../../image/stamp";
import { placeOf } from "../place";
import { ownProperties } from "../properties";
import type { Known, Place } from "../resource";
import { isSameSource, sourceKindOf, sourceNames } from "./sourceDiff";
import { formatNames, pick, undeclared } from "./spec";
import type { CheckedImageInputs, ImageState } from "./types";

/** Inputs that no image says: they are kept as they were written. */
const written = [
  "copyFrom",
  "localFile",
  "localFileHash",
  "sourceImage",
  "sourceIdentity",
  "importMethod",
  "sourceHash",
  "checksumsUrl",
  "verify",
  "decompress",
  "allStores",
  "allStoresMustSucceed",
  "imageId",
  "cloud",
  "region",
  "api",
  "waitTimeout",
  "members",
  "onDelete",
  "forceUnprotect",
  "onInUse",
] as const;

/** What is known of an image beyond what its API shows of it. */
export interface Learnt {
  /** How its bytes were compared with the source. Default: as before. */
  verifiedBy?: VerifyPolicy | undefined;
  /** Whether every store of the cloud has its data. Default: unless a store is said to have failed. */
  everywhere?: boolean | undefined;
}

/**
 * The state of an image as just seen. Attributes carry the server's values, `properties` those that the inputs declare.
 * A source once used is remembered even when the program drops it, so that another one later replaces the image.
 */
export function stateOf(
  image: GlanceImage,
  inputs: CheckedImageInputs,
  known: Partial<ImageState>,
  { verifiedBy = known.verifiedBy, everywhere = !hasFailedStore(image) }: Learnt = {},
): ImageState {
  return {
    ...pick(known, sourceKindOf(inputs) ? stillTrue(inputs, known) : sourceNames),
    ...pick(inputs, written),
    ...attributesOf(image),
    ...outputsOf(image),
    ...asDeclared(image, inputs),
    ...(inputs.properties && { properties: ownProperties(image, inputs.properties) }),
    ...(inputs.allStores && { allStores: everywhere }),
    ...(verifiedBy && { verifiedBy }),
    // Only brief lists leave these out, and no state is made of one.
    createdAt: image.createdAt ?? "",
    updatedAt: image.updatedAt ?? "",
  };
}

/** What is known of the source's content where its server tells nothing today. */
function stillTrue(inputs: CheckedImageInputs, known: Partial<ImageState>) {
  return isSameSource(known, inputs) ? (["sourceIdentity"] as const) : [];
}

/** Inputs that describe the image as it is: what the old ones declare, or without any all that is worth declaring. */
export function inputsAsRead(
  image: GlanceImage,
  old: Known<CheckedImageInputs, ImageState> | { state: Place },
  { inputs: carried }: Capabilities,
): CheckedImageInputs {
  const attributes = { ...attributesOf(image), properties: withoutReserved(image.properties) };
  // The cloud chose the stores of an image that is imported.
  if (!("inputs" in old)) return { ...placeOf(old.state), ...withoutDefaults(attributes) };
  // Without data there is nothing in any store.
  const stores = image.stores.length > 0 ? image.stores : old.inputs.stores;
  const actual = { ...attributes, ...(stores && { stores }) };
  const names = Object.keys(actual) as (keyof typeof actual)[];
  const declared = names.filter((name) => old.inputs[name] !== undefined);
  return {
    ...pick(old.inputs, [...written, "sourceCredentials"]),
    // What this API does not say is as it was.
    ...pick(old.inputs, declared),
    ...pick(
      actual,
      declared.filter((name) => carried.has(name)),
    ),
    ...asDeclared(image, old.inputs),
    ...(old.inputs.properties && { properties: ownProperties(image, old.inputs.properties) }),
  };
}

/**
 * Where the image says the same in other words, the program's stand. Tags and stores come in any order. A cloud may convert what it
 * imports (glance/async_/flows/plugins/image_conversion.py), and nobody can change the formats of an image with data.
 */
function asDeclared(image: GlanceImage, inputs: CheckedImageInputs): CheckedImageInputs {
  const isSame = (name: "tags" | "stores") => isDeepStrictEqual(new Set(inputs[name]), new Set(image[name]));
  return {
    ...(inputs.tags && isSame("tags") && { tags: inputs.tags }),
    ...(inputs.stores && isSame("stores") && { stores: inputs.stores }),
    ...(image.status === "queued" ? {} : pick(inputs, formatNames)),
  };
}

/** Failures stay listed after a later success. */
function hasFailedStore({ stores, import: { failedStores } }: GlanceImage): boolean {
  return failedStores.some((id) => !stores.includes(id));
}

export function attributesOf(image: GlanceImage) {
  return {
    ...(image.name !== null && { name: image.name }),
    ...(image.containerFormat !== null && { containerFormat: image.containerFormat }),
    ...(image.diskFormat !== null && { diskFormat: image.diskFormat }),
    ...(image.visibility !== undefined && { visibility: image.visibility }),
    ...(image.owner !== null && { owner: image.owner }),
    minRam: image.minRam,
    minDisk: image.minDisk,
    protected: image.protected,
    hidden: image.hidden,
    tags: [...image.tags].sort(),
    deactivated: image.status === "deactivated",
  };
}

export function outputsOf(image: GlanceImage) {
  return {
    status: image.status,
    ...(image.size !== null && { size: image.size }),
    ...(image.virtualSize !== null && { virtualSize: image.virtualSize }),
    ...(image.checksum !== null && { checksum: image.checksum }),
    ...(image.osHashAlgo !== null && { osHashAlgo: image.osHashAlgo }),
    ...(image.osHashValue !== null && { osHashValue: image.osHashValue }),
    ...(image.file !== undefined && { file: image.file }),
    ...(image.directUrl !== undefined && { directUrl: image.directUrl }),
    stores: image.stores,
    allProperties: image.properties,
  };
}

function withoutReserved(properties: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !reservedProperties.includes(name)));
}

function withoutDefaults(inputs: CheckedImageInputs): CheckedImageInputs {
  const isDefault = (name: string, value: unknown) =>
    JSON.stringify(value) ===
    JSON.stringify(undeclared[name as keyof typeof undeclared] ?? (name === "properties" ? {} : null));
  return Object.fromEntries(Object.entries(inputs).filter(([name, value]) => !isDefault(name, value)));
}
