import { abandonable } from "../../http/abandon";
import { GlanceError } from "../../http/errors";
import { idleWatch, type Watch } from "../../http/watch";
import type { SourceStream } from "../sourceStream";
import { type Feeder, MemberStream } from "./member";
import { Pull, type Taker } from "./pull";

/** Opens a source; the signal aborts when nobody wants it any more. */
export type Open<S extends SourceStream> = (signal: AbortSignal) => Promise<S>;

/** Who comes while the source has given no more than this may still join. In bytes. */
const joinable = 4 * 1024 * 1024;
/** Nothing more is read while the slowest has this much before it. In bytes. */
const ahead = 256 * 1024;

/** The readers of one source. It begins with the first of them and ends with the last. */
export class Group<S extends SourceStream> implements Feeder, Taker {
  private readonly members = new Set<MemberStream>();
  private readonly waiting = new Set<MemberStream>();
  private readonly abandoned = new AbortController();
  private readonly opening: Promise<S>;
  private pull: Pull | undefined;
  /** What a member may still need, in order. */
  private held: Buffer[] = [];
  /** How many chunks were there before those. */
  private dropped = 0;
  /** In bytes, since the beginning. */
  private received = 0;
  /** What the slowest had when it began to hold up the others. */
  private heldUpAt: number | undefined;
  private readonly watch: Watch;
  private asked = false;
  private ended = false;

  /**
   * @param closed - Called when nobody may join any more, once or more.
   * @param patience - For how many seconds one may hold up the others without taking a byte.
   */
  constructor(
    open: Open<S>,
    private readonly closed: () => void,
    private readonly patience: number,
  ) {
    this.watch = idleWatch({ idle: patience }, () => this.dropSlowest());
    this.opening = this.begin(open);
  }

  /** To be called before `closed` was. */
  async join(signal: AbortSignal | undefined): Promise<S> {
    const stream = new MemberStream(this);
    this.members.add(stream);
    try {
      return { ...(await abandonable(this.opening, signal)), stream };
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  feed(member: MemberStream): void {
    if (member.destroyed) return;
    const chunk = this.held[member.chunks - this.dropped];
    if (chunk) member.give(chunk);
    else if (this.ended) member.push(null);
    else this.waiting.add(member);
    this.proceed();
  }

  leave(member: MemberStream): void {
    this.members.delete(member);
    this.waiting.delete(member);
    if (this.members.size > 0) this.proceed();
    else this.abandon();
  }

  chunk(chunk: Buffer): void {
    this.asked = false;
    this.held.push(chunk);
    this.received += chunk.length;
    if (this.received > joinable) this.closed();
    this.feedWaiting();
  }

  end(): void {
    this.ended = true;
    this.feedWaiting();
  }

  broken(error: Error | undefined): void {
    this.closed();
    for (const member of this.members) member.destroy(error);
  }

  private async begin(open: Open<S>): Promise<S> {
    try {
      const source = await Promise.resolve(this.abandoned.signal).then(open);
      this.pull = new Pull(source.stream, this);
      if (this.members.size === 0) this.pull.stop();
      return source;
    } catch (error) {
      this.closed();
      throw error;
    }
  }

  private abandon(): void {
    this.held = [];
    this.watch.end();
    this.closed();
    this.abandoned.abort(new GlanceError({ code: "ABORTED", message: "nobody wants the source any more" }));
    this.pull?.stop();
  }

  private feedWaiting(): void {
    const ready = [...this.waiting];
    this.waiting.clear();
    for (const member of ready) this.feed(member);
  }

  /** Asks for more where somebody waits for it and nobody is too far behind. */
  private proceed(): void {
    this.forget();
    const slowest = Math.min(...[...this.members].map(({ bytes }) => bytes));
    const isWanted = this.waiting.size > 0 && !this.ended;
    const isHeldUp = isWanted && this.received - slowest >= ahead;
    this.watchSlowest(isHeldUp ? slowest : undefined);
    if (!isWanted || isHeldUp || this.asked) return;
    this.asked = true;
    this.pull?.next();
  }

  /** Drops what everyone has, once nobody may join who would need it. */
  private forget(): void {
    if (this.received <= joinable) return;
    const everyoneHas = Math.min(...[...this.members].map(({ chunks }) => chunks));
    this.dropped += this.held.splice(0, everyoneHas - this.dropped).length;
  }

  private watchSlowest(heldUpAt: number | undefined): void {
    if (heldUpAt === this.heldUpAt) return;
    this.heldUpAt = heldUpAt;
    if (heldUpAt === undefined) this.watch.paused();
    else this.watch.moved();
  }

  /** Or all others would stall with it, and fail for no fault of theirs. */
  private dropSlowest(): void {
    const message = `it took no byte for ${this.patience} s while other images waited for the same source`;
    const slowest = [...this.members].filter(({ bytes }) => bytes === this.heldUpAt);
    for (const member of slowest) member.destroy(new GlanceError({ code: "STALLED", message }));
  }
}
