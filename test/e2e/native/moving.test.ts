import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { type ImageBody, User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import { entryOf } from "../../tools/clouds/environment";
import type { CloudUnderTest } from "../../tools/clouds/types";
import { FileServer } from "../../tools/fileServer";
import { rawImage } from "../../tools/images";
import { installNodeSdk } from "../../tools/nodeSdk";
import { type PulumiResult, TestStack } from "../../tools/pulumi";
import { said, succeeded } from "../catalog";
import { plugins, yamlProgram } from "../doors";

const secret = "only-for-those-who-pay";

/** One resource of each type; the first image is shared, the second has what the others of a program need. */
interface Declared {
  file: Record<string, unknown>;
  url: Record<string, unknown>;
  member: Record<string, unknown>;
  answer: Record<string, unknown>;
  properties: Record<string, unknown>;
  namespace: Record<string, unknown>;
}

/** The files of a program, as somebody writes them who uses the package `module`. */
function nodeProgram(module: string, declared: Declared, old?: (type: string) => string) {
  const options = (type: string) => JSON.stringify(old ? { aliases: [{ type: old(type) }] } : {});
  return {
    "Pulumi.yaml": JSON.stringify({
      name: "trial",
      runtime: { name: "nodejs", options: { typescript: false } },
      plugins,
    }),
    "declared.json": JSON.stringify(declared),
    "index.js": `
const pulumi = require("@pulumi/pulumi");
const { Image, ImageMember, ImageMemberStatus, ImageProperties, MetadefNamespace } = require("${module}");
const { file, url, member, answer, properties, namespace } = require("./declared.json");
const shared = new Image("file", file, ${options("Image")});
const imported = new Image("url", { ...url, properties: { license: pulumi.secret("${secret}") } }, ${options("Image")});
const membership = new ImageMember("member", { imageId: shared.id, ...member }, ${options("ImageMember")});
new ImageMemberStatus("answer", { imageId: membership.imageId, ...answer }, ${options("ImageMemberStatus")});
new ImageProperties("properties", { imageId: imported.id, ...properties }, ${options("ImageProperties")});
new MetadefNamespace("namespace", namespace, ${options("MetadefNamespace")});
`,
  };
}

function yamlFiles({ file, url, member, answer, properties, namespace }: Declared) {
  const of = (path: string) => `\${${path}}`;
  const imported = { ...url, properties: { license: { "fn::secret": secret } } };
  const resources = {
    file: { type: "glance:Image", properties: file },
    url: { type: "glance:Image", properties: imported },
    member: { type: "glance:ImageMember", properties: { imageId: of("file.id"), ...member } },
    answer: { type: "glance:ImageMemberStatus", properties: { imageId: of("member.imageId"), ...answer } },
    properties: { type: "glance:ImageProperties", properties: { imageId: of("url.id"), ...properties } },
    namespace: { type: "glance:MetadefNamespace", properties: namespace },
  };
  return { "Pulumi.yaml": yamlProgram({ resources }) };
}

const before = (declared: Declared) => nodeProgram("pulumi-glance", declared);

const destinations: [title: string, program: (declared: Declared) => Record<string, string>][] = [
  ["YAML", yamlFiles],
  ["the plugin's Node SDK", (declared) => nodeProgram("pulumi-glance-native", declared)],
];

jest.setTimeout(180_000);

describe.each(destinations)("a stack of the dynamic provider moves to %s", (_, after) => {
  describeClouds("with all its resources", (cloud) => {
    let stack: TestStack;
    let web: FileServer;
    let declared: Declared;
    /** As the dynamic provider made them. */
    let ids: Record<string, string>;
    let images: ImageBody[];
    const user = new User(cloud, cloud.demo, () => {});

    beforeAll(async () => {
      web = await FileServer.start({ "/small.raw": rawImage(50_000, "url") });
      declared = await everyType(cloud, web.url("/small.raw"));
      const clouds = {
        demo: entryOf(cloud, cloud.demo),
        alt: entryOf(cloud, cloud.alt),
        root: entryOf(cloud, cloud.admin),
      };
      stack = await TestStack.create({ files: { ...before(declared), "clouds.yaml": stringify({ clouds }) } });
      await installNodeSdk(dirname(stack.folder));
      await writeFile(join(stack.folder, "disk.raw"), rawImage(100_000, "file"));
      await stack.setConfig("glance:cloud", "demo");
      succeeded(await stack.up());
      ids = await idsIn(stack);
      images = await look();
    }, 180_000);
    afterAll(async () => {
      await stack?.destroy();
      await stack?.remove();
      await web?.close();
    }, 120_000);

    const write = async (files: Record<string, string>) => {
      for (const [path, text] of Object.entries(files)) await stack.write(path, text);
    };
    const look = () =>
      Promise.all([ids.file, ids.url].map(async (id) => (await user.show(id as string)).body as ImageBody));

    test("everything is there before", () => {
      expect(Object.keys(ids).sort()).toEqual(Object.keys(declared).sort());
      expect(images.map(({ status }) => status)).toEqual(["active", "active"]);
    });

    test("the preview finds nothing to do", async () => {
      await write(after(declared));
      expect(opsOf(succeeded(await stack.preview()))).toEqual(["same"]);
    });

    test("up changes no image and no id, and another one nothing at all", async () => {
      expect(opsOf(succeeded(await stack.up()))).toEqual(["same"]);
      expect(await idsIn(stack)).toEqual(ids);
      expect(await typesIn(stack)).toEqual(["glance:index"]);
      expect(await look()).toEqual(images);
      expect(succeeded(await stack.up()).summary).toEqual({ same: 7 });
    });

    test("a refresh finds no difference and clears away what only the dynamic provider needs", async () => {
      expect(opsOf(succeeded(await stack.refresh()))).toEqual(["refresh"]);
      const resources = await stack.resources();
      expect(resources.flatMap(({ outputs = {} }) => Object.keys(outputs)).filter(isHidden)).toEqual([]);
      expect(JSON.stringify(resources)).not.toContain(secret);
      expect(succeeded(await stack.up()).summary).toEqual({ same: 7 });
    });

    test("the resources change in place from then on", async () => {
      const changed = { ...declared, file: { ...declared.file, tags: ["moved"] } };
      await write(after(changed));
      expect(stepsOf(succeeded(await stack.up()))).toEqual({ file: "update" });
      expect(await look()).toMatchObject([{ tags: ["moved"] }, {}]);
      await write(after(declared));
      succeeded(await stack.up());
      images = await look();
    });

    test("the way back keeps the images, too", async () => {
      await write(nodeProgram("pulumi-glance", declared, (type) => `glance:index:${type}`));
      expect(opsOf(succeeded(await stack.up()))).toEqual(["update"]);
      expect(await idsIn(stack)).toEqual(ids);
      expect(await typesIn(stack)).toEqual(["pulumi-nodejs:dynamic/glance"]);
      expect(await look()).toEqual(images);
      await write(before(declared));
      expect(succeeded(await stack.up()).summary).toEqual({ same: 7 });
      expect(opsOf(succeeded(await stack.refresh()))).toEqual(["refresh"]);
    });

    test("and there again; destroy then leaves nothing", async () => {
      await write(after(declared));
      expect(opsOf(succeeded(await stack.up()))).toEqual(["same"]);
      expect(await idsIn(stack)).toEqual(ids);
      succeeded(await stack.destroy());
      expect(await stack.resources()).toEqual([]);
      for (const id of [ids.file, ids.url]) expect((await user.show(id as string)).status).toBe(404);
    });
  });
});

async function everyType(cloud: CloudUnderTest, url: string): Promise<Declared> {
  const { projectId } = await new User(cloud, cloud.alt, () => {}).logIn();
  const raw = { diskFormat: "raw", containerFormat: "bare" };
  const plain = { name: "moving-file", minDisk: 2, tags: ["a", "b"], properties: { os_distro: "debian" } };
  return {
    file: { ...raw, ...plain, localFile: "disk.raw", visibility: "shared", imageId: crypto.randomUUID() },
    url: { ...raw, name: "moving-url", copyFrom: url },
    member: { memberId: projectId },
    answer: { status: "accepted", cloud: "alt" },
    properties: { properties: { hw_disk_bus: "virtio" } },
    namespace: {
      namespace: `E2E::Moving::${crypto.randomUUID()}`,
      cloud: "root",
      properties: { bus: { title: "Bus", type: "string", enum: ["i2c", "spi"] } },
      tags: ["edge"],
    },
  };
}

/** Ids by name. */
async function idsIn(stack: TestStack): Promise<Record<string, string>> {
  const resources = await stack.resources();
  return Object.fromEntries(resources.map(({ urn, id }) => [urn.slice(urn.lastIndexOf("::") + 2), id ?? ""]));
}

/** Where the types of the resources belong to, each once. */
async function typesIn(stack: TestStack): Promise<string[]> {
  const resources = await stack.resources();
  return [...new Set(resources.map(({ type }) => type.slice(0, type.lastIndexOf(":"))))];
}

const isOurs = (urn: string) => urn.includes("glance:") && !urn.includes("pulumi:providers:");
const isHidden = (name: string) => name.startsWith("__");

/** What happened to the resources, each kind of step once. */
function opsOf({ steps, ...result }: PulumiResult): string[] {
  const ours = steps.filter(({ urn }) => isOurs(urn));
  if (ours.length < 6) throw new Error(`there are steps for ${ours.length} resources only:\n${said(result)}`);
  return [...new Set(ours.map(({ op }) => op))];
}

/** What happened to each resource, by name; unchanged ones are left out. */
function stepsOf({ steps }: PulumiResult): Record<string, string> {
  const changed = steps.filter(({ urn, op }) => isOurs(urn) && op !== "same");
  return Object.fromEntries(changed.map(({ name, op }) => [name, op]));
}
