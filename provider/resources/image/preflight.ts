import type { ImageApi, Quota, StoreChoice } from "../../glance/api";
import { remembered } from "../../glance/remembered";
import { GlanceError } from "../../http/errors";
import type { Decompress } from "../../image/delivery";
import { isUntouched } from "../../image/failure";
import { unknownFormats } from "../../image/formats";
import { statOfFile } from "../../image/integrity/localStat";
import { refuseClosed } from "../../image/methods";
import { Job } from "../../image/methods/job";
import { lookAtUrl } from "../../image/remote/look";
import { localFile } from "../../image/source";
import { isUnfinished } from "../../image/stamp";
import { storeFault } from "../../image/stores";
import { withoutCredentials } from "../../image/withoutCredentials";
import type { Place, ResourceContext } from "../resource";
import { hasUnknown, isUnknown, type Previewed } from "../unknown";
import { CloudLook } from "./cloudLook";
import { foundIn } from "./misdeclared";
import { type Coming, lackingQuota } from "./quota";
import { deliveryOf, sourceOf, storesOf } from "./sourceSpec";
import { formatNames, pick } from "./spec";
import type { CheckedImageInputs } from "./types";

type News = Previewed<CheckedImageInputs>;

/** Seconds that a preview waits for all of it. */
const patience = 10;

/**
 * What a create of the image would probably fail at, each in a sentence. Only looks; inputs that are not known yet, and what cannot be
 * looked up, give no warning, except once where the cloud cannot be looked at.
 */
export async function preflightImage(news: News, context: ResourceContext): Promise<string[]> {
  const limit = AbortSignal.timeout(patience * 1000);
  const signal = context.signal ? AbortSignal.any([context.signal, limit]) : limit;
  const where = placeOf(news);
  const cloud = where && new CloudLook(where, context, signal, patience);
  const looks = [found(() => urlWarnings(news, signal)), found(() => diskWarnings(news, context))];
  if (cloud) {
    looks.push(
      found(() => sourceWarnings(news, cloud, context)),
      found(() => formatWarnings(news, cloud)),
      found(() => storeWarnings(news, cloud)),
      found(() => idWarnings(news, cloud)),
      found(() => quotaWarnings(news, cloud, context)),
    );
  }
  const warnings = await Promise.all(looks);
  return [...(cloud?.warnings ?? []), ...warnings.flat()];
}

/** Nothing where it could not be found out: the create itself will tell. */
async function found(warnings: () => Promise<string[]>): Promise<string[]> {
  return warnings().catch(() => []);
}

/** Where the image will be; undefined where nobody knows yet. */
function placeOf({ cloud, region, api }: News): Place | undefined {
  return [cloud, region, api].some(isUnknown) ? undefined : ({ cloud, region, api } as Place);
}

/** Whether there is a way for the bytes. */
async function sourceWarnings(news: News, cloud: CloudLook, context: ResourceContext): Promise<string[]> {
  const {
    localFile: file,
    copyFrom,
    sourceImage,
    diskFormat,
    containerFormat,
    decompress,
    importMethod,
    stores,
  } = news;
  const known = { file, copyFrom, sourceImage, diskFormat, containerFormat, decompress, importMethod, stores };
  if (hasUnknown(known)) return [];
  const inputs = news as CheckedImageInputs;
  const source = sourceOf(inputs, context);
  if (!source) return [];
  const choice = storesOf(inputs);
  const spec = { fields: pick(inputs, formatNames), delivery: deliveryOf(inputs), ...(choice && { stores: choice }) };
  return cloud.ask(`way for ${JSON.stringify(known)}`, async (images, signal) => {
    const job = new Job(source, spec, { signal, waitTimeout: patience });
    return refuseClosed(images, job).then(() => [], refusalOf);
  });
}

/** What a create would refuse; anything else says nothing of it. */
function refusalOf(error: unknown): string[] {
  if (!(error instanceof GlanceError) || error.code !== "UNSUPPORTED") throw error;
  return [`${error.message}.`];
}

const gibibyte = 1024 ** 3;

/** A server whose disk is smaller than the one in the image does not start. */
async function diskWarnings(news: News, { directory }: ResourceContext): Promise<string[]> {
  const { localFile: written, diskFormat, containerFormat, decompress = "auto", minDisk = 0 } = news;
  if (typeof written !== "string" || hasUnknown([diskFormat, containerFormat, decompress, minDisk])) return [];
  const formats = { diskFormat, containerFormat } as Required<
    Pick<CheckedImageInputs, "diskFormat" | "containerFormat">
  >;
  const demand = { name: written, decompress: decompress as Decompress, formats };
  const { virtualSize = 0 } = (await foundIn(localFile(written, directory), demand)) ?? {};
  const needed = Math.ceil(virtualSize / gibibyte);
  if (needed <= (minDisk as number)) return [];
  return [`The disk in "${written}" has ${needed} GiB, but minDisk is ${String(minDisk)}: declare minDisk: ${needed}.`];
}

async function formatWarnings(news: News, cloud: CloudLook): Promise<string[]> {
  const { diskFormat, containerFormat } = news;
  const known = {
    ...(typeof diskFormat === "string" && { diskFormat }),
    ...(typeof containerFormat === "string" && { containerFormat }),
  };
  const unknown = await cloud.ask("formats", (images, signal) => unknownFormats(images, known, signal));
  return unknown.map(
    ({ field, value, allowed }) => `${field} "${value}" is unknown to this cloud; it knows ${allowed.join(", ")}.`,
  );
}

async function storeWarnings({ stores, allStores }: News, cloud: CloudLook): Promise<string[]> {
  const choice = { stores, allStores };
  if (hasUnknown(choice) || (stores === undefined && allStores !== true)) return [];
  const known = await cloud.ask("stores", (images, signal) => images.stores({ signal }));
  const fault = storeFault(known, choice as StoreChoice);
  return fault === undefined ? [] : [`${allStores ? "allStores" : "stores"} cannot be followed: ${fault}.`];
}

/** Not even deleting the old image first would help: the image service never gives an id out twice. */
async function idWarnings({ imageId }: News, cloud: CloudLook): Promise<string[]> {
  if (typeof imageId !== "string") return [];
  const taken = await cloud.ask(`image ${imageId}`, (images, signal) => images.get(imageId, { signal }));
  // An earlier create was cut off before any byte: the next one goes on with it.
  if (!taken || (isUnfinished(taken.properties) && isUntouched(taken))) return [];
  return [
    `The image service never gives an id out twice, and there is an image ${imageId}: change imageId or leave it out.`,
  ];
}

async function urlWarnings({ copyFrom, sourceCredentials }: News, signal: AbortSignal): Promise<string[]> {
  // Where only the provider will read it, the check has looked already.
  if (typeof copyFrom !== "string" || sourceCredentials !== undefined) return [];
  const fault = await lookAtUrl(copyFrom, signal);
  return fault === undefined
    ? []
    : [`${withoutCredentials(copyFrom)} ${fault}; the image service may see it differently.`];
}

async function quotaWarnings(news: News, cloud: CloudLook, context: ResourceContext): Promise<string[]> {
  const quotas = await cloud.ask("quotas", (images, signal) => quotasOf(images)(signal));
  return lackingQuota(quotas, await comingIn(news, context));
}

async function comingIn({ localFile: written, copyFrom }: News, { directory }: ResourceContext): Promise<Coming> {
  if (copyFrom !== undefined) return "import";
  if (typeof written !== "string") return "nothing";
  return statOfFile(localFile(written, directory).path, written).then(
    ({ size }) => ({ bytes: size }),
    () => "nothing",
  );
}

type QuotasOf = (signal?: AbortSignal) => Promise<Quota[]>;

const asked = new WeakMap<ImageApi, QuotasOf>();

/** A preview changes nothing: its images share one answer. */
function quotasOf(images: ImageApi): QuotasOf {
  const quotas = asked.get(images) ?? remembered(() => images.quotas());
  asked.set(images, quotas);
  return quotas;
}
