import type { ImageApi, Quota } from "../../glance/api";
import { remembered } from "../../glance/remembered";
import { abandonable } from "../../http/abandon";
import { webDownload, withoutCredentials } from "../../image/bytes";
import { unknownFormats } from "../../image/formats";
import { lookAtUrl, type Seen } from "../../image/remoteSource";
import { localFile, sizeOfLocalFile } from "../../image/source";
import type { Place, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import { lackingQuota } from "./quota";
import type { CheckedImageInputs } from "./types";

type News = Previewed<CheckedImageInputs>;

/** Milliseconds that a preview waits for all of it. */
const patience = 10_000;

/**
 * What a create of the image would probably fail at, each in a sentence. Only looks; what cannot be looked up, and inputs that are not
 * known yet, give no warning.
 */
export async function preflightImage(news: News, context: ResourceContext): Promise<string[]> {
  const limit = AbortSignal.timeout(patience);
  const signal = context.signal ? AbortSignal.any([context.signal, limit]) : limit;
  const connected = connect(news, context, signal);
  const seen = look(news, signal);
  const warnings = await Promise.all([
    found(async () => importWarnings(news, await connected, signal)),
    found(async () => formatWarnings(news, await connected, signal)),
    found(async () => urlWarnings(news, await seen)),
    found(async () => quotaWarnings(await connected, sizeOf(news, seen, context), signal)),
  ]);
  return warnings.flat();
}

/** Nothing where it could not be found out: the create itself will tell. */
async function found(warnings: () => Promise<string[]>): Promise<string[]> {
  return warnings().catch(() => []);
}

async function connect({ cloud, region, api }: News, context: ResourceContext, signal: AbortSignal): Promise<ImageApi> {
  if ([cloud, region, api].some(isUnknown)) throw new Error("nobody knows yet where the image will be");
  const { images } = await abandonable(context.connect({ cloud, region, api } as Place), signal);
  return images;
}

async function look({ copyFrom }: News, signal: AbortSignal): Promise<Seen> {
  return typeof copyFrom === "string" ? lookAtUrl(copyFrom, signal).catch(() => ({})) : {};
}

async function importWarnings({ copyFrom }: News, images: ImageApi, signal: AbortSignal): Promise<string[]> {
  if (copyFrom === undefined) return [];
  const offered = await images.importMethods({ signal });
  if (offered.includes(webDownload)) return [];
  return [
    `copyFrom needs ${webDownload}, which this cloud does not offer (it offers ${offered.join(", ") || "no import method"}). ` +
      "Declare the file as localFile, or ask the operator to enable it.",
  ];
}

async function formatWarnings(news: News, images: ImageApi, signal: AbortSignal): Promise<string[]> {
  const { diskFormat, containerFormat } = news;
  const known = {
    ...(typeof diskFormat === "string" && { diskFormat }),
    ...(typeof containerFormat === "string" && { containerFormat }),
  };
  const unknown = await unknownFormats(images, known, signal);
  return unknown.map(
    ({ field, value, allowed }) => `${field} "${value}" is unknown to this cloud; it knows ${allowed.join(", ")}.`,
  );
}

function urlWarnings({ copyFrom }: News, { fault }: Seen): string[] {
  if (typeof copyFrom !== "string" || fault === undefined) return [];
  return [`${withoutCredentials(copyFrom)} ${fault}; the image service may see it differently.`];
}

async function sizeOf(news: News, seen: Promise<Seen>, { directory }: ResourceContext): Promise<number | undefined> {
  if (typeof news.localFile === "string") return sizeOfLocalFile(localFile(news.localFile, directory));
  return (await seen).size;
}

async function quotaWarnings(
  images: ImageApi,
  size: Promise<number | undefined>,
  signal: AbortSignal,
): Promise<string[]> {
  const [quotas, bytes] = await Promise.all([quotasOf(images)(signal), size.catch(() => undefined)]);
  return lackingQuota(quotas, bytes);
}

type QuotasOf = (signal?: AbortSignal) => Promise<Quota[]>;

const asked = new WeakMap<ImageApi, QuotasOf>();

/** A preview changes nothing: its images share one answer. */
function quotasOf(images: ImageApi): QuotasOf {
  const quotas = asked.get(images) ?? remembered(() => images.quotas());
  asked.set(images, quotas);
  return quotas;
}
