import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { goModules, repositoryRoot } from "../../scripts/tools";
import { type ImageBody, User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { execute } from "../tools/execute";
import { FileServer } from "../tools/fileServer";
import { qcow2Image } from "../tools/images";
import { installNodeSdk } from "../tools/nodeSdk";
import { TestStack } from "../tools/pulumi";
import { installPythonSdk } from "../tools/pythonSdk";
import { said, succeeded } from "./catalog";
import { pluginFolder } from "./doors";

const examples = join(repositoryRoot, "examples");

interface Runnable {
  example: string;
  /** Installs an SDK below a folder and returns the variables of the CLI with which programs find it. */
  install?: (folder: string) => Promise<Record<string, string>>;
  /** Puts an SDK into the folder above the program's. */
  place?: (folder: string) => Promise<void>;
}

const runnable: Runnable[] = [
  { example: "yaml" },
  { example: "nodejs" },
  { example: "nodejs-native", place: installNodeSdk },
  { example: "python", install: installPythonSdk },
];

jest.setTimeout(180_000);

/** What of an example is kept in the repository, by name. */
async function filesOf(example: string): Promise<Record<string, string>> {
  const files = await readdir(join(examples, example), { withFileTypes: true });
  const names = files.filter((file) => file.isFile() && file.name !== "blank.raw").map(({ name }) => name);
  const texts = names.map(async (name) => [name, await readFile(join(examples, example, name), "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** The files of an example, with the plugin found from anywhere. */
async function filesToRun(example: string): Promise<Record<string, string>> {
  const files = await filesOf(example);
  const path = `path: ${relative(join(examples, example), pluginFolder)}`;
  return { ...files, "Pulumi.yaml": (files["Pulumi.yaml"] ?? "").replace(path, `path: ${pluginFolder}`) };
}

describe.each(runnable)("the example $example", ({ example, install, place }) => {
  describeClouds("as its README says", (cloud) => {
    let folder: string;
    let stack: TestStack;
    let web: FileServer;
    const user = new User(cloud, cloud.demo, () => {});

    beforeAll(async () => {
      web = await FileServer.start({ "/debian.qcow2": qcow2Image(2 ** 30) });
      folder = await mkdtemp(join(tmpdir(), "pulumi-glance-example-"));
      const env = { ...environmentOf(cloud, cloud.demo), ...(await install?.(folder)) };
      stack = await TestStack.create({ files: await filesToRun(example), env });
      await place?.(dirname(stack.folder));
      await stack.setConfig("imageUrl", web.url("/debian.qcow2"));
      await stack.write("blank.raw", Buffer.alloc(2 ** 20));
    }, 180_000);
    afterAll(async () => {
      await stack?.destroy();
      await stack?.remove();
      await web?.close();
      await rm(folder, { recursive: true, force: true });
    }, 120_000);

    const images = async () => {
      const { debianId, blankId } = (await stack.outputs()) as Record<string, string>;
      return Promise.all([debianId, blankId].map((id) => user.show(id as string)));
    };

    test("makes both images and looks them up", async () => {
      succeeded(await stack.up());
      const [debian, blank] = (await images()).map(({ body }) => body as ImageBody);
      expect(debian).toMatchObject({
        name: "debian-13",
        status: "active",
        disk_format: "qcow2",
        container_format: "bare",
        visibility: "private",
        min_disk: 3,
        os_distro: "debian",
        os_version: "13",
        hw_disk_bus: "virtio",
      });
      expect(debian?.tags.sort()).toEqual(["debian", "lts"]);
      expect(blank).toMatchObject({
        name: "blank-disk",
        status: "active",
        disk_format: "raw",
        size: 2 ** 20,
        visibility: "shared",
        tags: ["data"],
        hw_disk_bus: "scsi",
        hw_scsi_model: "virtio-scsi",
      });
      expect(web.requests).toContain("GET /debian.qcow2");
      expect((await stack.outputs()).largest).toBe("blank-disk");
    });

    test("changes nothing when it is run again", async () => {
      expect(succeeded(await stack.up()).summary).toEqual({ same: 3 });
    });

    test("leaves nothing behind", async () => {
      const made = (await images()).map(({ body }) => (body as ImageBody).id);
      succeeded(await stack.destroy());
      expect(await stack.resources()).toEqual([]);
      for (const id of made) expect((await user.show(id)).status).toBe(404);
    });
  });
});

const isOnPath = (name: string) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));

describe("the examples of compiled languages", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-glance-examples-"));
    for (const path of ["examples/go", "examples/dotnet", "sdk/go", "sdk/dotnet"]) {
      await cp(join(repositoryRoot, path), join(folder, path), { recursive: true });
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const compile = async (language: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}) => {
    const options = { cwd: join(folder, "examples", language), env: { ...process.env, ...env }, timeout: 600 };
    const result = await execute(command, args, options);
    expect([result.code, said(result)]).toEqual([0, expect.any(String)]);
  };

  const withTool = (name: string) => (isOnPath(name) ? test : test.skip);

  withTool("go")(
    "the Go example is well formed",
    () => compile("go", "go", ["build", "-o", join(folder, "program"), "."], { GOMODCACHE: goModules() }),
    610_000,
  );

  withTool("dotnet")("the C# example is well formed", () => compile("dotnet", "dotnet", ["build"]), 610_000);
});
