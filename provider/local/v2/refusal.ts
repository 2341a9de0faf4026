import { Fault, type FaultKind } from "../store/fault";

/** What webob says for a status where nothing more is said. */
const defaults = {
  400: {
    title: "Bad Request",
    explanation: "The server could not comply with the request since it is either malformed or otherwise incorrect.",
  },
  401: {
    title: "Unauthorized",
    explanation:
      "This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.",
  },
  403: { title: "Forbidden", explanation: "Access was denied to this resource." },
  404: { title: "Not Found", explanation: "The resource could not be found." },
  405: { title: "Method Not Allowed", explanation: "" },
  409: { title: "Conflict", explanation: "There was a conflict when trying to complete your request." },
  410: { title: "Gone", explanation: "This resource is no longer available.  No forwarding address is given." },
  412: { title: "Precondition Failed", explanation: "Request precondition failed." },
  413: { title: "Request Entity Too Large", explanation: "The body of your request was too large for this server." },
  415: { title: "Unsupported Media Type", explanation: "" },
  416: { title: "Request Range Not Satisfiable", explanation: "The Range requested is not available." },
  500: {
    title: "Internal Server Error",
    explanation: "The server has either erred or is incapable of performing the requested operation.",
  },
  503: {
    title: "Service Unavailable",
    explanation: "The server is currently unavailable. Please try again at a later time.",
  },
} as const;

export type RefusalStatus = keyof typeof defaults;

interface Reason {
  /** Instead of the status's own sentence. */
  explanation?: string;
  /** After that sentence. */
  detail?: string;
  headers?: Record<string, string>;
}

/** An error answer of the image service, before anyone asked in what form. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly explanation: string;
  readonly detail: string;
  readonly headers: Record<string, string>;

  constructor(
    readonly status: RefusalStatus,
    { explanation, detail = "", headers = {} }: Reason = {},
  ) {
    super(explanation ?? detail);
    this.explanation = explanation ?? defaults[status].explanation;
    this.detail = detail;
    this.headers = headers;
  }

  get title(): string {
    return defaults[this.status].title;
  }
}

/** An error whose only text is its reason. */
export const refuse = (status: RefusalStatus, explanation: string) => new Refusal(status, { explanation });

/** An error with its reason after the sentence that all errors of its status have. */
export const refuseInDetail = (status: RefusalStatus, detail: string) => new Refusal(status, { detail });

const statuses: Record<FaultKind, RefusalStatus> = {
  notFound: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  overQuota: 413,
  unsuitableData: 415,
  gone: 410,
};

/** How any failure is answered. What nobody expected is a 500 without a reason. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Fault)) return new Refusal(500);
  const status = statuses[error.kind];
  return status === 415 ? refuseInDetail(status, error.message) : refuse(status, error.message);
}
