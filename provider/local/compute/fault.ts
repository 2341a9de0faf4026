/** The names of faults by their status, as in nova/api/openstack/wsgi.py; every other status is a computeFault. */
const names: Readonly<Record<number, string>> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  405: "badMethod",
  409: "conflictingRequest",
  413: "overLimit",
  415: "badMediaType",
  429: "overLimit",
  501: "notImplemented",
  503: "serviceUnavailable",
};

/** What the name of a fault means: the first status that has it. */
export const faultStatuses: ReadonlyMap<string, number> = new Map([
  ["computeFault", 500],
  ...Object.entries(names)
    .reverse()
    .map(([status, name]) => [name, Number(status)] as const),
]);

/** What is said besides where a limit is exceeded. */
export interface FaultMore {
  /** Which limit, as the rate limiter of Nova up to Icehouse says it. */
  details?: string;
  /** Seconds after which the client may try again, as text. */
  retryAfter?: string;
}

/** An error answer of the compute service, before anyone asked in what form. */
export class NovaFault extends Error {
  override readonly name = "NovaFault";

  constructor(
    readonly status: number,
    message: string,
    readonly more: FaultMore = {},
  ) {
    super(message);
  }

  /** The fault as the only member of an object, as JSON shows it. */
  get document(): FaultDocument {
    const { status, message, more } = this;
    const isOverLimit = status === 413 || status === 429;
    return { [names[status] ?? "computeFault"]: { code: status, message, ...(isOverLimit ? more : {}) } };
  }
}

export type FaultDocument = Record<string, { code: number; message: string } & FaultMore>;

/** What Nova answers when it meets an exception of Python that a call does not expect. */
export const unexpected = (exception: string) =>
  new NovaFault(500, `Unexpected API Error. Please contact the administrator\n<class '${exception}'>`);
