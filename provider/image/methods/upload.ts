import type { RequestBody } from "../../http/types";
import type { Method } from "./job";
import { sendContent } from "./sending";

/** The provider sends the bytes, and the answer comes when they are stored (Image API v2, "Upload binary image data"). */
export const upload: Method = {
  name: "upload",
  describe: ({ name }) => `upload of ${name}`,
  async closed({ capabilities }) {
    return capabilities.inputs.has("localFile") ? undefined : `${capabilities.title} takes no data`;
  },
  async unfit(job) {
    await job.headOfTransfer();
    await job.compression();
    return undefined;
  },
  async send(api, image, job) {
    const [store] = job.stores?.stores ?? [];
    const put = (body: RequestBody) => api.upload(image.id, body, { signal: job.context.signal, store });
    return { digests: await sendContent({ api, image, job, what: upload.describe(job), put }) };
  },
};
