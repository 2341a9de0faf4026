import { readdir, readFile, readlink } from "node:fs/promises";

const established = "01";

/** Ids of the processes that have connections to a port of this machine. Linux only (proc(5)). */
export async function processesConnectedTo(port: number): Promise<number[]> {
  const sockets = new Set((await socketsTo(port)).map((inode) => `socket:[${inode}]`));
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const owners = await Promise.all(pids.map(async (pid) => ((await hasOneOf(pid, sockets)) ? [Number(pid)] : [])));
  return owners.flat();
}

/** Inodes of the sockets whose other end is the port. */
async function socketsTo(port: number): Promise<string[]> {
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return tables
    .flatMap((table) => table.trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote, state]) => remote?.endsWith(suffix) && state === established)
    .flatMap((fields) => fields[9] ?? []);
}

/** Processes and their files may go while one looks; those of others are not shown. */
async function hasOneOf(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const open = await readdir(folder).catch(() => []);
  const links = await Promise.all(open.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.some((link) => sockets.has(link));
}
