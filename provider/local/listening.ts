import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** Where a server is to listen; port 0 is a free one. */
export interface Place {
  host: string;
  port: number;
}

/** Starts to listen. Rejects when it cannot. */
export async function listen(server: Server, place: Place): Promise<void> {
  server.listen(place);
  await once(server, "listening");
}

/** Where a listening server is reached: one that listens everywhere is reached on this machine. */
export function addressOf(server: Server, { host }: Place): { url: string; port: number } {
  const { address, port } = server.address() as AddressInfo;
  return { url: `http://${urlHost(host, address)}:${port}`, port };
}

function urlHost(host: string, address: string): string {
  if (address === "0.0.0.0" || address === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
