import type { ImageApi } from "../../glance/api";
import { GlanceError } from "../../http/errors";
import type { ImportMethodName } from "../delivery";
import type { Source } from "../spec";
import { copyImage } from "./copyImage";
import { glanceDirect } from "./glanceDirect";
import { glanceDownload } from "./glanceDownload";
import type { Job, Method } from "./job";
import { upload } from "./upload";
import { webDownload } from "./webDownload";

const methods: Readonly<Record<ImportMethodName, Method>> = {
  upload,
  "glance-direct": glanceDirect,
  "web-download": webDownload,
  "glance-download": glanceDownload,
  "copy-image": copyImage,
};

/** The ways in which the image service itself fetches a source, where it can. */
const fetching: Readonly<Record<Source["kind"], readonly Method[]>> = {
  localFile: [],
  copyFrom: [webDownload],
  sourceImage: [glanceDownload],
};

/** How the bytes of one job get into the image: the best way that is open, and what else there is. */
export interface Plan {
  job: Job;
  method: Method;
  /** The ways that are tried where that one fails before a byte is kept, the best first. */
  others: readonly Method[];
}

/** Throws before anything exists in the cloud where no way is open for the source. */
export function planFor(api: ImageApi, job: Job): Promise<Plan> {
  return firstOpen(api, job, candidatesOf(job), (method) => method.unfit(job));
}

/** Throws UNSUPPORTED where no way is open for such a source, without a look at it. */
export async function refuseClosed(api: ImageApi, job: Job): Promise<void> {
  await firstOpen(api, job, candidatesOf(job));
}

/** What to do after the plan's way has failed; undefined where there is no other. */
export async function alternativeTo(api: ImageApi, { job, others }: Plan): Promise<Plan | undefined> {
  if (others.length === 0) return undefined;
  return firstOpen(api, job, others, (method) => method.unfit(job)).catch(() => undefined);
}

function candidatesOf(job: Job): readonly Method[] {
  const { method } = job.delivery;
  if (method !== "auto") return [methods[method]];
  const sending = job.goesToSeveralStores ? [glanceDirect, copyImage] : [upload, glanceDirect];
  return [...fetching[job.source.kind], ...sending];
}

async function firstOpen(
  api: ImageApi,
  job: Job,
  candidates: readonly Method[],
  unfit: (method: Method) => Promise<string | undefined> = async () => undefined,
): Promise<Plan> {
  const faults: string[] = [];
  for (const [index, method] of candidates.entries()) {
    const fault = (await method.closed(api, job)) ?? (await unfit(method));
    if (fault === undefined) return { job, method, others: candidates.slice(index + 1) };
    faults.push(`${method.name}: ${fault}`);
  }
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `There is no way for ${job.name} into an image of this cloud: ${faults.join("; ")}`,
    hint: "Choose another importMethod, or download the file and declare it as localFile",
  });
}
