import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { GlanceError } from "../../http/errors";
import type { HashAlgorithm } from "./digest";
import { type KnownDigests, recall, remember } from "./hashCache";
import { statOfFile, unreadable } from "./localStat";

/** The hashes of a local file, with what tells whether it is still the one that was hashed. */
export interface FileDigests<Algorithm extends HashAlgorithm = HashAlgorithm> {
  /** In hexadecimal, small letters. */
  digests: Readonly<Record<Algorithm, string>>;
  /** In bytes. */
  size: number;
  /** What `fingerprintOf` says as long as the file is the same. */
  fingerprint: string;
}

const chunkSize = 256 * 1024;
const mostPasses = 3;

// Within a tick of the file system's clock (two seconds on FAT) a later write can keep the time of the last.
const settledAfter = 2000;

const running = new Map<string, Promise<FileDigests>>();

/**
 * Reads the file once for all the algorithms whose hash of it, in this state, is not known yet. Asks for the same
 * at the same time share that pass; later ones, of later processes too, find the hashes in a cache.
 *
 * Throws SOURCE for what cannot be an image's source, and for a file that changes each time it is read.
 *
 * @param written - The path as the user wrote it, for messages.
 */
export function digestsOfFile<Algorithm extends HashAlgorithm>(
  path: string,
  algorithms: readonly Algorithm[],
  written = path,
): Promise<FileDigests<Algorithm>> {
  const file = resolve(path);
  const key = JSON.stringify([file, ...[...algorithms].sort()]);
  const pass = running.get(key) ?? digestsOf(file, algorithms, written).finally(() => running.delete(key));
  running.set(key, pass);
  return pass as Promise<FileDigests<Algorithm>>;
}

/** Device, inode, size and the times of the last changes; another value means that the file may hold other bytes. */
export async function fingerprintOf(path: string, written = path): Promise<string> {
  return (await statOfFile(path, written)).fingerprint;
}

async function digestsOf(file: string, algorithms: readonly HashAlgorithm[], written: string): Promise<FileDigests> {
  let stat = await statOfFile(file, written);
  for (let pass = 1; pass <= mostPasses; pass++) {
    const { size, modified, fingerprint } = stat;
    const known = recall(file, fingerprint);
    const missing = algorithms.filter((algorithm) => known[algorithm] === undefined);
    const settled = Date.now() - modified >= settledAfter;
    const hashed = missing.length > 0 ? await hashesOf(file, missing, written) : {};
    stat = await statOfFile(file, written);
    if (stat.fingerprint !== fingerprint) continue;
    if (missing.length > 0 && settled) remember(file, fingerprint, hashed);
    return { digests: { ...known, ...hashed } as FileDigests["digests"], size, fingerprint };
  }
  throw new GlanceError({
    code: "SOURCE",
    message: `The file "${written}" changes while it is read`,
    hint: "Run again when whatever writes it is done",
  });
}

async function hashesOf(file: string, algorithms: readonly HashAlgorithm[], written: string): Promise<KnownDigests> {
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: chunkSize })) {
      for (const [, hash] of hashes) hash.update(chunk);
    }
  } catch (error) {
    throw unreadable(written, error);
  }
  return Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest("hex")]));
}
