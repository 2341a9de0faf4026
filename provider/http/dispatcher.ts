import { readFileSync } from "node:fs";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { GlanceError } from "./errors";
import type { TransportOptions } from "./types";

/** The pool of connections of one cloud, with its TLS and proxy settings. */
export function createDispatcher(options: TransportOptions): Dispatcher {
  const env = options.env ?? process.env;
  const tls = {
    ca: pem("cacertFile", options.cacertFile),
    cert: pem("certFile", options.certFile),
    key: pem("keyFile", options.keyFile),
    rejectUnauthorized: !options.insecure,
  };
  return new EnvHttpProxyAgent({
    httpProxy: env.http_proxy ?? env.HTTP_PROXY ?? "",
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY ?? "",
    noProxy: env.no_proxy ?? env.NO_PROXY ?? "",
    connections: options.connections ?? 16,
    connect: { ...tls, timeout: (options.connectTimeout ?? 15) * 1000 },
    requestTls: tls,
    // Glance answers an upload only after storing it; our own watchdogs know what is a stall and what is work.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function pem(option: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (cause as Error).message;
    throw new GlanceError({ code: "CONFIG", message: `${option} "${file}" cannot be read: ${why}`, cause });
  }
  if (!text.includes("-----BEGIN ")) {
    throw new GlanceError({
      code: "CONFIG",
      message: `${option} "${file}" holds no PEM text`,
      hint: "It must begin with -----BEGIN",
    });
  }
  return text;
}
