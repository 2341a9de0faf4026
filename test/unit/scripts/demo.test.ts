import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adapt, bytesOf, edit, readCatalog, trackedCatalog, withoutProtection } from "../../../scripts/demo/catalog";
import { namedCloud, openNamedCloud } from "../../../scripts/demo/cloud";
import { takeLock } from "../../../scripts/demo/lock";
import { readOptions, UsageError } from "../../../scripts/demo/options";
import { FileSite } from "../../../scripts/demo/standIns";
import { table } from "../../../scripts/demo/table";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-glance-demo-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("options", () => {
  it.each([
    [[], { action: "show" }],
    [["--destroy"], { action: "destroy" }],
    [["--destroy", "--help"], { action: "help" }],
    [["-h"], { action: "help" }],
    [["--run", "pulumi", "--help"], { action: "run", command: ["pulumi", "--help"] }],
  ])("%j are understood", (args, options) => {
    expect(readOptions(args)).toEqual(options);
  });

  it.each([[["--nonsense"]], [["destroy"]], [["--destroy", "all"]], [["--run"]]])("%j are refused", (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});

describe("the catalog", () => {
  const tracked = readCatalog(trackedCatalog);
  const images = (catalog: typeof tracked) => Object.values(catalog);

  it("has what the demo promises to show", () => {
    const all = images(tracked);
    expect(all.length).toBeGreaterThanOrEqual(6);
    expect(all.filter((image) => image.copyFrom !== undefined)).toHaveLength(1);
    expect(all.some((image) => image.localFile !== undefined)).toBe(true);
    expect(all.some((image) => image.protected)).toBe(true);
    expect(all.some((image) => image.hidden)).toBe(true);
    expect(all.some((image) => image.tags && image.properties)).toBe(true);
    expect(Object.keys(tracked)).toContain(edit.image);
  });

  it("gets sources that exist, and nothing else changes, where nobody else is", () => {
    const importUrl = (name: string) => `http://127.0.0.1:1/${name}`;
    const adapted = adapt(tracked, { files: folder, importUrl, suffix: undefined });
    for (const [name, image] of Object.entries(tracked)) {
      const { localFile, copyFrom, ...rest } = adapted[name] ?? {};
      expect(image).toMatchObject(rest);
      expect(localFile === undefined).toBe(image.localFile === undefined);
      expect(copyFrom === undefined).toBe(image.copyFrom === undefined);
      expect(bytesOf(image, adapted[name])).toBe(image.copyFrom === undefined ? "uploaded" : "imported");
    }
  });

  it("is uploaded whole, private and under names of its own in a cloud that cannot fetch from here", () => {
    const adapted = adapt(tracked, { files: folder, importUrl: undefined, suffix: "ab12" });
    for (const [name, image] of Object.entries(adapted)) {
      expect(image).toMatchObject({ name: `${name}-ab12`, visibility: "private", localFile: expect.any(String) });
      expect(image).not.toHaveProperty("copyFrom");
    }
    expect(bytesOf(tracked["ubuntu-24.04"], adapted["ubuntu-24.04"])).toContain("no DEMO_IMAGE_URL");
  });

  it("changes in one image by the edit, and keeps nobody from deleting once unprotected", () => {
    const edited = edit.apply(tracked);
    const changed = Object.keys(tracked).filter(
      (name) => JSON.stringify(edited[name]) !== JSON.stringify(tracked[name]),
    );
    expect(changed).toEqual([edit.image]);
    expect(images(withoutProtection(tracked)).some((image) => image.protected)).toBe(false);
  });
});

describe("the cloud", () => {
  it.each([
    [{}, undefined],
    [{ OS_CLOUD: "", OS_AUTH_URL: "" }, undefined],
    [{ OS_CLOUD: "mine", OS_AUTH_URL: "https://other/v3" }, "mine"],
    [{ OS_AUTH_URL: "https://keystone.example:5000/v3" }, "keystone.example:5000"],
    [{ OS_AUTH_URL: "no address" }, "no address"],
  ])("that %j names is %j", (env, name) => {
    expect(namedCloud(env)).toBe(name);
  });

  it("is found in the clouds.yaml of the folder that its user is in", () => {
    writeFileSync(join(folder, "clouds.yaml"), "clouds: {}\n");
    const { env } = openNamedCloud("mine", { OS_CLOUD: "mine", PATH: "/bin" }, folder);
    expect(env).toEqual({ OS_CLOUD: "mine", OS_CLIENT_CONFIG_FILE: join(folder, "clouds.yaml") });
  });
});

describe("the lock", () => {
  const file = () => join(folder, "pid");

  it("keeps out who comes second, until it is released", () => {
    writeFileSync(file(), String(process.ppid));
    expect(() => takeLock(file())).toThrow(`process ${process.ppid}`);
    rmSync(file());
    takeLock(file())();
    expect(() => takeLock(file())).not.toThrow();
  });

  it("of a process that is gone does not count", () => {
    writeFileSync(file(), String(2 ** 22 + 1));
    expect(() => takeLock(file())).not.toThrow();
  });
});

describe("the web server", () => {
  it("serves the files of its folder and nothing beside it", async () => {
    writeFileSync(join(folder, "image.raw"), "bytes");
    const site = await FileSite.start(folder);
    try {
      expect(await (await fetch(site.url("image.raw"))).text()).toBe("bytes");
      expect((await fetch(site.url("..%2f..%2fetc%2fpasswd"))).status).toBe(404);
      expect((await fetch(site.url(""))).status).toBe(404);
    } finally {
      site.close();
    }
  });

  it("takes the port of the last run where it is free, else another", async () => {
    const first = await FileSite.start(folder);
    const second = await FileSite.start(folder, first.port);
    expect(second.port).not.toBe(first.port);
    const { port } = second;
    await Promise.all([first.close(), second.close()]);
    const third = await FileSite.start(folder, port);
    expect(third.port).toBe(port);
    await third.close();
  });
});

it("a table is as wide as its widest cells", () => {
  expect(
    table(
      ["A", "LONG"],
      [
        ["wide", "b"],
        ["c", ""],
      ],
    ),
  ).toEqual(["A     LONG", "----  ----", "wide  b", "c"]);
});
