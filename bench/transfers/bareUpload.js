// Uploads one file with nothing but the client of the image API: no check, no hash, no look at the bytes; run by provider.ts.
const { createReadStream, statSync } = require("node:fs");
const { Connections } = require("../../dist/provider/resources/connections");
const { timed } = require("./timed");

async function main(file) {
  const environment = { env: process.env, directory: __dirname, warn: console.error };
  const { images } = await new Connections({}, environment).connect({});
  const fields = { name: "bench-bare", diskFormat: "raw", containerFormat: "bare", properties: {} };
  const { id } = await images.create(fields, {});
  const open = () => createReadStream(file, { highWaterMark: 256 * 1024 });
  const { seconds, cpu } = await timed(() => images.upload(id, { open, length: statSync(file).size }, {}));
  await images.delete(id, {});
  process.stdout.write(JSON.stringify({ seconds, cpu }));
}

void main(process.argv[2]);
