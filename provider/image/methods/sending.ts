import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { GlanceImage, ImageApi } from "../../glance/api";
import { GlanceError } from "../../http/errors";
import type { RequestBody } from "../../http/types";
import { type Content, contentOf } from "../content/content";
import { isPassing, isUntouched } from "../failure";
import type { Digest, HashAlgorithm } from "../integrity/digest";
import { keptBy } from "../integrity/kept";
import { noticed, rested } from "../rested";
import { kindOf } from "../sources";
import { capital, nameOf } from "../spec";
import type { Job } from "./job";

/** Attempts to send the same bytes. */
const mostAttempts = 3;
/** Seconds before the second attempt; it doubles. */
const firstPause = 1;
/** A service that asks for a longer one gets no other attempt in this run. */
const longestPause = 60;

/** The bytes of one job on their way into an image. */
export interface Sending {
  api: ImageApi;
  image: GlanceImage;
  job: Job;
  /** For messages: "upload of …". */
  what: string;
  /** Sends them once. */
  put(body: RequestBody): Promise<void>;
}

/**
 * Sends the content when its turn has come, from its beginning again where the connection or the service failed on the way and the
 * image still takes it. Answers the hashes of what was sent; undefined where an answer got lost and nobody knows whether it is all.
 */
export async function sendContent(sending: Sending): Promise<Digest[] | undefined> {
  const { job, what } = sending;
  const { signal, transfers, report } = job.context;
  const waits = () => report?.({ what, status: "waiting for its turn" });
  const send = () => sendUntilKept(sending);
  return transfers ? transfers.take(send, signal, waits) : send();
}

async function sendUntilKept({ api, image, job, what, put }: Sending): Promise<Digest[] | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const outgoing = await Outgoing.open(job, what, keptBy(api));
    try {
      await put(outgoing);
      return outgoing.digests();
    } catch (error) {
      // Those who read the same source need not wait for us.
      outgoing.close();
      if (!mayPass(error) || job.context.signal?.aborted) throw error;
      const now = await afterwards(api, image, job);
      if (now && isTaken(now, outgoing.length)) return whole(now, outgoing);
      const pause = pauseAfter(error, attempt);
      if (attempt === mostAttempts || pause > longestPause || !now || !isUntouched(now)) throw error;
      await sleep(pause * 1000, undefined, { signal: job.context.signal });
    } finally {
      outgoing.close();
    }
  }
}

/** Whether the same bytes may well be taken later: the service lost them, is in trouble, or no longer took the token. */
function mayPass(error: unknown): error is GlanceError {
  return isPassing(error) || (error instanceof GlanceError && (error.code === "STALLED" || error.status === 401));
}

function pauseAfter({ facts }: GlanceError, attempt: number): number {
  return Math.max(facts.retryAfter ?? 0, firstPause * 2 ** (attempt - 1));
}

/** The image once the service is done with what it got; undefined where it does not say. */
async function afterwards(api: ImageApi, image: GlanceImage, job: Job): Promise<GlanceImage | undefined> {
  const { signal, pollInterval } = job.context;
  try {
    const now = await api.get(image.id, { signal });
    return now && (await rested(api, now, job.source, { signal, pollInterval, waitTimeout: noticed }));
  } catch {
    return undefined;
  }
}

/** Where it was given all, only the answer got lost. */
function whole(image: GlanceImage, outgoing: Outgoing): Digest[] | undefined {
  const digests = outgoing.digests();
  if (digests || image.size === outgoing.length) return digests;
  // A body without a length may end for the service where its connection does.
  throw new GlanceError({
    code: "INTEGRITY",
    message: `${capital(nameOf(image))} was taken for complete after a part of its bytes`,
    hint: "Run `pulumi up` again, which makes the image anew",
  });
}

/** Whether the service goes on with what it got. */
function isTaken({ status, size }: GlanceImage, length: number | undefined): boolean {
  return status === "active" || (status === "uploading" && size !== null && size === length);
}

/** The content of a job as the body of a request. */
class Outgoing implements RequestBody {
  private isFresh = true;

  private constructor(
    private readonly job: Job,
    private readonly what: string,
    private readonly hashes: readonly HashAlgorithm[],
    private content: Content,
  ) {}

  static async open(job: Job, what: string, hashes: readonly HashAlgorithm[]): Promise<Outgoing> {
    return new Outgoing(job, what, hashes, await openContent(job, hashes));
  }

  get length(): number | undefined {
    return this.content.length;
  }

  open = async (): Promise<Readable> => {
    if (!this.isFresh) {
      this.close();
      this.content = await openContent(this.job, this.hashes);
    }
    this.isFresh = false;
    const { transfers, report } = this.job.context;
    const { stream, length } = this.content;
    const limited = transfers?.limited(stream) ?? stream;
    const { what } = this;
    return report ? counted(limited, (done) => report({ what, done, total: length })) : limited;
  };

  /** Undefined where not all of it was read. */
  digests(): Digest[] | undefined {
    return this.content.stream.readableEnded ? this.content.digests() : undefined;
  }

  close(): void {
    this.content.stream.destroy();
  }
}

function openContent(job: Job, kept: readonly HashAlgorithm[]): Promise<Content> {
  const { source, delivery, context } = job;
  const hashes = delivery.verify === "none" ? [] : kept;
  const demand = { ...job.demand, hashes };
  const open = async (signal = context.signal) =>
    contentOf(await kindOf(source).open(source, { ...job.reach, signal }), demand);
  const key = kindOf(source).shareKey(source);
  if (key === undefined || !context.transfers) return open();
  const { decompress, expected, formats } = demand;
  return context.transfers.shared(JSON.stringify([key, decompress, expected, formats, hashes]), open, context.signal);
}

/** The same stream. A listener would set it flowing before its reader comes, were it not paused. */
function counted(stream: Readable, sent: (done: number) => void): Readable {
  let done = 0;
  sent(done);
  return stream.pause().on("data", (chunk: Buffer) => {
    done += chunk.length;
    sent(done);
  });
}
