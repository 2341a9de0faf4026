import { GlanceError } from "../../http/errors";
import { lookForPage } from "../remote/look";
import { withoutCredentials } from "../withoutCredentials";
import type { Job, Method } from "./job";
import { notOffered } from "./offered";

/** The image service downloads from a URL (Image API v2, "Import an image"; v1 and Alliance: when the image is created). */
export const webDownload: Method = {
  name: "web-download",
  describe: ({ source, name }) => `import of ${source.kind === "copyFrom" ? withoutCredentials(source.url) : name}`,
  async closed(api, { source, context }) {
    if (source.kind !== "copyFrom") return "it takes only a URL";
    if (source.credentials) return "the image service would have to be told the sourceCredentials";
    return notOffered(api, "web-download", context);
  },
  async unfit(job) {
    if (!job.mayBeUnpacked) return refusePage(job);
    const compression = (await isSeen(job)) ? await job.compression() : undefined;
    return compression && `the image service does not decompress ${compression}`;
  },
  async send(api, image, { source, stores, context: { signal } }) {
    if (source.kind !== "copyFrom") throw new TypeError("only a URL can be downloaded");
    const { requestId } = await api.import(image.id, { name: "web-download", uri: source.url }, stores, {
      signal,
    });
    return { requestId };
  },
};

/** What nobody reads before may still be no file at all. */
async function refusePage({ source, context: { signal } }: Job): Promise<undefined> {
  const page = source.kind === "copyFrom" && (await lookForPage(source, signal ?? new AbortController().signal));
  if (page) throw page;
}

/** A URL may be out of our reach and not of the image service's; one that shows us no image shows it none. */
async function isSeen(job: Job): Promise<boolean> {
  try {
    await job.head();
    return true;
  } catch (error) {
    if (error instanceof GlanceError && error.facts.noImage) throw error;
    return false;
  }
}
