import type { ImageApi, Quota } from "../../glance/api";
import { remembered } from "../../glance/remembered";
import { webDownload, withoutCredentials } from "../../image/bytes";
import { unknownFormats } from "../../image/formats";
import { lookAtUrl } from "../../image/remoteSource";
import { localFile, sizeOfLocalFile } from "../../image/source";
import type { Place, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import { CloudLook } from "./cloudLook";
import { type Coming, lackingQuota } from "./quota";
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
  const looks = [found(() => urlWarnings(news, signal))];
  if (cloud) {
    looks.push(
      found(() => importWarnings(news, cloud)),
      found(() => formatWarnings(news, cloud)),
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

async function importWarnings({ copyFrom }: News, cloud: CloudLook): Promise<string[]> {
  if (copyFrom === undefined) return [];
  const offered = await cloud.ask("import methods", (images, signal) => images.importMethods({ signal }));
  if (offered.includes(webDownload)) return [];
  return [
    `copyFrom needs ${webDownload}, which this cloud does not offer (it offers ${offered.join(", ") || "no import method"}). ` +
      "Declare the file as localFile, or ask the operator to enable it.",
  ];
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

/** Not even deleting the old image first would help: the image service never gives an id out twice. */
async function idWarnings({ imageId }: News, cloud: CloudLook): Promise<string[]> {
  if (typeof imageId !== "string") return [];
  const taken = await cloud.ask(`image ${imageId}`, (images, signal) => images.get(imageId, { signal }));
  if (!taken) return [];
  return [
    `The image service never gives an id out twice, and there is an image ${imageId}: change imageId or leave it out.`,
  ];
}

async function urlWarnings({ copyFrom }: News, signal: AbortSignal): Promise<string[]> {
  if (typeof copyFrom !== "string") return [];
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
  return sizeOfLocalFile(localFile(written, directory)).then(
    (bytes) => ({ bytes }),
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
