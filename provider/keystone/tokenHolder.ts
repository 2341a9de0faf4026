import type { Clock, TokenSource } from "./authentication";
import type { Token } from "./token";

/** As keystoneauth: a token with fewer seconds left would end in the middle of a call. */
const margin = 120;

/** Keeps one token, shares the request for it between all who wait, and replaces it before its end. Only in memory. */
export class TokenHolder {
  private token: Token | undefined;
  private pending: Promise<Token> | undefined;
  private readonly closed = new AbortController();

  constructor(
    private readonly source: TokenSource,
    private readonly clock: Clock,
    /** Makes the error for a token that ended and cannot be renewed. */
    private readonly ended: () => Error,
  ) {}

  /** A token that lives for `seconds` more, or as long as its cloud lets tokens live. */
  async get(seconds = margin): Promise<Token> {
    if (this.token && this.serves(this.token, seconds)) return this.token;
    this.pending ??= this.renew().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  /** Forgets a token that a service refused; one that came after it is kept. */
  drop(id: string): void {
    if (this.token?.id === id) this.token = undefined;
  }

  close(): void {
    this.token = undefined;
    this.closed.abort();
  }

  private serves(token: Token, seconds: number): boolean {
    const left = token.since + token.life - this.clock();
    if (this.source.renewable) return left >= Math.min(seconds, token.life * 0.9);
    if (left <= 0) throw this.ended();
    return true;
  }

  private async renew(): Promise<Token> {
    this.token = await this.source.obtain(this.closed.signal);
    return this.token;
  }
}
