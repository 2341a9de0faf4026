import type { GlanceImage, ImageApi, StoreChoice } from "../../glance/api";
import { GlanceError } from "../../http/errors";
import type { Demand } from "../content/content";
import { compressionOf, misdeclared } from "../content/content";
import { firstBytes } from "../decompress/peek";
import type { Delivery, ImportMethodName } from "../delivery";
import { beginning } from "../inspect";
import { isJudged } from "../inspect/fault";
import type { Compression } from "../inspect/found";
import type { Digest } from "../integrity/digest";
import { kindOf, nameOfSource, type Reach } from "../sources";
import type { ImageSpec, LifecycleContext, Source } from "../spec";

/** How the bytes come where nobody says. */
const usual: Delivery = { method: "auto", decompress: "auto", expected: [] };

/** Seconds for a look at a source whose bytes need not come through here. */
const patience = 10;

/** The bytes of one image that are to be brought into it. */
export class Job {
  readonly delivery: Delivery;
  /** Where the data shall be kept; undefined: where the cloud keeps it by default. */
  readonly stores: StoreChoice | undefined;
  readonly demand: Demand;
  /** How messages call the source. */
  readonly name: string;
  private seen: Promise<Buffer | undefined> | undefined;

  constructor(
    readonly source: Source,
    {
      delivery = usual,
      stores,
      fields: { diskFormat, containerFormat },
    }: Pick<ImageSpec, "delivery" | "stores" | "fields">,
    readonly context: LifecycleContext,
  ) {
    this.delivery = delivery;
    this.stores = stores;
    this.name = nameOfSource(source);
    const { decompress, expected } = delivery;
    const formats = diskFormat && containerFormat ? { diskFormat, containerFormat } : undefined;
    this.demand = { name: this.name, decompress, expected, formats };
  }

  /** The source's beginning, undefined where seeing it costs too much. Rejects with SOURCE where it cannot be read from here, or not soon. */
  head(): Promise<Buffer | undefined> {
    this.seen ??= this.within((reach) => kindOf(this.source).head(this.source, reach));
    return this.seen;
  }

  /** As `head`, with all the patience of the transfer that is to follow. From then on `head` knows what was seen. */
  headOfTransfer(): Promise<Buffer | undefined> {
    const look = () => kindOf(this.source).head(this.source, this.reach);
    this.seen = this.seen?.catch((error) => (isLate(error) ? look() : Promise.reject(error))) ?? look();
    return this.seen;
  }

  /** Bytes of the source, as it is; undefined where nobody tells. */
  size(): Promise<number | undefined> {
    return this.within((reach) => kindOf(this.source).size(this.source, reach));
  }

  /** How the source is compressed. Rejects with SOURCE also where it is no image of the declared formats. */
  async compression(): Promise<Compression | undefined> {
    const head = this.mayBeUnpacked ? await this.head() : undefined;
    if (!head) return undefined;
    const compression = compressionOf(head, undefined, this.demand);
    const inner = compression ? await firstBytes(head, compression, head.length) : head;
    const fault = misdeclared(beginning(inner), this.demand);
    if (fault !== undefined) throw new GlanceError({ code: "SOURCE", message: fault });
    return compression;
  }

  private async within<T>(look: (reach: Reach) => Promise<T>): Promise<T> {
    const limit = AbortSignal.timeout(patience * 1000);
    const { signal: given } = this.context;
    try {
      return await look({ ...this.reach, signal: given ? AbortSignal.any([given, limit]) : limit });
    } catch (error) {
      if (!limit.aborted || given?.aborted) throw error;
      const message = `${this.name} could not be read within ${patience} s`;
      throw new GlanceError({ code: "SOURCE", message, cause: limit.reason });
    }
  }

  /** How the source is read. */
  get reach(): Reach {
    const { signal, transfers } = this.context;
    return { signal, transport: transfers?.transport };
  }

  /** False where the bytes certainly go into the image as they are. */
  get mayBeUnpacked(): boolean {
    const { decompress, formats } = this.demand;
    return decompress !== "none" && (decompress !== "auto" || (formats !== undefined && isJudged(formats)));
  }

  /** Whether more than one store shall hold the data. */
  get goesToSeveralStores(): boolean {
    const { stores, allStores } = this.stores ?? {};
    return allStores === true || (stores?.length ?? 0) > 1;
  }
}

/** Whether nothing but the time for a look speaks against the source. */
function isLate({ cause }: Error): boolean {
  return (cause as Error | undefined)?.name === "TimeoutError";
}

/** What is known after the bytes were handed over. */
export interface Sent {
  /** Of an import that goes on after the call. */
  requestId?: string | undefined;
  /** Hashes of the bytes that the image service was given by us. */
  digests?: Digest[] | undefined;
}

/** A way in which bytes get into an image. */
export interface Method {
  name: ImportMethodName;
  /** For messages: "upload of …". */
  describe(job: Job): string;
  /** Why this way is closed for such a source in this cloud, without a look at it; undefined where it is open. */
  closed(api: ImageApi, job: Job): Promise<string | undefined>;
  /** Why the source itself cannot come in this way. Rejects where it could in none. */
  unfit(job: Job): Promise<string | undefined>;
  /** Hands the bytes over. */
  send(api: ImageApi, image: GlanceImage, job: Job): Promise<Sent>;
}
