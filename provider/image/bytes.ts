import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { isPoisoned } from "./failure";
import { openLocalFile } from "./source";
import { isLocked, type LifecycleContext, nameOf, type Source } from "./spec";
import { waitUntilActive } from "./wait";

/** How the bytes of one kind of source get into an image. */
interface Carrier<S extends Source> {
  /** For messages: "upload of …". */
  describe(source: S): string;
  /** Throws before anything exists in the cloud when this cloud cannot take the source. */
  prepare(api: ImageApi, source: S, signal?: AbortSignal): Promise<void>;
  /** Hands the bytes over. Answers the request id of an import that goes on after the call. */
  send(api: ImageApi, image: GlanceImage, source: S, signal?: AbortSignal): Promise<string | undefined>;
}

const carriers: { [K in Source["kind"]]: Carrier<Extract<Source, { kind: K }>> } = {
  localFile: {
    describe: ({ written }) => `upload of "${written}"`,
    prepare: async (_api, file) => void (await openLocalFile(file)),
    send: async (api, image, file, signal) => {
      await api.upload(image.id, await openLocalFile(file), { signal });
      return undefined;
    },
  },
  copyFrom: {
    describe: ({ url }) => `import of ${withoutCredentials(url)}`,
    prepare: async (api, { url }, signal) => {
      const offered = await api.importMethods({ signal });
      if (offered.includes("web-download")) return;
      throw new GlanceError({
        code: "UNSUPPORTED",
        message: `This cloud cannot import ${withoutCredentials(url)}: its image service does not offer web-download (it offers ${offered.join(", ") || "no import method"})`,
        hint: "Ask the operator to enable it, or download the file and declare it as localFile",
      });
    },
    send: async (api, image, { url }, signal) => {
      const { requestId } = await api.import(image.id, { name: "web-download", uri: url }, {}, { signal });
      return requestId;
    },
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
  image: GlanceImage,
  source: Source,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const carrier = carrierOf(source);
  const what = carrier.describe(source);
  if (isPoisoned(image)) {
    throw new GlanceError({
      code: "IMPORT_FAILED",
      message: `An earlier attempt left ${nameOf(image)} with data that Glance refused; it takes no other`,
    });
  }
  const waits = image.status === "queued" && !isLocked(image) && api.capabilities.importsLater;
  const requestId = waits ? await carrier.send(api, image, source, context.signal) : undefined;
  return waitUntilActive(api, { image, requestId, what }, context);
}

/** User info and query parameters of a URL may be credentials; servers repeat the URLs they refuse. */
export function withoutCredentials(text: string): string {
  return text.replace(/(https?:\/\/)(?:[^\s/@"']*@)?([^\s?#"'<>]*)[?#]?[^\s"'<>)]*/g, "$1$2");
}
