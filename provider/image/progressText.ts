import { bytesText, timeText } from "./amounts";
import type { Progress } from "./progress";

/** Milliseconds between two lines at least. */
const pause = 500;
/** How many lines back the rate reaches: about 5 s, so that it is steady and still follows the network. */
const memory = 10;

/** Bytes that were there at a moment, in milliseconds. */
interface Sample {
  at: number;
  done: number;
}

/**
 * Makes one line of text out of the progress of an operation, e.g. `upload of "disk.raw": 40% of 1.0 GiB, 120 MiB/s, 5 s left` or
 * `import of https://mirror.example/disk.raw: importing, 12 s`.
 */
export class ProgressLine {
  private what: string | undefined;
  private began = 0;
  private printed = Number.NEGATIVE_INFINITY;
  private samples: Sample[] = [];
  private isComplete = false;

  /** @param clock - Milliseconds, never going back. */
  constructor(private readonly clock: () => number) {}

  /** The line to print; undefined where the last one is younger than half a second. That all bytes are there is always told, once. */
  next(progress: Progress): string | undefined {
    const now = this.clock();
    if (this.isAnother(progress)) this.begin(progress, now);
    const { done } = progress;
    // A wait before the first count is no part of the transfer.
    if (done !== undefined && this.samples.length === 0) this.samples = [{ at: now, done }];
    const complete = isComplete(progress);
    const isNews = complete && !this.isComplete;
    this.isComplete = complete;
    if (!isNews && now - this.printed < pause) return undefined;
    this.printed = now;
    const rate = done === undefined ? undefined : this.rate({ at: now, done });
    const told = parts(progress, (now - this.began) / 1000, rate).join(", ");
    return told === "" ? progress.what : `${progress.what}: ${told}`;
  }

  /** Something else, or the same once more from its beginning. */
  private isAnother({ what, done }: Progress): boolean {
    return what !== this.what || (done !== undefined && done < (this.samples.at(-1)?.done ?? 0));
  }

  private begin({ what }: Progress, now: number): void {
    this.what = what;
    this.began = now;
    this.samples = [];
    this.isComplete = false;
  }

  /** Bytes per second of late; undefined before any moved. */
  private rate(sample: Sample): number | undefined {
    const oldest = this.samples[0] ?? sample;
    this.samples = [...this.samples, sample].slice(-memory);
    const [bytes, milliseconds] = [sample.done - oldest.done, sample.at - oldest.at];
    return bytes > 0 && milliseconds > 0 ? (bytes * 1000) / milliseconds : undefined;
  }
}

function isComplete({ done, total }: Progress): boolean {
  return done !== undefined && total !== undefined && done >= total;
}

function parts(progress: Progress, seconds: number, rate: number | undefined): string[] {
  const { status, done, total } = progress;
  if (isComplete(progress)) return [`all ${bytesText(total ?? 0)} sent, the image service stores them`];
  const told = [
    ...(status === undefined ? [] : [status]),
    ...(done === undefined ? [] : [amount(done, total)]),
    ...(rate === undefined ? [] : [`${bytesText(rate)}/s`]),
  ];
  if (done === undefined || total === undefined) return seconds < 1 ? told : [...told, timeText(seconds)];
  return rate === undefined ? told : [...told, `${timeText(Math.ceil((total - done) / rate))} left`];
}

/** Rounded down: 100% is said only when all is there. */
function amount(done: number, total: number | undefined): string {
  if (total === undefined) return bytesText(done);
  return `${Math.floor((done / total) * 100)}% of ${bytesText(total)}`;
}
