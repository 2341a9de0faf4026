import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { repositoryRoot, withoutCallersClouds } from "../../scripts/tools";
import { cloudsUnderTest, cloudTitle } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import type { CloudUnderTest } from "../tools/clouds/types";
import { execute } from "../tools/execute";
import { FileServer } from "../tools/fileServer";
import { qcow2Image } from "../tools/images";

const script = ["--import", "tsx", "scripts/demo.ts"];
const names = ["debian-13", "ubuntu-24.04", "rocky-9-uefi", "alpine-3.22", "rescue-13", "debian-12"];

/** The demo with a state folder of its own. */
class DemoUnderTest {
  private constructor(
    readonly state: string,
    private readonly cloud: NodeJS.ProcessEnv,
  ) {}

  static async create(cloud: NodeJS.ProcessEnv): Promise<DemoUnderTest> {
    return new DemoUnderTest(join(await mkdtemp(join(tmpdir(), "pulumi-glance-demo-")), "state"), cloud);
  }

  get env(): NodeJS.ProcessEnv {
    const { NODE_OPTIONS, ...env } = withoutCallersClouds(process.env);
    return { ...env, DEMO_STATE_DIR: this.state, ...this.cloud };
  }

  run(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    return execute(process.execPath, [...script, ...args], {
      cwd: repositoryRoot,
      env: { ...this.env, ...env },
      timeout: 240,
    });
  }

  async remove(): Promise<void> {
    await this.run(["--destroy"]);
    await rm(join(this.state, ".."), { recursive: true, force: true });
  }
}

/** The table that the demo prints, row by row, by the name of the image without the demo's ending. */
function tableIn(output: string): Record<string, Record<string, string>> {
  const lines = output.split("\n").map((line) => line.trim());
  const from = lines.findIndex((line) => line.startsWith("NAME "));
  const cells = (line: string) => line.split(/ {2,}/);
  const headings = cells(lines[from] ?? "");
  const rows = lines.slice(from + 2, from + 2 + names.length).map(cells);
  return Object.fromEntries(
    rows.map((row) => [
      row[0]?.replace(/-[0-9a-f]{4}$/, "") ?? "",
      Object.fromEntries(headings.map((heading, column) => [heading, row[column] ?? ""])),
    ]),
  );
}

/** What is below the heading with `title`. */
function section(output: string, title: string): string {
  const parts = output.split(/^\d+\. /m);
  return parts.find((part) => part.startsWith(title)) ?? `there is no "${title}" in:\n${output}`;
}

async function ids(demo: DemoUnderTest): Promise<Record<string, string>> {
  const { stdout } = await demo.run(["--run", "pulumi", "stack", "output", "--json"]);
  return JSON.parse(stdout.slice(stdout.indexOf("{")));
}

const variablesOf = (cloud: CloudUnderTest) => (cloud.name === "local" ? {} : environmentOf(cloud, cloud.demo));

describe.each(cloudsUnderTest().map((cloud) => [cloudTitle(cloud.name), cloud] as const))("%s", (_title, cloud) => {
  describe("the demo", () => {
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
      expect(Object.keys(table)).toEqual(names);
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

      made = await ids(demo);
      const applied = section(stdout, "The change is applied");
      expect(applied).toContain(`PATCH /v2/images/${made["debian-13"]}`);
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
        expect(await ids(demo)).toEqual(made);
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
      const { code, stdout } = await demo.run(["--destroy"]);
      expect(code).toBe(0);
      expect(section(stdout, "Protection is switched off")).toContain("~ 1 updated");
      expect(section(stdout, "What the image service says")).toContain("finds no image any more");
      expect(existsSync(demo.state)).toBe(false);
      expect(existsSync(join(repositoryRoot, "Pulumi.demo.yaml"))).toBe(false);

      const again = await demo.run(["--destroy"]);
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("There is nothing to remove")]);
    }, 120_000);
  });
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
    const child = spawn(process.execPath, script, {
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
    expect(Object.keys(await ids(demo)).sort()).toEqual([...names].sort());
  }, 300_000);
});
