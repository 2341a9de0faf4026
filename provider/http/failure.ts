import { GlanceError } from "./errors";

const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_PRX_CONN",
]);
const tlsCode =
  /^(CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS)/;

const explanations: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name cannot be resolved at the moment",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "the host does not answer",
  UND_ERR_CONNECT_TIMEOUT: "the host does not answer",
};

/** What went wrong below HTTP, as a GlanceError. */
export function transportFailure(error: unknown): GlanceError {
  if (error instanceof GlanceError) return error;
  const { code = "", message } = deepest(error);
  if (neverConnected.has(code)) {
    const why = explanations[code] ?? message;
    return new GlanceError({
      code: "CONNECT",
      message: `no connection: ${why}`,
      hint: "Check the URL, the network and the proxy settings",
      notSent: true,
      cause: error,
    });
  }
  if (tlsCode.test(code)) {
    return new GlanceError({
      code: "TLS",
      message: `the secure connection failed: ${message}`,
      hint: "Name the cloud's certificate authority with cacertFile (OS_CACERT), or for a test cloud set insecure",
      notSent: true,
      cause: error,
    });
  }
  if (code.startsWith("HPE_")) {
    return new GlanceError({ code: "BAD_RESPONSE", message: `the answer is not HTTP: ${message}`, cause: error });
  }
  return new GlanceError({
    code: "CONNECTION_LOST",
    message: `the connection broke: ${message || code}`,
    cause: error,
  });
}

/** undici and Node wrap the cause once or twice. */
function deepest(error: unknown): { code?: string; message: string } {
  let current = error as { code?: string; message?: string; cause?: unknown };
  while (typeof current.cause === "object" && current.cause !== null && "message" in current.cause) {
    current = current.cause as typeof current;
  }
  return {
    ...(current.code !== undefined && { code: String(current.code) }),
    message: current.message ?? String(error),
  };
}
