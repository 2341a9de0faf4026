import type { RequestBody } from "../../http/types";
import type { Method } from "./job";
import { notOffered } from "./offered";
import { sendContent } from "./sending";
import { upload } from "./upload";

/** The provider stages the bytes, and the image service imports them from there (Image API v2, "Stage binary image data"). */
export const glanceDirect: Method = {
  name: "glance-direct",
  describe: ({ name }) => `import of ${name}`,
  async closed(api, job) {
    return (await notOffered(api, "glance-direct", job.context)) ?? upload.closed(api, job);
  },
  unfit: upload.unfit,
  async send(api, image, job) {
    const { signal } = job.context;
    const put = (body: RequestBody) => api.stage(image.id, body, { signal });
    const digests = await sendContent({ api, image, job, what: `staging of ${job.name}`, put });
    const { requestId } = await api.import(image.id, { name: "glance-direct" }, job.stores, { signal });
    return { requestId, digests };
  },
};
