import { GlanceError } from "./errors";
import { cleanUrl } from "./redact";

/** The proxy of each scheme ("" for none), and the hosts that are reached without one. */
export interface ProxySettings {
  "http:": string;
  "https:": string;
  noProxy: string;
}

const supported = ["http:", "https:", "socks5:", "socks:"];

/** Reads the usual variables; as in curl, lower case wins and an empty value means none. Throws CONFIG for a value that is no URL. */
export function readProxies(env: NodeJS.ProcessEnv): ProxySettings {
  return {
    "http:": proxyUrl(env, "http_proxy"),
    "https:": proxyUrl(env, "https_proxy"),
    noProxy: env.no_proxy ?? env.NO_PROXY ?? "",
  };
}

function proxyUrl(env: NodeJS.ProcessEnv, lower: string): string {
  const name = env[lower] === undefined ? lower.toUpperCase() : lower;
  const value = (env[name] ?? "").trim();
  if (value === "") return "";
  const url = value.includes("://") ? value : `http://${value}`;
  if (URL.canParse(url) && supported.includes(new URL(url).protocol)) return url;
  throw new GlanceError({
    code: "CONFIG",
    message: `${name} is not the URL of a proxy: ${cleanUrl(url)}`,
    hint: "It looks like http://proxy.example.com:3128",
  });
}
