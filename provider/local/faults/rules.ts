/** What goes wrong. */
export type Fault =
  /** The connection is cut (RST) without an answer. */
  | { kind: "reset" }
  /**
   * An error answer instead of the server's: JSON in Glance's words, for 502 and 503 the HTML page of a load balancer. `retryAfter` is
   * the header Retry-After in seconds, `reason` is text for the message.
   */
  | { kind: "answer"; status: AnswerStatus; retryAfter?: number; reason?: string }
  /** The first byte of the answer comes this many seconds late. */
  | { kind: "slow"; seconds: number }
  /**
   * Half of a body passes and nothing more: before, the proxy stops reading the request's body; after, the answer's body stops. It never
   * goes on: to release it cuts both connections.
   */
  | { kind: "stall" }
  /** Half of a body passes, then both connections are cut (RST): before, the request's body; after, the answer's. */
  | { kind: "cut" }
  /** The answer ends properly after half of its JSON; `content-length` is that of the half. */
  | { kind: "truncatedJson" }
  /** `content-length` is that of the whole answer, but after half of it the connection ends (FIN). */
  | { kind: "wrongLength" }
  /**
   * Nothing happens until it is released, so that the process that waits can be killed: with "before" the server then never gets the
   * request, if less than 1 MiB of its body is on the way.
   */
  | { kind: "hold" };

/** The statuses of the fault `answer`. */
export const answerStatuses = [401, 409, 413, 429, 500, 502, 503] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

/** Which requests suffer from which fault. */
export interface FaultRule {
  /** The HTTP method in capitals. Default: any. */
  method?: string;
  /**
   * Tested on the path without its query. Default: any. A text is the end of the path from some `/` on, so that `/v2/images` is found
   * below any mount; `*` stands for anything but `/`, `**` for anything.
   */
  path?: RegExp | string;
  /** Which of the matching requests is the first to suffer, counted from 1 when the rule was injected. Default 1. */
  nth?: number;
  /** How many suffer from there on; Infinity: all. Default 1. */
  times?: number;
  /**
   * Before the request reaches the server, or after the server has done it: its answer is thrown away, delayed or spoiled.
   * `truncatedJson` and `wrongLength` need an answer and so are always "after".
   */
  when: "before" | "after";
  fault: Fault;
}

/** A request that came to the proxy. What is not known yet is filled in later. */
export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The status that the client was sent; undefined where none was. */
  readonly status: number | undefined;
  /** The status that the server answered; undefined where the request never reached it or it has not answered. */
  readonly serverStatus: number | undefined;
  /** The fault that struck it. */
  readonly fault?: Fault["kind"];
  /** Bytes of the request's body that were passed on to the server. */
  readonly bytes: number;
}

/** A rule at work. */
export interface InjectedFault {
  readonly rule: FaultRule;
  /**
   * Resolves when the fault first struck: with `hold` the request is held by then; with "after" the server has done it. Stays open
   * where no request ever matches.
   */
  readonly reached: Promise<SeenRequest>;
  /** How many requests it struck. */
  readonly struck: number;
  /** Lets go what the rule holds, stalls or slows down now. The rule itself stays. */
  release(): void;
}
