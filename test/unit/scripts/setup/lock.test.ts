import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/tools";
import { inModule } from "./inModule";

const module_ = join(repositoryRoot, "scripts", "setup", "lock.mjs");
/** Above the largest id that Linux gives. */
const nobody = 2 ** 22 + 1;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-glance-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lock = () => join(folder, "work.lock");
const log = () => readFileSync(join(folder, "log"), "utf8");

/** A process that works for a moment and says when it began and ended; `isDone` and `work` are JavaScript. */
const worker = (isDone: string, work = "") =>
  inModule(
    module_,
    "onceAtATime",
    `import { appendFileSync, existsSync, writeFileSync } from "node:fs";
     process.chdir(${JSON.stringify(folder)});
     await onceAtATime(${JSON.stringify(lock())}, () => ${isDone}, async () => {
       appendFileSync("log", "begin ");
       await new Promise((resolve) => setTimeout(resolve, 100));
       appendFileSync("log", "end ");
       ${work}
     });`,
  );

describe("work that only one process may do at once", () => {
  it("is done once, however many want it", async () => {
    await Promise.all([1, 2, 3].map(() => worker('existsSync("done")', 'writeFileSync("done", "")')));
    expect(log()).toBe("begin end ");
  });

  it("is done one after another, also when a process that is gone left its lock", async () => {
    symlinkSync(String(nobody), lock());
    await Promise.all([1, 2, 3, 4].map(() => worker("false")));
    expect(log()).toBe("begin end ".repeat(4));
    expect(existsSync(lock())).toBe(false);
  });

  it("can be done by another when it failed", async () => {
    await expect(worker("false", 'throw new Error("no network")')).rejects.toThrow("no network");
    await worker("false");
    expect(log()).toBe("begin end begin end ");
  });
});
