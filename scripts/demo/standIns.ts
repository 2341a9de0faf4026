import { once } from "node:events";
import { createReadStream, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { qcow2Image, rawImage } from "../../test/tools/images";
import { type Catalog, standInOf } from "./catalog";

const gibibyte = 1024 ** 3;

/** Writes a tiny, valid image for every source of the catalog; the same bytes every time. */
export function writeStandIns(catalog: Catalog, folder: string): void {
  for (const image of Object.values(catalog)) {
    const name = standInOf(image);
    const content =
      image.diskFormat === "qcow2" ? qcow2Image((image.minDisk ?? 1) * gibibyte) : rawImage(128 * 1024, name);
    writeFileSync(join(folder, name), content);
  }
}

/** A web server on loopback for the files of one folder, where the image service imports from. */
export class FileSite {
  private constructor(private readonly server: Server) {}

  /** @param port - The port to use if it is free. */
  static async start(folder: string, port = 0): Promise<FileSite> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      void sendFile(join(folder, basename(pathname)), response);
    });
    await listen(server, port).catch((error) => {
      if (error.code !== "EADDRINUSE") throw error;
      return listen(server, 0);
    });
    return new FileSite(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(file: string): string {
    return `http://127.0.0.1:${this.port}/${file}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "Content-Length": info.size, "Content-Type": "application/octet-stream" });
  // A client that goes away ends the transfer; there is nobody left to tell.
  await pipeline(createReadStream(path), response).catch(() => {});
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}
