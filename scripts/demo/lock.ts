import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DemoError } from "./failure";

/** Keeps a second process out for as long as this one lives. Answers how to let it in again. */
export function takeLock(file: string): () => void {
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new DemoError(
      `Another demo (process ${holder}) is at work here.`,
      `Wait for it or end it. If process ${holder} is something else, delete ${file}.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
