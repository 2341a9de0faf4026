import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port on loopback that nobody listens on, for programs that cannot choose one themselves. Calls at the same moment get different ones. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}
