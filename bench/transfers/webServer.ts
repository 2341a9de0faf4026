import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A web server in a process of its own, so that it takes no time from those who are compared. */
export interface WebServer {
  url(file: string): string;
  close(): Promise<void>;
}

export async function serve(folder: string): Promise<WebServer> {
  const script = join(__dirname, "serveFolder.js");
  const server = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(server, "exit");
  const [line] = await once(server.stdout, "data");
  return {
    url: (file) => `http://127.0.0.1:${String(line).trim()}/${file}`,
    async close() {
      server.kill();
      await ended;
    },
  };
}
