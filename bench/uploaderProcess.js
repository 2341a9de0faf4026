// Uploads one file with image/ alone and reports time and peak memory; run by uploader.ts in a process of its own.
const { createImage } = require("../dist/provider/image/create");
const { localFile } = require("../dist/provider/image/source");
const { Connections } = require("../dist/provider/resources/connections");

async function main(file) {
  const { images, leftovers } = await new Connections(
    {},
    { env: process.env, directory: __dirname, warn: console.error },
  ).connect({});
  let started = 0;
  let seconds = 0;
  const timed = Object.create(images, {
    upload: {
      value: async (...args) => {
        started = performance.now();
        await images.upload(...args);
        seconds = (performance.now() - started) / 1000;
      },
    },
  });
  const fields = { name: "bench-ours", diskFormat: "raw", containerFormat: "bare" };
  const spec = { fields, properties: {}, source: localFile(file, __dirname) };
  const image = await createImage(timed, spec, leftovers, { waitTimeout: 300 });
  await images.delete(image.id);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ seconds, peak }));
}

void main(process.argv[2]);
