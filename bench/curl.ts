import { User } from "../test/contract/user";
import type { CloudUnderTest } from "../test/tools/clouds/types";
import { mustExecute } from "../test/tools/execute";

/** Seconds that `curl -T` takes for the bytes alone; the image is made before and deleted after. */
export async function curlUpload(cloud: CloudUnderTest, file: string): Promise<number> {
  const user = new User(cloud, cloud.demo, () => {});
  const { id } = await user.createImage({ name: "bench-curl", disk_format: "raw", container_format: "bare" });
  const { token } = await user.logIn();
  const headers = [`X-Auth-Token: ${token}`, "Content-Type: application/octet-stream", "Expect:"];
  const seconds = await mustExecute(
    "curl",
    [
      "-fsS",
      "-o",
      "/dev/null",
      "-w",
      "%{time_total}",
      ...headers.flatMap((h) => ["-H", h]),
      "-T",
      file,
      `${cloud.imageUrl}/v2/images/${id}/file`,
    ],
    { timeout: 300, env: { PATH: process.env.PATH } },
  );
  await user.delete(`/v2/images/${id}`);
  return Number(seconds);
}
