import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type FaultProxy, startFaultProxy } from "../../../../provider/local/faults/proxy";
import { addressOf } from "../../../../provider/local/listening";

const mebibyte = 1024 * 1024;
const size = 64 * mebibyte;
const host = "127.0.0.1";

/** More than the proxy reads ahead and the four socket buffers on the way hold, and far less than the whole. */
const onTheWay = 32 * mebibyte;

describe("64 MiB through a proxy", () => {
  let server: Server;
  let proxy: FaultProxy;

  beforeAll(async () => {
    server = createServer().listen(0, host);
    await once(server, "listening");
    proxy = await startFaultProxy({ upstream: addressOf(server, { host, port: 0 }).url });
  });
  afterAll(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  /** Writes zeros until `size`, and counts what the other side's slowness has let through. */
  async function write(target: NodeJS.WritableStream, written: { bytes: number }) {
    const chunk = Buffer.alloc(mebibyte / 4);
    for (; written.bytes < size; written.bytes += chunk.length) {
      if (!target.write(chunk)) await once(target, "drain");
    }
    target.end();
  }

  /** Reads all, and holds on at the half of the way: the writer must stop soon after. */
  async function readInTwoGoes(source: IncomingMessage, written: { bytes: number }) {
    let read = 0;
    let ahead = 0;
    for await (const chunk of source) {
      read += chunk.length;
      if (read >= size / 4 && ahead === 0) {
        ahead = (await standstill(() => written.bytes)) - read;
      }
    }
    return { read, ahead };
  }

  it("up: the client waits for the server", async () => {
    const written = { bytes: 0 };
    const asked = request(proxy.url, { method: "PUT" });
    const [[incoming, response]] = await Promise.all([once(server, "request"), Promise.resolve(asked.flushHeaders())]);
    const writing = write(asked, written);
    const { read, ahead } = await readInTwoGoes(incoming, written);
    response.end();
    await Promise.all([writing, once(asked, "response")]);
    expect(read).toBe(size);
    expect(ahead).toBeLessThan(onTheWay);
    expect(proxy.seen.at(-1)).toMatchObject({ method: "PUT", bytes: size, status: 200 });
  });

  it("down: the server waits for the client", async () => {
    const written = { bytes: 0 };
    const asked = request(proxy.url).end();
    const [, response] = await once(server, "request");
    const writing = write(response, written);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const { read, ahead } = await readInTwoGoes(answer, written);
    await writing;
    expect(read).toBe(size);
    expect(ahead).toBeLessThan(onTheWay);
  });
});

/** The value that a counter has when it no longer grows though everybody had many turns to let it grow. */
async function standstill(count: () => number): Promise<number> {
  for (let [last, still] = [count(), 0]; still < 200; still++) {
    await new Promise(setImmediate);
    if (count() !== last) [last, still] = [count(), 0];
  }
  return count();
}
