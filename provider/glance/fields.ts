import type { Visibility } from "./image";

/** What a create or an update may set. Absent: not touched. */
export interface ImageFields {
  name?: string | null;
  diskFormat?: string;
  containerFormat?: string;
  minDisk?: number;
  minRam?: number;
  visibility?: Visibility;
  protected?: boolean;
  hidden?: boolean;
  tags?: readonly string[];
  /** Project id; only administrators may set another than their own. */
  owner?: string;
}

export interface NewImage extends ImageFields {
  id?: string;
  properties?: Readonly<Record<string, string>>;
  /** URL to copy the data from; only where the API `copiesAtCreate`. The image that is answered holds its import lock then. */
  copyFrom?: string;
}

/** Changes to an existing image. A property of value null is removed; others not named are left alone. */
export interface ImageChanges extends ImageFields {
  properties?: Readonly<Record<string, string | null>>;
}
