import type { GlanceImage, ImageApi, ImageFields, StoreChoice } from "../glance/api";
import type { Delivery } from "./delivery";
import type { Digest } from "./integrity/digest";
import type { MemberChanges } from "./members";
import type { Report } from "./progress";
import type { RemoteFile } from "./remote/types";
import type { Transfers } from "./transfer/transfers";

/** Where an image's bytes come from. */
export type Source = LocalFile | RemoteUrl | OtherImage;

export interface LocalFile {
  kind: "localFile";
  /** As the user wrote it, for messages. */
  written: string;
  /** Absolute. */
  path: string;
  /** Of its content when it was last looked at; other content is not what was asked for. */
  digest?: Digest;
}

export interface RemoteUrl extends RemoteFile {
  kind: "copyFrom";
}

/** Another image, perhaps of another region or cloud. */
export interface OtherImage {
  kind: "sourceImage";
  imageId: string;
  /** Region that has it; undefined: that of the new image. */
  region: string | undefined;
  /** Whether it is in another cloud, whose image service the new image's one cannot ask. */
  isForeign: boolean;
  /** The image service that has it. */
  images(): Promise<ImageApi>;
}

/** What an image shall be. Fields that are absent are left as they are. */
export interface ImageSpec {
  id?: string;
  fields: ImageFields;
  /** A property of value null shall not exist. */
  properties: Readonly<Record<string, string | null>>;
  source?: Source;
  /** How the source's bytes come. Default: as `auto` says, and nothing is known of them before. */
  delivery?: Delivery;
  /** Where the data shall be kept. Default: where it is, or where the cloud keeps it. */
  stores?: StoreChoice;
  deactivated?: boolean;
  members?: MemberChanges;
}

/** What may end an operation before it is done. */
export interface Limits {
  /** Cancels the operation; where its reason is a GlanceError of code TIMEOUT, the operation's time is over. */
  signal?: AbortSignal | undefined;
  /** Seconds after which the signal says so (`customTimeouts`), for messages. */
  timeout?: number | undefined;
  /** Told what the user should know although nothing failed; absent where nobody would see it. */
  warn?: ((text: string) => void) | undefined;
}

/** Who asks: identity of the resource, limits and ways out. */
export interface LifecycleContext extends Limits {
  /** Identity of the resource across runs; without it an interrupted create cannot be found again. */
  stamp?: string | undefined;
  /** Seconds to wait for the image to become active after its bytes or URL were accepted. */
  waitTimeout: number;
  /** First pause between two looks at an import, in seconds; it doubles up to 4 s. Default 0.25 s. */
  pollInterval?: number | undefined;
  /** Told how far an upload or an import is. */
  report?: Report | undefined;
  /** What the transfers of a process share. Default: each goes as fast as it can. */
  transfers?: Transfers | undefined;
}

/** How messages call an image. */
export function nameOf(image: Pick<GlanceImage, "id" | "name">): string {
  return image.name ? `image "${image.name}" (${image.id})` : `image ${image.id}`;
}

/** How messages call an image that is still to be made. */
export function nameOfNew(name: string | null | undefined): string {
  return name ? `image "${name}"` : "the new image";
}

/** An import that runs rewrites the image with all its properties; a PATCH meanwhile loses its changes or the import's. */
export function isLocked(image: GlanceImage): boolean {
  return image.import.task !== undefined;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
