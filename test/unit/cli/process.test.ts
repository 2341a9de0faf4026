import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { repositoryRoot } from "../../../scripts/tools";
import { Client, localServer } from "../local/client";
import { environmentOf } from "./run";

const server = localServer();

function start(args: readonly string[], env: Record<string, string>) {
  const command = ["--import", "tsx", join(repositoryRoot, "provider/cli/pulumiGlance.ts"), ...args];
  const variables = { PATH: process.env.PATH, HOME: __dirname, ...env };
  return spawn(process.execPath, command, {
    cwd: repositoryRoot,
    env: variables,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 50_000,
  });
}

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = start(args, env);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

test("lists, examines and ends by itself", async () => {
  const env = environmentOf(server.current);
  const { id } = await (await Client.logIn(server.current)).create({ name: "one" });
  const images = await run(["images", "--output", "json"], env);
  expect({ ...images, stdout: JSON.parse(images.stdout) }).toMatchObject({ code: 0, stderr: "", stdout: [{ id }] });
  const doctor = await run(["doctor", "--region", "Nowhere"], env);
  expect(doctor).toMatchObject({ code: 1, stderr: "", stdout: expect.stringContaining("\nproblem  endpoint ") });
});

test("a closed pipe ends it without a word", async () => {
  for (const command of ["images", "doctor"]) {
    const child = start([command], environmentOf(server.current));
    child.stdout.destroy();
    expect([await text(child.stderr), ...(await once(child, "close"))]).toEqual(["", 0, null]);
  }
});

test("tells its version, its commands and their options", async () => {
  expect(await run(["--version"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  const help = await run(["--help"]);
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout).toMatch(/images .*\n +doctor /);
  const options = await run(["images", "--help"]);
  for (const word of ["--filter", "--output", "--api", "nameRegex", "property:NAME"])
    expect(options.stdout).toContain(word);
});

test("a command that does not exist has the exit code 2", async () => {
  expect(await run(["delete"])).toEqual({
    code: 2,
    stdout: "",
    stderr: 'pulumi-glance: There is no command "delete"; the commands are images, doctor.\n',
  });
  expect(await run([])).toMatchObject({
    code: 2,
    stderr: "pulumi-glance: A command is missing; the commands are images, doctor.\n",
  });
});
