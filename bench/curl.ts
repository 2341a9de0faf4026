import type { CloudUnderTest } from "../test/tools/clouds/types";
import { mustExecute } from "../test/tools/execute";

const octets = ["-H", "Content-Type: application/octet-stream", "-H", "Expect:"];

/** Seconds that `curl -T` takes for the bytes alone; the image is made before and deleted after. */
export function curlUpload(cloud: CloudUnderTest, file: string): Promise<number> {
  return withImage(cloud, (auth, url) => curl(...auth, ...octets, "-w", "%{time_total}", "-T", file, url));
}

/**
 * Seconds that `curl -T -` takes for what a shell command writes, which starts at the same moment.
 *
 * @param more - Further options of the curl that sends.
 */
export function curlPipe(cloud: CloudUnderTest, command: string, more: readonly string[] = []): Promise<number> {
  return withImage(cloud, (auth, url) => {
    const script = `${command} | curl -fsS "$@"`;
    const args = [...auth, ...octets, ...more, "-w", "%{time_total}", "-T", "-", url];
    return mustExecute("bash", ["-o", "pipefail", "-c", script, "bash", ...args], options);
  });
}

async function withImage(
  cloud: CloudUnderTest,
  send: (auth: readonly string[], url: string) => Promise<string>,
): Promise<number> {
  const auth = ["-H", `X-Auth-Token: ${await tokenOf(cloud)}`];
  const images = `${cloud.imageUrl}/v2/images`;
  const fields = JSON.stringify({ name: "bench-curl", disk_format: "raw", container_format: "bare" });
  const { id } = JSON.parse(await curl(...auth, "-d", fields, images));
  const seconds = await send(auth, `${images}/${id}/file`);
  await curl(...auth, "-X", "DELETE", `${images}/${id}`);
  return Number(seconds);
}

const options = { timeout: 300, env: { PATH: process.env.PATH } };

function curl(...args: string[]): Promise<string> {
  return mustExecute("curl", ["-fsS", ...args], options);
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
