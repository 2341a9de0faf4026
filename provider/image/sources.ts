import type { ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import type { TransportOptions } from "../http/types";
import { peek } from "./content/peek";
import { statOfFile } from "./integrity/localStat";
import { storedDigests } from "./integrity/stored";
import { look } from "./remote/look";
import { openRemote } from "./remote/open";
import { openLocalFile } from "./source";
import type { OpenSource, SourceStream } from "./sourceStream";
import type { Limits, LocalFile, OtherImage, RemoteUrl, Source } from "./spec";
import { withoutCredentials } from "./withoutCredentials";

/** How a source is read, and what may end it. */
export interface Reach extends Pick<Limits, "signal"> {
  /** How its server is reached, where it has one of its own. */
  transport?: TransportOptions | undefined;
}

/** One kind of source. */
interface Kind<S extends Source> {
  /** For messages. */
  name(source: S): string;
  /** What brings its bytes here and where it is known to be shared by several images: the same text for the same bytes. */
  shareKey(source: S): string | undefined;
  /** In bytes, as far as it is told without reading it. */
  size(source: S, reach: Reach): Promise<number | undefined>;
  /** Its first bytes; undefined where reading them costs too much. Throws SOURCE where it cannot be read from here. */
  head(source: S, reach: Reach): Promise<Buffer | undefined>;
  open(source: S, reach: Reach): Promise<OpenSource>;
}

/** Bytes that are looked at. */
const beginning = 64 * 1024;
/** Seconds of the first pause between attempts at them. */
const quickly = 0.1;

/** Nothing is known of such a source beyond its bytes. */
const unknownBefore = { known: [], expected: [], confirm: async () => {} };

const localFile: Kind<LocalFile> = {
  name: ({ written }) => `"${written}"`,
  shareKey: () => undefined,
  size: async ({ path, written }) => (await statOfFile(path, written)).size,
  head: async (file) => headOf(await openLocalFile(file)),
  open: openLocalFile,
};

const copyFrom: Kind<RemoteUrl> = {
  name: ({ url }) => withoutCredentials(url),
  shareKey: ({ url, credentials }) => JSON.stringify([url, credentials]),
  async size(file, { signal }) {
    const facts = await look(file, signal ?? new AbortController().signal);
    // Servers that make their files up as they go say 0 for "not known yet".
    return typeof facts === "string" ? undefined : facts.length || undefined;
  },
  head: async (file, { signal, transport }) =>
    headOf(await openRemote(file, { signal, transport: { ...transport, backoff: quickly } })),
  open: async (file, { signal, transport }) => ({
    ...unknownBefore,
    ...(await openRemote(file, { signal, transport })),
  }),
};

const sourceImage: Kind<OtherImage> = {
  name: ({ imageId, region }) => `image ${imageId}${region === undefined ? "" : ` of region ${region}`}`,
  shareKey: () => undefined,
  size: async (source, { signal }) => (await existing(await source.images(), source, signal)).size ?? undefined,
  async head(source, { signal }) {
    await existing(await source.images(), source, signal);
    return undefined;
  },
  async open(source, { signal }) {
    const images = await source.images();
    const image = await existing(images, source, signal);
    const stream = await images.download(image.id, { signal });
    if (!stream) throw missing(source, "has no data");
    return { ...unknownBefore, stream, length: image.size ?? undefined, expected: storedDigests(image) };
  },
};

const kinds: { [K in Source["kind"]]: Kind<Extract<Source, { kind: K }>> } = { localFile, copyFrom, sourceImage };

export function kindOf<S extends Source>(source: S): Kind<S> {
  return kinds[source.kind] as unknown as Kind<S>;
}

/** How messages call a source. */
export function nameOfSource(source: Source): string {
  return kindOf(source).name(source);
}

async function headOf({ stream }: SourceStream): Promise<Buffer> {
  try {
    return (await peek(stream, beginning)).head;
  } finally {
    stream.destroy();
  }
}

/** The image that is to be copied. Throws SOURCE where there is none with data. */
export async function existing(images: ImageApi, source: OtherImage, signal: AbortSignal | undefined) {
  const image = await images.get(source.imageId, { signal });
  if (!image) throw missing(source, "does not exist, or these credentials may not see it");
  if (image.status !== "active") throw missing(source, `is ${image.status}, not active`);
  if (image.size === 0) throw missing(source, "is empty");
  return image;
}

function missing(source: OtherImage, why: string): GlanceError {
  const message = `The source, ${sourceImage.name(source)}, ${why}`;
  return new GlanceError({ code: "SOURCE", message });
}
