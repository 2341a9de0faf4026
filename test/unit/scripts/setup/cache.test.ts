import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { repositoryRoot } from "../../../../scripts/tools";
import { inModule } from "./inModule";

let cache: string;
let versions: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "pulumi-glance-cache-"));
  versions = join(cache, "versions");
  writeFileSync(versions, "tool 1");
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** The folder that set-up makes of a file `made` with the text `text`, after the code `before`. */
async function cached(text: string, before = ""): Promise<string> {
  const script = `
import { appendFileSync } from "node:fs";
const make = async (folder) => {
  ${before}
  appendFileSync(folder + "/made", ${JSON.stringify(text)});
};
console.log(await cachedFolder({ name: "tool", files: [${JSON.stringify(versions)}], make }));`;
  const file = join(repositoryRoot, "scripts", "setup", "cache.mjs");
  return (await inModule(file, "cachedFolder", script, { XDG_CACHE_HOME: cache })).trim();
}

const made = (folder: string) => readFileSync(join(folder, "made"), "utf8");

describe("a folder of the cache", () => {
  it("is made once", async () => {
    const folder = await cached("first");
    expect(await cached("second")).toBe(folder);
    expect(made(folder)).toBe("first");
    expect(basename(folder)).toMatch(/^tool-[0-9a-f]{12}$/);
  });

  it("is made once by two that set up at the same time", async () => {
    const folders = await Promise.all([cached("once"), cached("once")]);
    expect(new Set(folders).size).toBe(1);
    expect(folders.map(made)).toEqual(["once", "once"]);
  });

  it("is another one for other versions, and the older stays for those who use it", async () => {
    const older = await cached("older");
    writeFileSync(versions, "tool 2");
    const newer = await cached("newer");
    expect([made(older), made(newer)]).toEqual(["older", "newer"]);
  });

  it("is made again when it was interrupted", async () => {
    await expect(cached("", 'throw new Error("interrupted");')).rejects.toThrow("interrupted");
    const [name = ""] = readdirSync(join(cache, "pulumi-glance"));
    writeFileSync(join(cache, "pulumi-glance", name, "made"), "half ");
    expect(made(await cached("whole"))).toBe("whole");
  });
});
