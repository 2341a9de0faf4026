import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { imageKept, orEnded } from "./ending";
import { isPoisoned } from "./failure";
import { openLocalFile } from "./source";
import { isLocked, type LifecycleContext, nameOf, type Source } from "./spec";
import { waitUntilActive, waitWhileSaving } from "./wait";

/** How an image service imports from a URL (Image API v2, "Import an image"). */
export const webDownload = "web-download";

/** How the bytes of one kind of source get into an image. */
interface Carrier<S extends Source> {
  /** For messages: "upload of …". */
  describe(source: S): string;
  /** Throws before anything exists in the cloud when this cloud cannot take the source. */
  prepare(api: ImageApi, source: S, signal?: AbortSignal): Promise<void>;
  /** Hands the bytes over. Answers the request id of an import that goes on after the call. */
  send(api: ImageApi, image: GlanceImage, source: S, context: LifecycleContext): Promise<string | undefined>;
  /** Only we send such bytes: an image that still takes some takes those of a transfer that was cut off. */
  isOurs: boolean;
}

const carriers: { [K in Source["kind"]]: Carrier<Extract<Source, { kind: K }>> } = {
  localFile: {
    describe: ({ written }) => `upload of "${written}"`,
    prepare: async (_api, file) => void (await openLocalFile(file)),
    send: async (api, image, file, { signal, report, turns }) => {
      const what = carriers.localFile.describe(file);
      const body = await openLocalFile(file, report && ((done, total) => report({ what, done, total })));
      const upload = () => api.upload(image.id, body, { signal });
      const waits = () => report?.({ what, total: body.length, status: "waiting for its turn" });
      await (turns ? turns.take(upload, signal, waits) : upload());
      return undefined;
    },
    isOurs: true,
  },
  copyFrom: {
    describe: ({ url }) => `import of ${withoutCredentials(url)}`,
    prepare: async (api, { url }, signal) => {
      const offered = await api.importMethods({ signal });
      if (offered.includes(webDownload)) return;
      throw new GlanceError({
        code: "UNSUPPORTED",
        message: `This cloud cannot import ${withoutCredentials(url)}: its image service does not offer ${webDownload} (it offers ${offered.join(", ") || "no import method"})`,
        hint: "Ask the operator to enable it, or download the file and declare it as localFile",
      });
    },
    send: async (api, image, { url }, { signal }) => {
      const { requestId } = await api.import(image.id, { name: webDownload, uri: url }, {}, { signal });
      return requestId;
    },
    isOurs: false,
  },
};

function carrierOf<S extends Source>(source: S): Carrier<S> {
  return carriers[source.kind] as unknown as Carrier<S>;
}

export function prepareSource(api: ImageApi, source: Source, signal?: AbortSignal): Promise<void> {
  return carrierOf(source).prepare(api, source, signal);
}

/** Brings the source's bytes into the image, from whatever an earlier attempt left, and waits until it is active. */
export async function fill(
  api: ImageApi,
  found: GlanceImage,
  source: Source,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const image = await rested(api, found, source, context);
  const carrier = carrierOf(source);
  const what = carrier.describe(source);
  if (isPoisoned(image)) {
    throw new GlanceError({
      code: "IMPORT_FAILED",
      message: `An earlier attempt left ${nameOf(image)} with data that Glance refused; it takes no other`,
    });
  }
  const waits = image.status === "queued" && !isLocked(image) && api.capabilities.importsLater;
  const underWay = { subject: nameOf(image), what, outcome: imageKept };
  const send = () => carrier.send(api, image, source, context);
  const requestId = waits ? await orEnded(underWay, context, send) : undefined;
  return waitUntilActive(api, { image, requestId, what }, context);
}

/** The image once the service has given up a transfer of ours that was cut off: it may find that out a moment after us. */
export async function rested(
  api: ImageApi,
  image: GlanceImage,
  source: Source,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const carrier = carrierOf(source);
  if (!carrier.isOurs || image.status !== "saving" || isLocked(image)) return image;
  return waitWhileSaving(api, { image, what: carrier.describe(source) }, context);
}

/**
 * The text with every URL in it reduced to scheme, host and path: user info and query parameters may be credentials of any kind,
 * and servers repeat the URLs they refuse.
 */
export function withoutCredentials(text: string): string {
  return text.replace(/(https?:\/\/)(?:[^\s/?#]*@)?([^\s?#"<>]*)(?:[?#][^\s<>]*)?/gi, "$1$2");
}
