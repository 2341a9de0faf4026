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
