import { GlanceError } from "../http/errors";
import type { ApiName } from "./apiNames";
import type { ImageFields } from "./fields";
import type { Visibility } from "./image";
import type { ImageQuery } from "./query";

/** What can be said of an image, in the words of a resource's inputs. */
export type ImageInput =
  | keyof ImageFields
  | "imageId"
  | "properties"
  | "localFile"
  | "copyFrom"
  | "sourceImage"
  | "stores"
  | "allStores"
  | "allStoresMustSucceed"
  | "deactivated"
  | "members";

/** A filter of a list. */
export type Filter = keyof ImageQuery;

/** What an image API can carry. Shared code asks this, and never which API it is. */
export interface Capabilities {
  api: ApiName;
  /** How messages call it, e.g. `the Image API v1`. */
  title: string;
  /** What a new image can be given; nothing where the API makes no images. */
  inputs: ReadonlySet<ImageInput>;
  /** The values of `visibility` that it knows; none where it does not carry it. */
  visibilities: readonly Visibility[];
  /** The visibility in which an image can be shared with members; undefined where it has no members. */
  sharedAs: Visibility | undefined;
  /** Whether members accept or reject what is shared with them. Default: each has accepted. */
  answers?: true;
  /** Whether there is a catalog of metadata definitions. Default: there is none. */
  catalog?: true;
  /** Why a custom property cannot have this name here. */
  propertyFault(name: string): string | undefined;
  /** Why it cannot keep a text as a name, an owner or the value of a property. Default: it keeps any. */
  valueFault?(text: string): string | undefined;
  /** Whether the properties of an existing image can be changed. */
  changesProperties: boolean;
  /** The filters that hold in its lists, whether the service or this provider sifts. */
  filters: ReadonlySet<Filter>;
  /** Whether the request that creates an image names the URL to copy from; otherwise an import follows. */
  copiesAtCreate: boolean;
  /** Whether an image that exists can be given its data; otherwise only the request that creates it names where that is. */
  importsLater: boolean;
  /** Kinds of hashes that its images usually carry, the strongest only. */
  hashes: readonly string[];
  /** Whether images carry the mark of an unfinished create, by which the next run finds them. */
  marks: boolean;
}

/** An input or a filter that an API does not carry, and why. */
export interface Lack {
  /** Path of the input. */
  property: string;
  reason: string;
}

/** What is said of an image, as far as it decides which API can carry it. */
export interface Said {
  inputs: readonly ImageInput[];
  visibility?: unknown;
  name?: unknown;
  owner?: unknown;
  /** Custom properties; a value that is no text is not judged. */
  properties?: Readonly<Record<string, unknown>>;
}

/** What of this an API cannot carry. */
export function lacksFor(capabilities: Capabilities, said: Said): Lack[] {
  const { inputs, visibility, name, owner, properties = {} } = said;
  const { title, visibilities, sharedAs } = capabilities;
  if (capabilities.inputs.size === 0) {
    return [{ property: "", reason: `${title} creates and changes no images; ${makers} do` }];
  }
  const missing = inputs.filter((input) => !capabilities.inputs.has(input));
  const known: readonly unknown[] = visibilities;
  const isForeign = typeof visibility === "string" && !missing.includes("visibility") && !known.includes(visibility);
  const isShared = typeof visibility !== "string" || visibility === sharedAs;
  const isUnshared = inputs.includes("members") && !missing.includes("members") && !isShared;
  return [
    ...missing.map((property) => ({ property, reason: `${title} does not carry it` })),
    ...(isForeign ? [{ property: "visibility", reason: `${title} knows only ${visibilities.join(" and ")}` }] : []),
    ...(isUnshared ? [{ property: "members", reason: `only ${sharedAs} images have members in ${title}` }] : []),
    ...valueFaults(capabilities, { name, owner }),
    ...propertyFaults(capabilities, properties),
  ];
}

/** The custom properties that an API cannot carry. */
export function propertyFaults(capabilities: Capabilities, properties: Readonly<Record<string, unknown>>): Lack[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const property = `properties[${JSON.stringify(name)}]`;
    const reason = capabilities.propertyFault(name);
    return reason === undefined ? valueFaults(capabilities, { [property]: value }) : [{ property, reason }];
  });
}

function valueFaults({ valueFault }: Capabilities, texts: Readonly<Record<string, unknown>>): Lack[] {
  return Object.entries(texts).flatMap(([property, text]) => {
    const reason = typeof text === "string" ? valueFault?.(text) : undefined;
    return reason === undefined ? [] : [{ property, reason }];
  });
}

/** Throws UNSUPPORTED when an API cannot keep properties of these names. */
export function assertPropertyNames(names: readonly string[], { propertyFault }: Capabilities): void {
  for (const name of names) {
    const fault = propertyFault(name);
    if (fault === undefined) continue;
    const message = `The property ${JSON.stringify(name)} cannot be set: ${fault}`;
    throw new GlanceError({ code: "UNSUPPORTED", message });
  }
}

/** The filters that an API does not have. */
export function missingFilters({ filters, title }: Capabilities, query: ImageQuery): Lack[] {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given
    .map(([name]) => name)
    .filter((name) => !filters.has(name as Filter))
    .map((property) => ({ property, reason: `is no filter of ${title}; its filters are ${[...filters].join(", ")}` }));
}

const makers = "the Image API v2 (api: v2) and v1 (api: v1)";
