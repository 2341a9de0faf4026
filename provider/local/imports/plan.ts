/** The ways to import that this server offers, by their names in Glance. */
export const importMethods = ["glance-direct", "web-download", "copy-image", "glance-download"] as const;

export type ImportMethod = (typeof importMethods)[number];

/** An image of another region. */
export interface Remote {
  region: string;
  imageId: string;
}

/** What an import is to do. */
export interface ImportPlan {
  method: ImportMethod;
  /** The web address for `web-download`. */
  uri: string | undefined;
  /** What `glance-download` copies. */
  remote?: Remote | undefined;
  /** Where the bytes shall be, in this order. */
  stores: readonly string[];
  /** Whether one store's failure is a failure of all. */
  allMustSucceed: boolean;
}
