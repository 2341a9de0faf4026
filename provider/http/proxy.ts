import { BlockList, isIP } from "node:net";
import { GlanceError } from "./errors";
import { cleanUrl } from "./redact";

/** The proxy of each scheme ("" for none), and what is reached without one. */
export interface ProxySettings {
  "http:": string;
  "https:": string;
  /** Hosts in undici's own notation, which knows no networks. */
  noProxy: string;
  /** Whether the URL leads to an address in one of the networks, such as `10.0.0.0/8`. Host names are not resolved. */
  isInNoProxyNetwork(url: URL): boolean;
}

const supported = ["http:", "https:", "socks5:", "socks:"];

/** Reads the usual variables; as in curl, lower case wins and an empty value means none. Throws CONFIG for a value that is no URL. */
export function readProxies(env: NodeJS.ProcessEnv): ProxySettings {
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? "";
  const networks = networksIn(noProxy);
  return {
    "http:": proxyUrl(env, "http_proxy"),
    "https:": proxyUrl(env, "https_proxy"),
    noProxy,
    isInNoProxyNetwork({ hostname }) {
      const address = withoutBrackets(hostname);
      const family = familyOf(address);
      return family !== undefined && networks[family].check(address, family);
    },
  };
}

type Family = "ipv4" | "ipv6";

function networksIn(noProxy: string): Record<Family, BlockList> {
  // Apart, because a BlockList also looks for IPv4 addresses in IPv6 networks: ::/0 would be everything.
  const networks = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const entry of noProxy.split(/[,\s]+/)) {
    const [, host = "", bits] = /^(.+)\/(\d{1,3})$/.exec(entry) ?? [];
    const address = withoutBrackets(host);
    const family = familyOf(address);
    if (family && Number(bits) <= (family === "ipv6" ? 128 : 32))
      networks[family].addSubnet(address, Number(bits), family);
  }
  return networks;
}

function familyOf(address: string): Family | undefined {
  return ({ 4: "ipv4", 6: "ipv6" } as const)[isIP(address)];
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
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
