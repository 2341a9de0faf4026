// Lists every image with resources/getImages alone; run by contestants.ts in a process of its own.
const { selectImages } = require("../../dist/provider/resources/getImages/select");
const { Connections } = require("../../dist/provider/resources/connections");

async function main() {
  const connections = new Connections({}, { env: process.env, directory: __dirname, warn: console.error });
  const context = {
    directory: __dirname,
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  };
  await connections.connect({});
  const started = performance.now();
  let count = 0;
  for await (const image of selectImages({}, context)) if (image.id) count += 1;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(JSON.stringify({ count, seconds, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

void main();
