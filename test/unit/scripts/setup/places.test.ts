import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/tools";
import { inModule } from "./inModule";

let clone: string;
let places: string;
beforeEach(() => {
  clone = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-glance-clone-")));
  places = join(clone, "scripts", "setup", "places.mjs");
  cpSync(join(repositoryRoot, "scripts", "setup"), join(clone, "scripts", "setup"), { recursive: true });
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

describe("the cache folder", () => {
  const cacheFolder = async (env: NodeJS.ProcessEnv) =>
    (await inModule(places, "cacheFolder", "console.log(cacheFolder())", env)).trim();
  const own = () => join(clone, ".cache");

  it("is the caller's", async () => {
    const [xdg, home] = [join(clone, "xdg"), join(clone, "home")];
    expect(await cacheFolder({ XDG_CACHE_HOME: xdg, HOME: home })).toBe(join(xdg, "pulumi-glance"));
    expect(await cacheFolder({ XDG_CACHE_HOME: "", HOME: home })).toBe(join(home, ".cache", "pulumi-glance"));
    expect(await cacheFolder({ XDG_CACHE_HOME: "relative", HOME: home })).toBe(join(home, ".cache", "pulumi-glance"));
  });

  it("is in the clone when the caller has no home", async () => {
    expect(await cacheFolder({ XDG_CACHE_HOME: "", HOME: "" })).toBe(own());
  });

  it("is in the clone when the caller's cannot be written", async () => {
    const file = join(clone, "file");
    writeFileSync(file, "");
    expect(await cacheFolder({ XDG_CACHE_HOME: file })).toBe(own());
  });
});

describe("the record of tools", () => {
  const file = () => join(clone, ".cache", "tools.json");
  const record = (name: string) => inModule(places, "recordTool", `recordTool("${name}", "/tools/${name}")`);
  const recorded = () => JSON.parse(readFileSync(file(), "utf8"));

  it("keeps what was recorded before, and no other file", async () => {
    await record("pulumi");
    await record("cloud");
    expect(recorded()).toEqual({ pulumi: "/tools/pulumi", cloud: "/tools/cloud" });
    expect(readdirSync(join(clone, ".cache"))).toEqual(["tools.json"]);
  });

  it("starts anew when only half of it was written", async () => {
    mkdirSync(join(clone, ".cache"));
    writeFileSync(file(), '{ "pulu');
    await record("cloud");
    expect(recorded()).toEqual({ cloud: "/tools/cloud" });
  });
});
