import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { processesConnectedTo } from "../../tools/plugin/connected";

it("finds the process at the other end", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await processesConnectedTo(port)).toEqual([]);
  const client = spawn(process.execPath, ["-e", `require("node:net").connect(${port}, "127.0.0.1")`]);
  const ended = once(client, "exit");
  await once(server, "connection");
  expect(await processesConnectedTo(port)).toEqual([client.pid]);
  client.kill("SIGKILL");
  await ended;
  expect(await processesConnectedTo(port)).toEqual([]);
  server.closeAllConnections();
  server.close();
});
