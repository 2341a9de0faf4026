import { join } from "node:path";
import { mustExecute } from "../test/tools/execute";

export interface Upload {
  /** For the bytes alone, as curl's. */
  seconds: number;
  /** Highest resident size of the process, MiB. */
  peak: number;
}

/** Uploads a file as an image in a plain Node process of its own that holds nothing but image/ and what is below it. */
export async function runUploader(file: string, env: Record<string, string>): Promise<Upload> {
  const options = { env: { PATH: process.env.PATH, ...env }, timeout: 300 };
  return JSON.parse(await mustExecute(process.execPath, [join(__dirname, "uploaderProcess.js"), file], options));
}
