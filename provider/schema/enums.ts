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
  ImportMethod: {
    description: "How the bytes get into an image.",
    values: {
      auto: "What the cloud offers for this source; the next one where the first fails before a byte is kept.",
      upload: "The provider sends them.",
      "glance-direct": "The provider stages them, and the image service imports what was staged.",
      "web-download": "The image service downloads them from the URL of `copyFrom`.",
      "glance-download": "The image service downloads them from the image service of another region.",
      "copy-image": "The provider uploads to the first store, and the image service copies to the others.",
    },
  },
  Verification: {
    description: "How the bytes in the cloud are compared with the source.",
    values: {
      hash: "By a hash.",
      download: "By reading them back from the image service.",
      size: "By their number only.",
      none: "Not at all.",
    },
  },
  Decompression: {
    description: "How a source is compressed.",
    values: {
      auto: "Its first bytes tell.",
      none: "It is taken as it is.",
      gzip: "gzip.",
      bzip2: "bzip2.",
      xz: "xz.",
      zstd: "Zstandard.",
    },
  },
  DeletePolicy: {
    description: "What happens to an image whose resource is deleted or replaced.",
    values: {
      delete: "It is deleted.",
      hide: "It is hidden from lists and kept.",
      deactivate: "Its data cannot be used any more, and it is kept.",
      retain: "It stays as it is.",
    },
  },
  InUsePolicy: {
    description: "What happens to an image that cannot be deleted because it is in use.",
    values: {
      fail: "The deletion fails and says so.",
      hide: "It is hidden from lists and kept.",
      deactivate: "Its data cannot be used for anything new, and it is kept.",
      retain: "It stays as it is.",
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
