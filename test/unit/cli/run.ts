import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { runCommand } from "../../../provider/cli/commands";
import type { GlanceLocal } from "../../../provider/local";
import { demoEnvironment } from "../../../provider/local/environment";

/** How a command ended and what it said. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of pulumi-glance in this process, in a folder without clouds.yaml and with no more than these variables. */
export async function runHere(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(out), text(err)]);
  const code = await runCommand(args, { env: { HOME: __dirname, ...env }, directory: __dirname, out, err });
  out.end();
  err.end();
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}

/** The variables of a user whose password is the name. */
export function environmentOf(server: GlanceLocal, user = "demo"): Record<string, string> {
  return { ...demoEnvironment(server), OS_USERNAME: user, OS_PASSWORD: user };
}
