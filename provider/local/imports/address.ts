import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

const schemes = ["http:", "https:"];
const defaultPort = "";
const ports = [defaultPort, "80", "443"];

const ownMachine = new BlockList();
ownMachine.addSubnet("0.0.0.0", 8);
ownMachine.addSubnet("127.0.0.0", 8);
ownMachine.addSubnet("169.254.0.0", 16);
ownMachine.addAddress("::", "ipv6");
ownMachine.addAddress("::1", "ipv6");
ownMachine.addSubnet("fe80::", 10, "ipv6");

/** Thrown for an address from which nothing may be fetched. */
export class RefusedAddress extends Error {
  override readonly name = "RefusedAddress";
}

/**
 * The addresses at which a URL may be fetched: HTTP or HTTPS at the usual ports, not on this machine or its link. Hosts in `allowHosts`
 * are free of the last two rules. Throws RefusedAddress. After glance/common/utils.py, get_validated_address.
 */
export async function allowedAddresses(uri: string, allowHosts: readonly string[]): Promise<string[]> {
  const url = URL.parse(uri);
  if (url === null || !schemes.includes(url.protocol)) throw new RefusedAddress(`scheme not allowed: ${uri}`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isDisguised(host, uri)) throw new RefusedAddress(`host not allowed: ${uri}`);
  if (allowHosts.includes(host)) return resolve(host);
  if (!ports.includes(url.port)) throw new RefusedAddress(`port not allowed: ${uri}`);
  const addresses = (await resolve(host)).filter((address) => !isOwn(address));
  if (addresses.length === 0) throw new RefusedAddress(`host not allowed: ${uri}`);
  return addresses;
}

/** An address in another notation, such as 2130706433 or 0x7f.1 for 127.0.0.1, is meant to get past a filter. */
const isDisguised = (host: string, uri: string) => isIP(host) === 4 && !uri.includes(host);

const isOwn = (address: string) => ownMachine.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

async function resolve(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new RefusedAddress(`unknown host: ${host}`, { cause: error });
  }
}
