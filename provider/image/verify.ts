import type { Readable } from "node:stream";
import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { contentOf } from "./content/content";
import { Hashing } from "./content/hashing";
import type { VerifyPolicy } from "./delivery";
import { isFinal } from "./failure";
import { beginning, inspect } from "./inspect";
import { compareDigests, type Mismatch, mismatchText } from "./integrity/compare";
import type { Digest } from "./integrity/digest";
import { digestsOfFile } from "./integrity/fileDigest";
import { learn } from "./integrity/kept";
import { storedDigests } from "./integrity/stored";
import type { Job } from "./methods/job";
import { existing, kindOf } from "./sources";
import { capital, nameOf } from "./spec";

/** What is known of how the bytes came into an image. */
export interface Brought {
  /** Hashes of the bytes as they were sent by us. */
  digests?: Digest[] | undefined;
  /** True where the image service fetched them itself, and so took them as they were. */
  isUnchanged?: boolean | undefined;
}

/**
 * Compares an active image's bytes with the source, as far as the job's policy says. Rejects with INTEGRITY where they differ, and with
 * CONFLICT where a declared policy cannot be followed: nothing speaks against the image then.
 *
 * @param brought - How the bytes came, where that is known.
 * @returns What was compared.
 */
export async function verify(
  api: ImageApi,
  image: GlanceImage,
  job: Job,
  brought: Brought = {},
): Promise<VerifyPolicy> {
  // An image service takes an empty file for an image like any other (glance/async_/flows/api_image_import.py).
  if (image.size === 0) throw otherBytes(image, "no byte");
  const { delivery } = job;
  const policy = delivery.verify ?? (delivery.expected.length > 0 ? "hash" : undefined);
  if (policy === "none") return "none";
  learn(api, image);
  try {
    return await compare(api, image, job, policy, brought);
  } catch (error) {
    if (!(error instanceof GlanceError) || !cannotBeRead(error)) throw error;
    if (policy !== undefined) throw impossible(image, error.facts.message, "another verify");
    return unverified(image, job, error.facts.message);
  }
}

function cannotBeRead(error: GlanceError): boolean {
  return error.code === "SOURCE" || (error.code === "HTTP_STATUS" && isFinal(error));
}

async function compare(
  api: ImageApi,
  image: GlanceImage,
  job: Job,
  policy: Exclude<VerifyPolicy, "none"> | undefined,
  brought: Brought,
): Promise<VerifyPolicy> {
  const { digests: sent } = brought;
  // Nobody may read the data of one that is deactivated.
  const downloads = policy === "download" && image.status === "active";
  const known = sent ?? (await knownDigests(job));
  const stored = storedDigests(image);
  const result = compareDigests(known, stored);
  if (result !== undefined && result !== "same") return differing(image, job, result, brought);
  if (downloads) return byDownload(api, image, job, known, brought);
  const isWhole = sent !== undefined || job.source.kind === "localFile" || areAllIn(stored, job.delivery.expected);
  if (result === "same" && isWhole) return "hash";
  const isStrict = policy === "hash" || policy === "download";
  if (stored.length > 0 && (isStrict || (policy === undefined && (await isWorthReading(job))))) {
    const read = compareDigests(await digestsOf(job, stored), stored);
    return read === "same" || read === undefined ? "hash" : differing(image, job, read, brought);
  }
  if (isStrict) throw impossible(image, "the image service keeps no hash", 'verify: "size"');
  return bySize(image, job, brought);
}

/** A file is at hand, and nothing but its hash tells whether decompressed bytes are all there: their number is not known before. */
async function isWorthReading(job: Job): Promise<boolean> {
  return job.source.kind === "localFile" || isSeenUnpacked(job);
}

/** Whether each of the hashes can be compared with one that is kept. */
function areAllIn(stored: readonly Digest[], expected: readonly Digest[]): boolean {
  return expected.every((one) => compareDigests([one], stored) !== undefined);
}

/** Hashes that the image's bytes should have, as far as they are known without reading the source. */
async function knownDigests(job: Job): Promise<readonly Digest[]> {
  const { source, delivery, context } = job;
  if (await isSeenUnpacked(job)) return [];
  if (source.kind === "copyFrom") return delivery.expected;
  if (source.kind === "sourceImage") {
    const image = await existing(await source.images(), source, context.signal);
    return [...delivery.expected, ...storedDigests(image)];
  }
  const { digests } = await digestsOfFile(source.path, ["sha512", "md5"], source.written);
  return [
    { algorithm: "sha512", value: digests.sha512 },
    { algorithm: "md5", value: digests.md5 },
  ];
}

/** Whether other bytes than the source's own went into the image. Rejects with SOURCE where only the source could tell and cannot be read. */
async function isUnpacked(job: Job): Promise<boolean> {
  return (await job.compression()) !== undefined;
}

function isSeenUnpacked(job: Job): Promise<boolean> {
  return isUnpacked(job).catch(() => false);
}

/** Of the source's content, read once more. */
async function digestsOf(job: Job, kinds: readonly Digest[]): Promise<Digest[]> {
  const { source, name, reach, context } = job;
  const hashes = kinds.map(({ algorithm }) => algorithm);
  const what = `comparison of ${name} with the image`;
  return inTurn(job, what, async () => {
    const content = await contentOf(await kindOf(source).open(source, reach), { ...job.demand, hashes });
    await drain(job, content.stream, (done) => context.report?.({ what, done, total: content.length }));
    return content.digests();
  });
}

/** Reads the image back, and the source where nobody says what it has. */
async function byDownload(
  api: ImageApi,
  image: GlanceImage,
  job: Job,
  known: readonly Digest[],
  brought: Brought,
): Promise<VerifyPolicy> {
  const { signal, report } = job.context;
  const wanted = known.length > 0 ? known : await digestsOf(job, [{ algorithm: "sha256", value: "" }]);
  const hashing = new Hashing(wanted.map(({ algorithm }) => algorithm));
  const what = `download of ${nameOf(image)} for comparison`;
  await inTurn(job, what, async () => {
    const stream = await api.download(image.id, { signal });
    if (!stream) throw impossible(image, "the image service gives no data back", 'verify: "size"');
    await drain(job, stream, (done, chunk) => {
      hashing.update(chunk);
      report?.({ what, done, total: image.size ?? undefined });
    });
  });
  const result = compareDigests(wanted, hashing.digests());
  return result === "same" || result === undefined ? "download" : differing(image, job, result, brought);
}

async function bySize(image: GlanceImage, job: Job, brought: Brought): Promise<VerifyPolicy> {
  const length = await job.size().catch(() => undefined);
  if (length === undefined || image.size === null || (await isSeenUnpacked(job))) {
    const why = length === undefined ? "nobody tells the size of its source" : "the image service keeps no hash";
    if (job.delivery.verify === "size") throw impossible(image, why, 'verify: "hash"');
    return unverified(image, job, why);
  }
  return length === image.size ? "size" : differing(image, job, `${image.size} bytes instead of ${length}`, brought);
}

/** Bytes that the image service has made others of on purpose cannot be compared; all others are not the source's. */
async function differing(
  image: GlanceImage,
  job: Job,
  result: Mismatch | string,
  { digests, isUnchanged = false }: Brought,
): Promise<"none"> {
  // Whether these bytes can be compared with the source's own is then told by the source alone.
  if (!digests && !isUnchanged) await isUnpacked(job);
  const what = typeof result === "string" ? result : mismatchText(result);
  const { formats } = job.demand;
  // Import plugins of the operator may convert and decompress (glance/async_/flows/plugins).
  const isConverted = formats !== undefined && image.diskFormat !== null && image.diskFormat !== formats.diskFormat;
  if (isConverted) return unverified(image, job, `the image service made ${image.diskFormat} of it`);
  if (await isPerhapsUnpacked(image, job)) return unverified(image, job, "the image service may have decompressed it");
  throw otherBytes(image, what);
}

function otherBytes(image: GlanceImage, what: string): GlanceError {
  return new GlanceError({
    code: "INTEGRITY",
    message: `${capital(nameOf(image))} does not hold the bytes of its source: it has ${what}`,
    hint: "The source or its server changed, or a byte got lost: run `pulumi up` again, which makes the image anew",
  });
}

/** Whether the image service may have made more of what it was left to decompress. */
async function isPerhapsUnpacked({ size }: GlanceImage, job: Job): Promise<boolean> {
  if (job.delivery.decompress !== "none") return false;
  const length = await job.size().catch(() => undefined);
  if (length !== undefined && size !== null && size <= length) return false;
  const head = await job.head().catch(() => undefined);
  return head !== undefined && inspect(beginning(head))?.fits.length === 0;
}

function unverified(image: GlanceImage, job: Job, why: string): "none" {
  job.context.warn?.(`${capital(nameOf(image))} could not be compared with ${job.name}: ${why}.`);
  return "none";
}

function impossible(image: GlanceImage, why: string, instead: string): GlanceError {
  return new GlanceError({
    code: "CONFLICT",
    message: `${capital(nameOf(image))} cannot be verified: ${why}`,
    hint: `The image is kept. Declare ${instead}`,
  });
}

/** Such a read is a transfer like any other. */
function inTurn<T>({ context: { transfers, signal, report } }: Job, what: string, work: () => Promise<T>): Promise<T> {
  const waits = () => report?.({ what, status: "waiting for its turn" });
  return transfers ? transfers.take(work, signal, waits) : work();
}

async function drain(
  { context: { transfers } }: Job,
  stream: Readable,
  seen: (done: number, chunk: Buffer) => void,
): Promise<void> {
  let done = 0;
  for await (const chunk of transfers?.limited(stream) ?? stream) {
    done += chunk.length;
    seen(done, chunk);
  }
}
