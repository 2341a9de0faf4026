import { setTimeout as sleep } from "node:timers/promises";
import { abandonable } from "../http/abandon";
import { GlanceError, hasStatus } from "../http/errors";
import type { GlanceImage } from "./api";

type Found = GlanceImage | undefined;

/** How a dialect reads images. */
export interface Reads {
  /** One image; `undefined` is a definite answer. */
  one(id: string): Promise<Found>;
  /** Those of the images that a list shows. One that is left out may exist all the same. */
  many(ids: readonly string[]): Promise<GlanceImage[]>;
  /** Ids that fit in one list request. */
  most: number;
}

/** Milliseconds in which wishes for images count as of the same moment; a request takes longer. */
const moment = 3;

/**
 * Turns wishes of the same moment into one list request. An image that is not in its answer is asked for alone: lists leave
 * out hidden images and other projects' community images. Every image is read after it was asked for. The
 * caller's signal ends its own wait only.
 */
export function coalesceReads(reads: Reads): (id: string, signal?: AbortSignal) => Promise<Found> {
  let batch: Batch | undefined;
  return (id, signal) => {
    if (!batch?.open) batch = new Batch(reads);
    return abandonable(batch.read(id), signal);
  };
}

class Batch {
  private readonly answers = new Map<string, Promise<Found>>();
  private readonly listed: Promise<ReadonlyMap<string, GlanceImage>>;
  private sent = false;

  constructor(private readonly reads: Reads) {
    this.listed = this.send();
  }

  get open(): boolean {
    return !this.sent && this.answers.size < this.reads.most;
  }

  read(id: string): Promise<Found> {
    const answer = this.answers.get(id) ?? this.answerFor(id);
    this.answers.set(id, answer);
    return answer;
  }

  private async answerFor(id: string): Promise<Found> {
    return (await this.listed).get(id) ?? this.reads.one(id);
  }

  private async send(): Promise<ReadonlyMap<string, GlanceImage>> {
    await sleep(moment);
    this.sent = true;
    if (this.answers.size === 1) return new Map();
    try {
      const images = await this.reads.many([...this.answers.keys()]);
      return new Map(images.map((image) => [image.id, image]));
    } catch (error) {
      if (concernsTheList(error)) return new Map();
      throw error;
    }
  }
}

/** A cloud may refuse or fail the list and still show each image; and one unreadable image must not hide the others. */
function concernsTheList(error: unknown): boolean {
  return (
    hasStatus(error, 400, 403, 404, 413, 414, 431, 500) ||
    (error instanceof GlanceError && error.code === "BAD_RESPONSE")
  );
}
