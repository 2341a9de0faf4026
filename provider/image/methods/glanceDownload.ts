import { existing } from "../sources";
import type { Method } from "./job";
import { notOffered } from "./offered";

/** The image service of one region fetches from that of another one (Image API v2, "Import an image"). */
export const glanceDownload: Method = {
  name: "glance-download",
  describe: ({ name }) => `import of ${name}`,
  async closed(api, { source, context, delivery: { decompress } }) {
    if (source.kind !== "sourceImage") return "it takes only an image of another region";
    if (source.isForeign) return "the image is in another cloud";
    if (source.region === undefined) return "the image is in the same region";
    if (decompress !== "auto" && decompress !== "none") return `the image service does not decompress ${decompress}`;
    return notOffered(api, "glance-download", context);
  },
  async unfit({ source, context, demand: { formats } }) {
    if (source.kind !== "sourceImage") return undefined;
    const { diskFormat, containerFormat } = await existing(await source.images(), source, context.signal);
    // Glance gives the image the formats of the source, and nobody can change them afterwards.
    const isAsDeclared = !formats || (formats.diskFormat === diskFormat && formats.containerFormat === containerFormat);
    return isAsDeclared ? undefined : `it takes over the formats of the source, ${diskFormat} in ${containerFormat}`;
  },
  async send(api, image, { source, stores, context: { signal } }) {
    if (source.kind !== "sourceImage" || source.region === undefined) throw new TypeError("only another region has it");
    const method = { name: "glance-download", region: source.region, imageId: source.imageId } as const;
    const { requestId } = await api.import(image.id, method, stores, { signal });
    return { requestId };
  },
};
