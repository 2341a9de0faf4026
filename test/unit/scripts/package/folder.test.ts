import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFolder } from "../../../../scripts/package/folder";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "pulumi-glance-folder-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const writing = (name: string) => async (folder: string) => writeFileSync(join(folder, name), name);

describe("a folder that is made anew", () => {
  it("holds nothing of what was there before", async () => {
    const folder = join(base, "dist", "plugin");
    await replaceFolder(folder, writing("old.js"));
    await replaceFolder(folder, writing("new.js"));
    expect(readdirSync(folder)).toEqual(["new.js"]);
    expect(readdirSync(join(base, "dist"))).toEqual(["plugin"]);
  });

  it("stays as it was when the new one cannot be made", async () => {
    const folder = join(base, "plugin");
    await replaceFolder(folder, writing("old.js"));
    const failing = async (made: string) => {
      await writing("half.js")(made);
      throw new Error("no space");
    };
    await expect(replaceFolder(folder, failing)).rejects.toThrow("no space");
    expect(readFileSync(join(folder, "old.js"), "utf8")).toBe("old.js");
    expect(readdirSync(base)).toEqual(["plugin"]);
  });
});
