/**
 * Every way in which a call can fail, with what it means. The words are stable: tests, documentation and callers use them.
 */
export const errorCodes = {
  HTTP_STATUS: "the server answered with an error status",
  CONNECT: "no connection could be made; the request never reached the server",
  CONNECTION_LOST: "the connection broke after the request may have arrived",
  TLS: "the server's certificate or the client's certificate was not accepted",
  TIMEOUT: "a deadline passed before the answer was complete",
  STALLED: "a transfer moved no byte for too long",
  ABORTED: "the operation was cancelled",
  BAD_RESPONSE: "the answer is not what the API promises (not JSON, cut short, a field missing)",
  CONFIG: "the provider's configuration is incomplete or contradicts itself",
  AUTH: "Keystone did not accept the credentials",
  NO_ENDPOINT: "the service catalog has no endpoint for the wanted service, interface and region",
  UNSUPPORTED: "this cloud or API cannot do what was asked",
  SOURCE: "the image's source (a file or a URL) cannot be read",
  IMPORT_FAILED: "the image service accepted the bytes or the URL and then failed to make an image of them",
  INTEGRITY: "the bytes of the source, or those in the cloud, are not what they should be",
  NOT_FOUND: "no image has this id, or none matches",
  AMBIGUOUS: "several images match where one was asked for",
  CONFLICT: "the image is in a state that forbids the operation",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** What is known about a failure. `message` is one sentence with the cause, `hint` says what to do about it. */
export interface ErrorFacts {
  code: ErrorCode;
  message: string;
  hint?: string | undefined;
  method?: string | undefined;
  /** Without user info, and without the values of secret query parameters. */
  url?: string | undefined;
  status?: number | undefined;
  /** The server's `x-openstack-request-id`, or the one we sent when no answer came. */
  requestId?: string | undefined;
  /** The server's own reason, cleaned of markup. */
  reason?: string | undefined;
  /** Seconds the server asked us to wait (`Retry-After`). */
  retryAfter?: number | undefined;
  /** True when the request certainly had no effect on the server, so that sending it again is harmless. */
  notSent?: boolean | undefined;
  /** True where a source was read and holds no image: whoever else reads it gets none either. */
  noImage?: boolean | undefined;
  cause?: unknown;
}

const brand = Symbol.for("pulumi-glance.GlanceError");

/** The one error class of the provider. `message` is complete and fit for a terminal; the facts are beside it. */
export class GlanceError extends Error {
  override readonly name = "GlanceError";
  readonly [brand] = true;

  constructor(readonly facts: ErrorFacts) {
    super(render(facts), facts.cause === undefined ? undefined : { cause: facts.cause });
  }

  get code(): ErrorCode {
    return this.facts.code;
  }

  get status(): number | undefined {
    return this.facts.status;
  }

  /** The same failure told with more context: which image, which step, what to do. */
  with(facts: Partial<ErrorFacts>): GlanceError {
    return new GlanceError({ ...this.facts, ...facts, cause: this });
  }

  // Two copies of this package may be loaded (linked, bundled); their errors must still recognise each other.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}

function render({ message, hint, method, url, status, requestId }: ErrorFacts): string {
  const call = [method && url ? `${method} ${url}` : undefined, status, requestId && `request id ${requestId}`];
  const trail = call.filter((part) => part !== undefined && part !== "").join(", ");
  const sentences = [message, hint].filter((text): text is string => !!text).map(withFullStop);
  return (sentences.join(" ") + (trail ? ` (${trail})` : "")).replace(unprintable, " ");
}

// Names and words of a server are in it: they shall not clear a terminal, nor turn its text around.
const unprintable = /(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

function withFullStop(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** True for an answer of the server with this status. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof GlanceError && error.code === "HTTP_STATUS" && statuses.includes(error.status ?? 0);
}
