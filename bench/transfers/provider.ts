import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { mustExecute } from "../../test/tools/execute";

/** Bytes that went to a cloud from a process of its own. */
export interface Taken {
  seconds: number;
  /** Seconds that the process computed, on all processors; other work of the machine hardly changes them. */
  cpu: number;
}

/** One image: its create, with every request, every hash and the comparison with the cloud's. */
export interface Made extends Taken {
  /** Seconds of the resource's check before, with the look at its source. */
  check: number;
  /** Highest resident size of the process, MiB. */
  peak: number;
  verifiedBy: string;
}

/** Where images are made, and a folder for what the provider remembers between two runs. */
export interface Place {
  env: Record<string, string>;
  scratch: string;
}

const always = { diskFormat: "raw", containerFormat: "bare" };

/** Makes an image and deletes it, with nothing remembered of its source. */
export async function makeImage(inputs: object, { env, scratch }: Place): Promise<Made> {
  const cache = await mkdtemp(join(scratch, "cache-"));
  try {
    return await makeAgain(inputs, { env, scratch: cache });
  } finally {
    await rm(cache, { recursive: true });
  }
}

/** The same with what earlier calls for this `scratch` remember. */
export async function makeAgain(inputs: object, place: Place): Promise<Made> {
  const made: Made = await run("makeImage.js", JSON.stringify({ ...always, ...inputs }), place);
  const expected = "verify" in inputs ? inputs.verify : "hash";
  if (made.verifiedBy !== expected) throw new Error(`the image was verified by ${made.verifiedBy}, not ${expected}`);
  return made;
}

/** What the image client takes for the bytes of a file, and nothing else. */
export function uploadBare(file: string, place: Place): Promise<Taken> {
  return run("bareUpload.js", file, place);
}

async function run<T>(script: string, argument: string, { env, scratch }: Place): Promise<T> {
  const options = { env: { PATH: process.env.PATH, XDG_CACHE_HOME: scratch, ...env }, timeout: 300 };
  return JSON.parse(await mustExecute(process.execPath, [join(__dirname, script), argument], options));
}
