import { isNativeError } from "node:util/types";
import { type ErrorFacts, GlanceError } from "./errors";

/** How far a request had come when it failed. */
export interface Progress {
  /** Host and port of the server. */
  host: string;
  /** It was handed to a connection. */
  begun: boolean;
  /** The head of the answer had arrived. */
  answered: boolean;
}

type Failure = Pick<ErrorFacts, "code" | "message" | "hint" | "notSent">;

const connectFailures: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "the host name does not exist",
  EAI_AGAIN: "the host name cannot be resolved at the moment",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "the network is unreachable",
  ETIMEDOUT: "nothing answered in time",
  UND_ERR_CONNECT_TIMEOUT: "nothing answered in time",
};

const sourceFailures: Record<string, string> = {
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "the source has another size than it announced: it changed while it was read",
  UND_ERR_ABORTED: "the source was closed before its end",
};

const isTls =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|EPROTO$)/;

/** Says what an error of undici, of Node or of the operating system means for a request. */
export function explain(error: unknown, progress: Progress): GlanceError {
  const root = rootOf(error);
  return new GlanceError({ ...meaning(root, progress), cause: bare(root) });
}

/** Says why the source of a body failed while it was read. */
export function sourceFailure(error: unknown): GlanceError {
  if (error instanceof GlanceError) return error;
  const root = rootOf(error);
  const failure = sourceFailures[root.code ?? ""] ?? `the source cannot be read: ${root.message}`;
  return new GlanceError({ code: "SOURCE", message: failure, cause: bare(root) });
}

const ofSources: ReadonlySet<ErrorFacts["code"]> = new Set(["SOURCE", "INTEGRITY"]);

/** The failure with the call that failed. A source is no part of the call: its own sentence says all. */
export function inCall({ facts }: GlanceError, call: Pick<ErrorFacts, "method" | "url" | "requestId">): GlanceError {
  return new GlanceError(ofSources.has(facts.code) ? facts : { ...facts, ...call });
}

function meaning(error: NodeJS.ErrnoException, progress: Progress): Failure {
  const { code = "", name, message } = error;
  const proxyStatus = /\b(?:Proxy response \((\d{3})\)|Proxy Authentication Required \((407)\))/.exec(message);
  if (proxyStatus) return proxyRefusal(Number(proxyStatus[1] ?? proxyStatus[2]), progress);
  if (code === "UND_ERR_DESTROYED") return { code: "ABORTED", message: "the transport was closed" };
  if (code === "UND_ERR_INVALID_ARG") {
    return { code: "CONFIG", message: `the request cannot be sent: ${message}`, notSent: true };
  }
  const sourceMessage = sourceFailures[code];
  if (sourceMessage !== undefined) return { code: "SOURCE", message: sourceMessage };
  if (isTls.test(code)) return tlsFailure(error, progress);
  if (!progress.begun) return connectFailure(error, progress);
  if (name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW") {
    const hint = "Something else may listen there, or the URL may need https instead of http";
    return { code: "BAD_RESPONSE", message: `the answer of ${progress.host} is not HTTP: ${message}`, hint };
  }
  const when = progress.answered ? "while the answer was being received" : "before an answer came";
  return { code: "CONNECTION_LOST", message: `the connection to ${progress.host} broke ${when}` };
}

function connectFailure({ code = "", message }: NodeJS.ErrnoException, { host }: Progress): Failure {
  const told = connectFailures[code];
  const why = told === undefined ? message || code : `${told} (${message})`;
  return {
    code: "CONNECT",
    message: `no connection to ${host}: ${why}`,
    hint: "Check the URL, the network and the proxy variables",
  };
}

function tlsFailure({ code = "", message }: NodeJS.ErrnoException, { host }: Progress): Failure {
  // OpenSSL's own messages begin with its thread and end with its source line.
  const why = /error:[^:]*:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1] ?? message;
  const told = { code: "TLS", message: `no secure connection to ${host}: ${why.trim()} (${code})` } as const;
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code)) {
    return { ...told, hint: "The server does not seem to speak TLS there: the URL may need http instead of https" };
  }
  if (/ALERT/.test(code))
    return { ...told, hint: "The server may ask for a client certificate: set certFile and keyFile" };
  const hint = "Set cacertFile to the authority that signed the server's certificate; insecure accepts any certificate";
  return { ...told, hint };
}

function proxyRefusal(status: number, { host }: Progress): Failure {
  const message = `the proxy answered ${status} when it was asked to connect to ${host}`;
  if (status === 407)
    return { code: "CONFIG", message, hint: "Put user and password into the proxy's URL", notSent: true };
  if (status === 403)
    return { code: "CONFIG", message, hint: "Name the host in NO_PROXY if it needs no proxy", notSent: true };
  return { code: "CONNECT", message, notSent: true };
}

/** Proxy errors wrap the real one, and a host with several addresses fails with one error per address. */
function rootOf(error: unknown): NodeJS.ErrnoException {
  // Where a host gives our code globals of its own, errors of Node itself are no instances of our Error.
  const known: NodeJS.ErrnoException & { errors?: unknown[] } = isNativeError(error) ? error : new Error(String(error));
  const inner = known.code?.startsWith("UND_ERR_PRX") ? known.cause : known.errors?.[0];
  return isNativeError(inner) ? rootOf(inner) : known;
}

/** The cause without what libraries attach to it: certificates, sockets, bytes of the answer, which may hold a token. */
function bare({ name, code, message }: NodeJS.ErrnoException): Error {
  const cause = Object.assign(new Error(message), { name }, code !== undefined && { code });
  cause.stack = `${name}: ${message}`;
  return cause;
}
