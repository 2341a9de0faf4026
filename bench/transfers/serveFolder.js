// A static web server for the files of one folder, with a port of its own that is its first line; run by webServer.ts.
const { createReadStream, statSync } = require("node:fs");
const { createServer } = require("node:http");
const { basename, join } = require("node:path");
const { pipeline } = require("node:stream/promises");

const folder = process.argv[2];

const server = createServer((request, response) => {
  const file = join(folder, basename(request.url));
  response.setHeader("Content-Length", statSync(file).size);
  if (request.method === "HEAD") response.end();
  // A client that goes away ends it; there is nobody left to tell.
  else pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), response).catch(() => {});
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
