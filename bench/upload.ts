import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOf } from "../test/tools/clouds/environment";
import { startRealCloud } from "../test/tools/clouds/real";
import { writeRawImage } from "../test/tools/images";
import { curlUpload } from "./curl";
import { providerGrowth } from "./dynamicProvider";
import { runUploader } from "./uploader";

const mebibyte = 2 ** 20;
const rounds = 3;

/** Uploads to a real Glance, ours and curl's in turn, so that both meet the same machine. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-upload-"));
  const cloud = await startRealCloud();
  try {
    const env = environmentOf(cloud, cloud.demo);
    const small = join(folder, "small.raw");
    const large = join(folder, "large.raw");
    await writeRawImage(small, 100 * mebibyte);
    await writeRawImage(large, 1024 * mebibyte);
    const ratios: number[] = [];
    let peak = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const curl = await curlUpload(cloud, large);
      const ours = await runUploader(large, env);
      ratios.push(ours.seconds / curl);
      peak = Math.max(peak, ours.peak);
      console.log(
        `round ${round}: curl -T ${curl.toFixed(2)} s, pulumi-glance ${ours.seconds.toFixed(2)} s, ratio ${(ours.seconds / curl).toFixed(2)}`,
      );
    }
    const { peak: smallPeak } = await runUploader(small, env);
    const growth = await providerGrowth(large, env);
    ratios.sort((a, b) => a - b);
    console.log(
      `upload of ${(await stat(large)).size / mebibyte} MiB to Glance 33: median ratio to curl -T ${ratios[1]?.toFixed(2)} (target <= 1.10)`,
    );
    console.log(
      `peak memory of a plain Node process: ${smallPeak} MiB for 100 MiB, ${peak} MiB for 1024 MiB (target <= 150)`,
    );
    console.log(
      `dynamic provider's process: idle ${growth.idle} MiB, peak ${growth.peak} MiB, growth ${growth.peak - growth.idle} MiB (target <= 60)`,
    );
  } finally {
    await cloud.close();
    await rm(folder, { recursive: true });
  }
}

void main();
