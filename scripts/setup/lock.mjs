import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "./shell.mjs";

/**
 * Does `work` unless `isDone`, and never in two processes at once: the second waits for the first and then finds it done. The lock
 * `file` names the process at work; one that is gone does not count.
 */
export async function onceAtATime(file, isDone, work) {
  if (isDone()) return;
  await takeLock(file);
  try {
    if (!isDone()) await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  let announced;
  while (!createLock(file, process.pid)) {
    const holder = holderOf(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      removeLockOf(holder, file);
      continue;
    }
    if (holder !== announced) say(`waiting for process ${holder} (if it is something else, delete ${file}) ...`);
    announced = holder;
    await sleep(200);
  }
}

/** A symbolic link appears with its content at once, so nobody sees a lock without a holder. */
function createLock(file, holder) {
  return unless("EEXIST", () => {
    symlinkSync(String(holder), file);
    return true;
  });
}

function holderOf(file) {
  return unless("ENOENT", () => Number(readlinkSync(file)));
}

/** Renamed before it is removed: only one can have it, and a lock that another process took meanwhile is put back. */
function removeLockOf(holder, file) {
  const removed = `${file}.${process.pid}`;
  unless("ENOENT", () => {
    renameSync(file, removed);
    const renamed = holderOf(removed);
    if (renamed !== holder) createLock(file, renamed);
    rmSync(removed);
  });
}

/** The result, or undefined where it fails with this code. */
function unless(code, operation) {
  try {
    return operation();
  } catch (error) {
    if (error.code !== code) throw error;
    return undefined;
  }
}

/** A lock with our own id is left from a process that had it before. */
function isAlive(pid) {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
