import { type AddressInfo, createServer, type Server } from "node:net";
import { createV1 } from "../../../../provider/glance/v1";
import { createHttp } from "../../../../provider/http/client";
import type { Session } from "../../../../provider/keystone/types";
import { id, wireImage } from "./cloud";

/** What other HTTP libraries would not let a server say or a client hear: the bytes as they are on the wire. */
async function rawServer(answerTo: (request: string) => string): Promise<{ server: Server; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((socket) => {
    let text = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      requests.push(text);
      socket.end(answerTo(text), "latin1");
      text = "";
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, requests };
}

function answer(headers: string[], body = ""): string {
  return [`HTTP/1.1 200 OK`, "Connection: close", `Content-Length: ${body.length}`, ...headers, "", body].join("\r\n");
}

const http = createHttp({ env: {} });
let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));
afterAll(() => http.close());

function connect() {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = {
    request: (_service: string, { path, ...request }: { path: string; method: "HEAD" }) =>
      http.request({ url: url + path, ...request }),
  } as unknown as Session;
  return createV1(session, url);
}

test("text is the bytes of its UTF-8 in both directions", async () => {
  const bytes = Buffer.from("grün ✓").toString("latin1");
  const raw = await rawServer((request) =>
    request.startsWith("HEAD")
      ? answer([`X-Image-Meta-Id: ${id}`, `X-Image-Meta-Name: ${bytes}`])
      : answer([], JSON.stringify({ image: wireImage })),
  );
  server = raw.server;
  const api = connect();
  expect(await api.get(id)).toMatchObject({ name: "grün ✓" });
  await api.create({ name: "grün ✓" });
  expect(raw.requests[1]).toContain(`x-image-meta-name: ${bytes}\r\n`);
});

test("an image with a property that no header can name is looked up in the list", async () => {
  const raw = await rawServer((request) =>
    request.startsWith("HEAD")
      ? answer([`X-Image-Meta-Id: ${id}`, "X-Image-Meta-Property-A b: x"])
      : answer([], JSON.stringify({ images: [{ ...wireImage, properties: { "A b": "x" } }] })),
  );
  server = raw.server;
  expect(await connect().get(id)).toMatchObject({ id, properties: { "A b": "x" } });
  expect(raw.requests.at(-1)).toMatch(/^GET \/v1\/images\/detail\?/);
});
