import type { Readable } from "node:stream";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How connections are made. Times are in seconds. */
export interface TransportOptions {
  /** PEM file with the certificate authorities to trust instead of Node's own (to which `NODE_EXTRA_CA_CERTS` adds). */
  cacertFile?: string | undefined;
  /** PEM file with the client certificate. */
  certFile?: string | undefined;
  /** PEM file with the key of the client certificate. Default: the key in `certFile`. */
  keyFile?: string | undefined;
  /** Accept any server certificate. Default false. */
  insecure?: boolean | undefined;
  /** Environment for `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (hosts, and networks such as `10.0.0.0/8`); lower case wins. Default `process.env`. */
  env?: NodeJS.ProcessEnv | undefined;
  /** Connections per origin for ordinary requests. Default 16. Each transfer has one of its own: who starts them decides how many there are. */
  connections?: number | undefined;
  /** Time to make a connection. Default 15 s. */
  connectTimeout?: number | undefined;
  /** Time for one attempt of an ordinary request. Default 60 s. */
  requestTimeout?: number | undefined;
  /** Time for all attempts of an ordinary request with their pauses, and for beginning a transfer again. Default 300 s. */
  overallTimeout?: number | undefined;
  /** How long a transfer may move no byte. Default 120 s. */
  idleTimeout?: number | undefined;
  /** How long the server may take to answer after the last byte of a transfer (it may be hashing or storing). Default 3600 s. */
  answerTimeout?: number | undefined;
  /** Attempts after the first. Default 4. */
  retries?: number | undefined;
  /** First pause between attempts; it doubles, with jitter, up to 30 s. Default 0.5 s. */
  backoff?: number | undefined;
}

/** Bytes to send. `open` is called once per attempt. */
export interface RequestBody {
  open(): Readable | Promise<Readable>;
  /** In bytes. Unknown: chunked transfer. */
  length?: number | undefined;
}

export interface HttpRequest {
  method: Method;
  /** Absolute. */
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, with `Content-Type: application/json` unless `headers` says otherwise. */
  json?: unknown;
  /** Sent as a transfer: watched for stalls instead of being bound by `requestTimeout`, and never repeated once a byte was sent. */
  body?: RequestBody;
  /** Leave the answer's body as a stream, watched for stalls. Default: it is read whole, at most 64 MiB. */
  stream?: boolean;
  /** Whether sending it twice does no harm. Default: true for GET, HEAD, PUT and DELETE without `body`, else false. */
  idempotent?: boolean;
  /** What no error may repeat, beside what headers and JSON are known to hold. */
  secrets?: readonly string[];
  /** Statuses that are not errors beside 2xx. */
  accept?: readonly number[];
  signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated headers joined by ", ". */
  headers: Readonly<Record<string, string>>;
  /** `x-openstack-request-id` of the answer, else the one that was sent. */
  requestId: string;
  /** The body as text; "" when `stream` was asked for. */
  text: string;
  /** The body parsed. Throws BAD_RESPONSE when it is not JSON. */
  json<T = unknown>(): T;
  /** Only when `stream` was asked for. */
  stream?: Readable;
}

/** Sends requests; the only way out of the process beside image sources. */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}
