import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How a record becomes JSON and comes back. */
export interface Codec<T> {
  encode(record: T): unknown;
  decode(value: unknown): T;
}

/** For records that are JSON already. */
export const plain = <T>(): Codec<T> => ({ encode: (record) => record, decode: (value) => value as T });

const extension = ".json";

/**
 * Records by id, all in memory, each in a file of its own that is replaced as a whole. A change is visible at once and durable when
 * the promise resolves, so a sequence without `await` is a transaction.
 */
export class Collection<T extends { readonly id: string }> {
  private readonly records = new Map<string, T>();
  private readonly writes = new Map<string, Promise<void>>();

  private constructor(
    private readonly folder: string,
    private readonly codec: Codec<T>,
  ) {}

  static async open<T extends { readonly id: string }>(folder: string, codec: Codec<T>): Promise<Collection<T>> {
    await mkdir(folder, { recursive: true });
    const collection = new Collection<T>(folder, codec);
    for (const name of (await readdir(folder)).sort()) await collection.load(join(folder, name));
    return collection;
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  all(): T[] {
    return [...this.records.values()];
  }

  /** Adds or replaces a record. */
  put(record: T): Promise<void> {
    this.records.set(record.id, record);
    return this.write(record.id, (file) => replaceFile(file, JSON.stringify(this.codec.encode(record))));
  }

  remove(id: string): Promise<void> {
    this.records.delete(id);
    return this.write(id, (file) => rm(file, { force: true }));
  }

  /** Resolves when everything so far is on disk. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.writes.values());
  }

  private async load(file: string): Promise<void> {
    // What a write left behind that was cut off by a crash.
    if (!file.endsWith(extension)) return rm(file, { force: true, recursive: true });
    const record = this.codec.decode(JSON.parse(await readFile(file, "utf8")));
    this.records.set(record.id, record);
  }

  /** Writes of one record happen one after the other; a failed one does not hold up the next. */
  private write(id: string, action: (file: string) => Promise<void>): Promise<void> {
    const file = join(this.folder, fileName(id) + extension);
    const before = this.writes.get(id) ?? Promise.resolve();
    const write = before.catch(() => {}).then(() => action(file));
    this.writes.set(id, write);
    const forget = () => {
      if (this.writes.get(id) === write) this.writes.delete(id);
    };
    write.then(forget, forget);
    return write;
  }
}

/** Ids that differ in case only are different, also on file systems that do not tell case apart. */
export const fileName = (id: string): string => id.replace(/[A-Z]/g, "+$&");

async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.partial`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}
