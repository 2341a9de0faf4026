import { environmentOf } from "../test/tools/clouds/environment";
import { startRealCloud } from "../test/tools/clouds/real";
import { TestStack } from "../test/tools/pulumi";

const program = `
const { Image } = require("pulumi-glance");
exports.id = new Image("debian-13", {
  diskFormat: "raw", containerFormat: "bare", localFile: "disk.raw", minDisk: 4, minRam: 512, visibility: "private",
  tags: ["debian", "lts"], properties: { os_distro: "debian", os_version: "13", hw_disk_bus: "virtio" },
}).id;
`;

/** What one ordinary image costs in Pulumi's state. */
async function main(): Promise<void> {
  const cloud = await startRealCloud();
  const stack = await TestStack.create({
    program,
    files: { "disk.raw": "bytes" },
    env: environmentOf(cloud, cloud.demo),
  });
  try {
    const { code, stdout } = await stack.up();
    if (code !== 0) throw new Error(stdout);
    const [image] = await stack.resources();
    const provider = String(image?.outputs?.__provider);
    console.log(`__provider: ${Buffer.byteLength(provider)} bytes (target <= 600)`);
    console.log(`one image in state: ${Buffer.byteLength(JSON.stringify(image))} bytes of JSON`);
    await stack.destroy();
  } finally {
    await stack.remove();
    await cloud.close();
  }
}

void main();
