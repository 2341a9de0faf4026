import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must, send } from "../../test/contract/client";
import { passwordIdentity, projectScope } from "../../test/contract/session";
import { startLocalCloud } from "../../test/tools/clouds/local";
import { startRealCloud } from "../../test/tools/clouds/real";
import { program } from "../../test/tools/clouds/real/venv";
import type { CloudUnderTest } from "../../test/tools/clouds/types";
import { mustExecute } from "../../test/tools/execute";

/** A cloud that can be given images. */
export interface Filled {
  title: string;
  cloud: CloudUnderTest;
  /** Adds images until there are `count`. */
  fill(count: number): Promise<void>;
  close(): Promise<void>;
}

const image = {
  name: "bench",
  disk_format: "qcow2",
  container_format: "bare",
  tags: ["bench", "list"],
  hw_disk_bus: "virtio",
  os_distro: "debian",
  os_version: "13",
};

export async function filledLocal(): Promise<Filled> {
  const cloud = await startLocalCloud();
  let there = 0;
  const fill = async (count: number) => {
    const token = await logIn(cloud);
    const add = async () => {
      while (there < count) {
        there += 1;
        await addImage(cloud, token);
      }
    };
    await Promise.all(Array.from({ length: 16 }, add));
  };
  return { title: "glance-local", cloud, fill, close: () => cloud.close() };
}

export async function filledReal(): Promise<Filled> {
  const parent = await mkdtemp(join(tmpdir(), "bench-list-"));
  const cloud = await startRealCloud(parent);
  const fill = async (count: number) => {
    await addImage(cloud, await logIn(cloud));
    const script = join(__dirname, "multiply.py");
    await mustExecute(program("python"), [script, await databaseOf(parent), String(count)], { timeout: 120 });
  };
  const close = async () => {
    await cloud.close();
    await rm(parent, { recursive: true });
  };
  return { title: "Glance 33", cloud, fill, close };
}

async function logIn({ authUrl, demo }: CloudUnderTest): Promise<string> {
  const auth = { identity: passwordIdentity(demo), scope: projectScope(demo) };
  const answer = must(await send("POST", `${authUrl}/auth/tokens`, { json: { auth } }), 201);
  return answer.headers["x-subject-token"] ?? "";
}

async function addImage({ imageUrl }: CloudUnderTest, token: string): Promise<void> {
  must(await send("POST", `${imageUrl}/v2/images`, { json: image, headers: { "x-auth-token": token } }), 201);
}

/** The connection string that the only Glance in this folder was given. */
async function databaseOf(parent: string): Promise<string> {
  const [folder = ""] = await readdir(parent);
  const configuration = await readFile(join(parent, folder, "glance", "glance-api.conf"), "utf8");
  return /^connection = (.*)$/m.exec(configuration)?.[1] ?? "";
}
