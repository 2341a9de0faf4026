import type { GlanceImage, ImageFields } from "../glance/api";
import type { MemberChanges } from "./members";
import type { Report } from "./progress";
import type { Turns } from "./turns";

/** Where an image's bytes come from. */
export type Source = LocalFile | RemoteUrl;

export interface LocalFile {
  kind: "localFile";
  /** As the user wrote it, for messages. */
  written: string;
  /** Absolute. */
  path: string;
}

export interface RemoteUrl {
  kind: "copyFrom";
  url: string;
}

/** What an image shall be. Fields that are absent are left as they are. */
export interface ImageSpec {
  id?: string;
  fields: ImageFields;
  /** A property of value null shall not exist. */
  properties: Readonly<Record<string, string | null>>;
  source?: Source;
  deactivated?: boolean;
  members?: MemberChanges;
}

/** What may end an operation before it is done. */
export interface Limits {
  /** Cancels the operation; where its reason is a GlanceError of code TIMEOUT, the operation's time is over. */
  signal?: AbortSignal | undefined;
  /** Seconds after which the signal says so (`customTimeouts`), for messages. */
  timeout?: number | undefined;
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
  /** Where uploads wait until it is their turn. Default: each begins at once. */
  turns?: Turns | undefined;
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
