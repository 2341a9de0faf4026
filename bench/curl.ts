import type { CloudUnderTest } from "../test/tools/clouds/types";
import { mustExecute } from "../test/tools/execute";

/** Seconds that `curl -T` takes for the bytes alone; the image is made before and deleted after. */
export async function curlUpload(cloud: CloudUnderTest, file: string): Promise<number> {
  const auth = ["-H", `X-Auth-Token: ${await tokenOf(cloud)}`];
  const images = `${cloud.imageUrl}/v2/images`;
  const fields = JSON.stringify({ name: "bench-curl", disk_format: "raw", container_format: "bare" });
  const { id } = JSON.parse(await curl(...auth, "-d", fields, images));
  const seconds = await curl(
    ...auth,
    "-H",
    "Content-Type: application/octet-stream",
    "-H",
    "Expect:",
    "-w",
    "%{time_total}",
    "-T",
    file,
    `${images}/${id}/file`,
  );
  await curl(...auth, "-X", "DELETE", `${images}/${id}`);
  return Number(seconds);
}

function curl(...args: string[]): Promise<string> {
  return mustExecute("curl", ["-fsS", ...args], { timeout: 300, env: { PATH: process.env.PATH } });
}

async function tokenOf({ authUrl, demo }: CloudUnderTest): Promise<string> {
  const domain = { id: "default" };
  const user = { name: demo.username, password: demo.password, domain };
  const auth = {
    identity: { methods: ["password"], password: { user } },
    scope: { project: { name: demo.projectName, domain } },
  };
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${authUrl}/auth/tokens`, { method: "POST", headers, body: JSON.stringify({ auth }) });
  return response.headers.get("x-subject-token") ?? "";
}
