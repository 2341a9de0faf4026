import type { EnumSpec } from "./pulumi";

/** A named enum: what it is for, and what each of its values means. */
export interface Enum {
  description: string;
  values: Readonly<Record<string, string>>;
}

export type Enums = Readonly<Record<string, Enum>>;

const visibility = {
  private: "Only the project that owns it sees the image.",
  shared: "The owning project and the projects that are its members see the image.",
  community: "Every project can use the image; lists show it only to those who ask for community images.",
  public: "Every project sees the image.",
};

/**
 * The members of a TypeScript union can carry no documentation, so it stands here. A union in the interfaces becomes the
 * enum that has exactly its values. Meanings: Image API v2, "Image visibility" and "Image members".
 */
export const enums: Enums = {
  Visibility: { description: "Who sees an image.", values: visibility },
  VisibilityFilter: {
    description: "Images to look among, by who sees them.",
    values: { ...visibility, all: "Whatever the project may see, other projects' community images too." },
  },
  ImageApi: {
    description: "An API of the image service.",
    values: {
      auto: "The best one that the service speaks: v2, otherwise v1.",
      v2: "OpenStack Image API v2 (Glance).",
      v1: "OpenStack Image API v1 (Glance until Pike).",
      platform9: "Image API v1 with the properties of Platform9.",
      compute: "The image proxy of the OpenStack Compute API (Nova).",
      alliance: "Alliance Glance API.",
    },
  },
  WireFormat: {
    description: "What the Compute API is spoken in.",
    values: { json: "JSON.", xml: "XML, which Nova spoke until Juno." },
  },
  ImageType: {
    description: "Images of the Compute API by where they come from.",
    values: {
      ALL: "All images.",
      BASE: "Images that are no snapshots.",
      SERVER: "Snapshots and backups of servers.",
    },
  },
  MembershipStatus: {
    description: "What a project answers to an image that is shared with it.",
    values: {
      pending: "Not answered yet: lists leave the image out.",
      accepted: "Accepted: lists show the image.",
      rejected: "Rejected: lists leave the image out.",
    },
  },
  MetadefVisibility: {
    description: "Who sees a namespace of metadata definitions.",
    values: { public: "Every project.", private: "Only the project that owns it." },
  },
  MetadefPropertyType: {
    description: "Type of the values of a property.",
    values: {
      array: "A list.",
      boolean: "True or false.",
      integer: "A whole number.",
      number: "A number.",
      object: "A map.",
      string: "A text.",
    },
  },
  MemberStatus: {
    description: "What a project answered to an image that was shared with it.",
    values: {
      pending: "Not answered yet: lists leave the image out.",
      accepted: "Accepted: lists show the image.",
      rejected: "Rejected: lists leave the image out.",
      all: "Any of these.",
    },
  },
};

/** The enum that has exactly these values, and its name. */
export function enumWith(values: readonly unknown[], among: Enums): [string, Enum] | undefined {
  const sameValues = (known: string[]) =>
    known.length === values.length && known.every((value) => values.includes(value));
  return Object.entries(among).find(([, one]) => sameValues(Object.keys(one.values)));
}

export function enumSpec({ description, values }: Enum): EnumSpec {
  const members = Object.entries(values).map(([value, meaning]) => ({
    name: memberName(value),
    value,
    description: meaning,
  }));
  return { type: "string", description, enum: members };
}

/** `web-download` is WebDownload. */
function memberName(value: string): string {
  return value.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}
