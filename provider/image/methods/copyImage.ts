import type { Method } from "./job";
import { notOffered } from "./offered";
import { upload } from "./upload";

/** The provider uploads to one store, and the image service copies to the others once the image is active. */
export const copyImage: Method = {
  ...upload,
  name: "copy-image",
  async closed(api, job) {
    if (!job.goesToSeveralStores) return "the data goes to one store only";
    return (await notOffered(api, "copy-image", job.context)) ?? upload.closed(api, job);
  },
};
