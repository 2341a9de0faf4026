import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { repositoryRoot } from "../../scripts/tools";
import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import type { CloudUnderTest } from "../tools/clouds/types";
import { FileServer } from "../tools/fileServer";
import { qcow2Image } from "../tools/images";
import { DemoUnderTest, demoScript, imageNames, section, tableIn } from "./demoUnderTest";

/** The embedded service needs none: the demo starts one of its own. */
const variablesOf = (cloud: CloudUnderTest) => (cloud.name === "local" ? {} : environmentOf(cloud, cloud.demo));

describeClouds("the demo", (cloud) => {
  const isNamed = cloud.name !== "local";
  let demo: DemoUnderTest;
  let web: FileServer;
  let made: Record<string, string>;

  beforeAll(async () => {
    demo = await DemoUnderTest.create(variablesOf(cloud));
    web = await FileServer.start({ "/small.qcow2": qcow2Image(2 ** 30) });
  });

  afterAll(async () => {
    await demo.remove();
    await web.close();
  }, 120_000);

  it("takes a catalog from nothing to active images, and one image through a change", async () => {
    const tracked = await readFile(join(repositoryRoot, "examples/catalog/images.yaml"), "utf8");
    const { code, stdout, stderr } = await demo.run();
    expect([code, stderr]).toEqual([0, ""]);

    expect(section(stdout, "The catalog becomes real")).toContain("+ 7 created");
    const table = tableIn(stdout);
    expect(Object.keys(table)).toEqual(imageNames);
    for (const row of Object.values(table))
      expect(row).toMatchObject({ STATUS: "active", SIZE: expect.stringMatching(/^[1-9]\d* KiB$/) });
    expect(table["debian-13"]).toMatchObject({
      FORMATS: "qcow2/bare",
      VISIBILITY: "private",
      TAGS: "debian,lts",
      BYTES: "uploaded",
    });
    expect(table["rescue-13"]).toMatchObject({ PROTECTED: "yes", HIDDEN: "-" });
    expect(table["debian-12"]).toMatchObject({ PROTECTED: "-", HIDDEN: "yes" });
    expect(table["ubuntu-24.04"]?.BYTES).toBe(isNamed ? "uploaded (no DEMO_IMAGE_URL)" : "imported");
    expect(table["alpine-3.22"]).toMatchObject({
      FORMATS: "raw/bare",
      VISIBILITY: isNamed ? "private" : "community",
    });

    expect(section(stdout, "The same again")).toContain("7 unchanged");
    const preview = section(stdout, "A change");
    expect(preview).toMatch(/~ minRam +: 256 => 512/);
    expect(preview).toMatch(/\+ hw_scsi_model: "virtio-scsi"/);
    expect(preview).toContain("~ 1 to update");

    made = await demo.ids();
    const applied = section(stdout, "The change is applied");
    expect(applied).toMatch(new RegExp(`PATCH \\S*/v2/images/${made["debian-13"]}$`, "m"));
    const operations = [...applied.matchAll(/^\s*(\{"op":.*\})$/gm)].map(([, json]) => JSON.parse(json ?? ""));
    expect(operations).toHaveLength(4);
    expect(operations).toEqual(
      expect.arrayContaining([
        { op: "replace", path: "/min_ram", value: 512 },
        { op: "replace", path: "/tags", value: ["debian", "lts", "reviewed"] },
        expect.objectContaining({ path: "/hw_disk_bus", value: "scsi" }),
        { op: "add", path: "/hw_scsi_model", value: "virtio-scsi" },
      ]),
    );
    expect(applied).toContain("tags: debian, lts -> debian, lts, reviewed");
    expect(await readFile(join(repositoryRoot, "examples/catalog/images.yaml"), "utf8")).toBe(tracked);
  }, 300_000);

  if (!isNamed) {
    it("runs again on the same images, which it does not replace", async () => {
      const { code, stdout } = await demo.run();
      expect(code).toBe(0);
      const first = section(stdout, "The catalog becomes real");
      expect(first).toContain("The change that the last run made is taken back.");
      expect(first).toContain("~ 1 updated");
      expect(first).not.toMatch(/created|replaced|deleted/);
      expect(await demo.ids()).toEqual(made);
    }, 300_000);
  }

  it("leaves a stack on which refresh finds nothing and destroy is stopped by the protected image", async () => {
    const refresh = await demo.run(["--run", "pulumi", "refresh", "--yes", "--expect-no-changes"]);
    expect([refresh.code, refresh.stderr]).toEqual([0, ""]);
    expect(refresh.stdout).toContain("7 unchanged");

    const destroyed = await demo.run(["--run", "pulumi", "destroy", "--yes"]);
    expect(destroyed.code).not.toBe(0);
    expect(destroyed.stdout).toContain("is protected and cannot be deleted. Set protected to false");
    expect(destroyed.stdout).toContain("- 5 deleted");
  }, 120_000);

  if (isNamed) {
    it("makes what is missing, and imports from DEMO_IMAGE_URL", async () => {
      const { code, stdout } = await demo.run([], { DEMO_IMAGE_URL: web.url("/small.qcow2") });
      expect(code).toBe(0);
      expect(section(stdout, "The catalog becomes real")).toContain("+ 5 created");
      expect(tableIn(stdout)["ubuntu-24.04"]).toMatchObject({ STATUS: "active", BYTES: "imported" });
      expect(web.requests).toContain("GET /small.qcow2");
    }, 300_000);
  }

  it("removes everything with --destroy, after it switched protection off", async () => {
    const ids = Object.values(await demo.ids());
    const { code, stdout } = await demo.run(["--destroy"]);
    expect(code).toBe(0);
    expect(section(stdout, "Protection is switched off")).toContain("~ 1 updated");
    expect(section(stdout, "What the image service says")).toContain("finds no image any more");
    if (isNamed) {
      const somebody = new User(cloud, cloud.demo, () => {});
      const statuses = await Promise.all(ids.map(async (id) => (await somebody.show(id)).status));
      expect(statuses).toEqual(imageNames.map(() => 404));
    }
    expect(existsSync(demo.state)).toBe(false);
    expect(existsSync(join(repositoryRoot, "Pulumi.demo.yaml"))).toBe(false);

    const again = await demo.run(["--destroy"]);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("There is nothing to remove")]);
  }, 120_000);
});

describe("the demo's way out", () => {
  let demo: DemoUnderTest;
  beforeEach(async () => {
    demo = await DemoUnderTest.create({});
  });
  afterEach(() => demo.remove(), 120_000);

  it("is exit code 2 and one sentence for an option that it does not have", async () => {
    const { code, stdout, stderr } = await demo.run(["--nonsense"]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: '"--nonsense" is no option of the demo; see npm run demo -- --help.\n',
    });
  });

  it("is the reason and what to do for a cloud that does not exist", async () => {
    const { code, stderr } = await demo.run([], { OS_CLOUD: "nowhere" });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^\nThe demo failed: There is no cloud "nowhere" .*\nPut that right and run the same again/s,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("is a clean end after Ctrl-C, from which the next run goes on", async () => {
    const child = spawn(process.execPath, demoScript, {
      cwd: repositoryRoot,
      env: demo.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close");
    let output = "";
    for (const stream of [child.stdout, child.stderr] as Readable[]) {
      stream.setEncoding("utf8").on("data", (text) => {
        const before = output;
        output += text;
        if (/ creating/.test(output) && !/ creating/.test(before)) child.kill("SIGINT");
      });
    }
    const [code] = await ended;
    expect([code, output]).toEqual([130, expect.stringContaining("Stopped. The next run goes on from here")]);

    const keystone = /Keystone is (\S+),/.exec(output)?.[1] ?? "";
    await expect(fetch(keystone)).rejects.toThrow();
    const next = await demo.run(["--run", "pulumi", "up", "--yes", "--skip-preview"]);
    expect(next.code).toBe(0);
    expect(Object.keys(await demo.ids()).sort()).toEqual([...imageNames].sort());
  }, 300_000);
});
