import type { Readable } from "node:stream";
import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { contentOf } from "./content/content";
import { Hashing } from "./content/hashing";
import type { VerifyPolicy } from "./delivery";
import { compareDigests, mismatchText } from "./integrity/compare";
import type { Digest } from "./integrity/digest";
import { digestsOfFile } from "./integrity/fileDigest";
import { storedDigests } from "./integrity/stored";
import type { Job } from "./methods/job";
import { existing, kindOf } from "./sources";
import { capital, nameOf } from "./spec";

/**
 * Compares an active image's bytes with the source, as far as the job's policy says. Rejects with INTEGRITY where they differ, or where
 * a declared policy cannot be followed.
 *
 * @param sent - Hashes of the bytes as they were sent by us.
 * @returns What was compared.
 */
export async function verify(api: ImageApi, image: GlanceImage, job: Job, sent?: Digest[]): Promise<VerifyPolicy> {
  const { delivery, demand } = job;
  const policy = delivery.verify ?? (delivery.expected.length > 0 ? "hash" : undefined);
  if (policy === "none") return "none";
  if (isConverted(image, job)) {
    job.context.warn?.(
      `${capital(nameOf(image))}: the image service made ${image.diskFormat} of ${demand.formats?.diskFormat}, so that its bytes cannot be compared with the source.`,
    );
    return "none";
  }
  const known = sent ?? (await knownDigests(job));
  if (policy === "download") return byDownload(api, image, job, known);
  if (isSame(image, known)) return "hash";
  if (policy === "hash" || (storedDigests(image).length > 0 && (await isWorthReading(job))))
    return byReading(image, job);
  return bySize(image, job);
}

/** A file is at hand, and nothing but its hash tells whether decompressed bytes are all there: their number is not known before. */
async function isWorthReading(job: Job): Promise<boolean> {
  return job.source.kind === "localFile" || isUnpacked(job);
}

/** Import plugins of the operator may convert (glance/async_/flows/plugins/image_conversion.py). */
function isConverted({ diskFormat }: GlanceImage, { demand: { formats } }: Job): boolean {
  return formats !== undefined && diskFormat !== null && diskFormat !== formats.diskFormat;
}

/** Hashes that the image's bytes should have, as far as they are known without reading the source. */
async function knownDigests(job: Job): Promise<readonly Digest[]> {
  const { source, delivery, context } = job;
  if (await isUnpacked(job)) return [];
  if (source.kind === "sourceImage")
    return storedDigests(await existing(await source.images(), source, context.signal));
  if (source.kind === "copyFrom") return delivery.expected;
  const { digests } = await digestsOfFile(source.path, ["sha512", "md5"], source.written);
  return [
    { algorithm: "sha512", value: digests.sha512 },
    { algorithm: "md5", value: digests.md5 },
  ];
}

/** Whether other bytes than the source's own went into the image. A source that we cannot read, the image service took as it is. */
async function isUnpacked(job: Job): Promise<boolean> {
  return (await job.compression().catch(() => undefined)) !== undefined;
}

function isSame(image: GlanceImage, digests: readonly Digest[]): boolean {
  const result = compareDigests(digests, storedDigests(image));
  if (result !== undefined && result !== "same") throw damaged(image, mismatchText(result));
  return result === "same";
}

/** Reads the source once more and compares with the hash that the image service keeps. */
async function byReading(image: GlanceImage, job: Job): Promise<"hash"> {
  if (isSame(image, await digestsOf(job))) return "hash";
  throw impossible(image, "the image service keeps no hash that could be compared", 'verify: "download" or "size"');
}

async function digestsOf({ source, demand, name, reach, context }: Job): Promise<Digest[]> {
  const content = await contentOf(await kindOf(source).open(source, reach), demand);
  const what = `comparison of ${name} with the image`;
  await drain(content.stream, (done) => context.report?.({ what, done, total: content.length }));
  return content.digests();
}

/** Reads the image back, and the source where nobody says what it has. */
async function byDownload(api: ImageApi, image: GlanceImage, job: Job, known: readonly Digest[]): Promise<"download"> {
  const { signal, report } = job.context;
  const wanted = known.length > 0 ? known : await digestsOf(job);
  const stream = await api.download(image.id, { signal });
  if (!stream) throw impossible(image, "the image service gives no data back", 'verify: "size"');
  const hashing = new Hashing(wanted.map(({ algorithm }) => algorithm));
  await drain(stream, (done, chunk) => {
    hashing.update(chunk);
    report?.({ what: "download for comparison", done, total: image.size ?? undefined });
  });
  const result = compareDigests(wanted, hashing.digests());
  if (result !== "same" && result !== undefined) throw damaged(image, mismatchText(result));
  return "download";
}

async function bySize(image: GlanceImage, job: Job): Promise<"size" | "none"> {
  const length = await job.size().catch(() => undefined);
  if (length === undefined || image.size === null || (await isUnpacked(job))) {
    if (job.delivery.verify === "size")
      throw impossible(image, "nobody tells the size of its source", 'verify: "hash"');
    return "none";
  }
  if (length !== image.size) throw damaged(image, `${image.size} bytes instead of ${length}`);
  return "size";
}

async function drain(stream: Readable, seen: (done: number, chunk: Buffer) => void): Promise<void> {
  let done = 0;
  for await (const chunk of stream) {
    done += chunk.length;
    seen(done, chunk);
  }
}

function damaged(image: GlanceImage, what: string): GlanceError {
  return new GlanceError({
    code: "INTEGRITY",
    message: `${capital(nameOf(image))} does not hold the bytes of its source: it has ${what}`,
    hint: "The source or its server changed, or a byte got lost: run `pulumi up` again, which makes the image anew",
  });
}

function impossible(image: GlanceImage, why: string, instead: string): GlanceError {
  return new GlanceError({
    code: "INTEGRITY",
    message: `${capital(nameOf(image))} cannot be verified: ${why}`,
    hint: `Declare ${instead}`,
  });
}
