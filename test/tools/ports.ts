import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** Ports on loopback that nobody listens on, for programs that cannot choose one themselves. */
export async function freePorts<Count extends number>(count: Count): Promise<number[] & { length: Count }> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports as number[] & { length: Count };
}
