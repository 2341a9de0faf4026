import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { hashAlgorithms } from "./digest";

const digestsSchema = z.partialRecord(z.enum(hashAlgorithms), z.string().regex(/^[0-9a-f]+$/));

const entriesSchema = z.array(z.object({ path: z.string(), fingerprint: z.string(), digests: digestsSchema }));

/** Hashes in hexadecimal. */
export type KnownDigests = z.infer<typeof digestsSchema>;

type Entry = z.infer<typeof entriesSchema>[number];

// About 400 KB on disk.
const mostEntries = 1000;

// Serves the runs of one process also where no folder can be written.
const remembered = new Map<string, Entry>();

/** The hashes that are known of a file in this state. */
export function recall(path: string, fingerprint: string): KnownDigests {
  const own = remembered.get(path);
  const entry = own?.fingerprint === fingerprint ? own : storedEntries().get(path);
  return entry?.fingerprint === fingerprint ? entry.digests : {};
}

/** Keeps hashes for this process and for later ones. A cache may always fail: nobody hears of it. */
export function remember(path: string, fingerprint: string, digests: KnownDigests): void {
  const entry = { path, fingerprint, digests: { ...recall(path, fingerprint), ...digests } };
  append(remembered, entry);
  const entries = storedEntries();
  append(entries, entry);
  store([...entries.values()]);
}

/** The entry used last stands last; the first go where there are too many. */
function append(entries: Map<string, Entry>, entry: Entry): void {
  entries.delete(entry.path);
  entries.set(entry.path, entry);
  for (const path of [...entries.keys()].slice(0, -mostEntries)) entries.delete(path);
}

function storedEntries(): Map<string, Entry> {
  try {
    const entries = entriesSchema.parse(JSON.parse(readFileSync(cacheFile(), "utf8")));
    return new Map(entries.map((entry) => [entry.path, entry]));
  } catch {
    return new Map();
  }
}

// Synchronous, so that two files hashed at once do not undo each other's entry.
function store(entries: Entry[]): void {
  try {
    const file = cacheFile();
    const draft = `${file}.${randomUUID()}`;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(draft, JSON.stringify(entries), { mode: 0o600 });
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch {
    // The next process hashes the file again.
  }
}

function cacheFile(): string {
  return join(cacheFolder(), "pulumi-glance", "hashes.json");
}

/** The user's folder for caches (XDG Base Directory Specification, which ignores relative paths). */
function cacheFolder(): string {
  const { HOME, LOCALAPPDATA, XDG_CACHE_HOME = "" } = process.env;
  const home = HOME || homedir();
  if (process.platform === "win32") return LOCALAPPDATA || join(home, "AppData", "Local");
  return isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(home, ".cache");
}
