import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

/** Programs without a TypeScript of their own are compiled by the one that Pulumi brings along. */
const ts = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js") as typeof import("typescript");

const program = mkdtempSync(join(tmpdir(), "typescript-"));
mkdirSync(join(program, "node_modules"));
symlinkSync(root, join(program, "node_modules/pulumi-glance"));
symlinkSync(join(root, "node_modules/@pulumi"), join(program, "node_modules/@pulumi"));
afterAll(() => rmSync(program, { recursive: true }));

function errorsIn(text: string): string[] {
  const source = join(program, "index.ts");
  writeFileSync(source, text);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    moduleResolution: ts.ModuleResolutionKind.NodeJs,
  };
  const compiled = ts.createProgram([source], { ...options, target: ts.ScriptTarget.ES2019 });
  // Declarations of other packages may be newer than this compiler; ours and the program's must not be.
  return ts
    .getPreEmitDiagnostics(compiled)
    .filter(
      ({ file }) => file === undefined || file.fileName === source || file.fileName.startsWith(join(root, "dist")),
    )
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

const names =
  "Image, ImageMember, ImageMemberStatus, ImageProperties, MetadefNamespace, getImage, getImages, getImageOutput, getStores, getStoresOutput, " +
  "getImportMethodsOutput, getUsage, getImageTasks, getImageTasksOutput";
const prelude = `import { ${names} } from "pulumi-glance";\n`;

test("a program with every kind of input compiles", () => {
  const text = `${prelude}
    const base = new Image("base", { diskFormat: "qcow2", containerFormat: "bare", localFile: "a.qcow2", tags: ["a"] });
    export const next = new Image("next", {
      name: base.name, minDisk: base.minDisk, visibility: "private", tags: [base.id], properties: { from: base.id },
    }, { parent: base });
    export const found = getImageOutput({ name: base.name }).id;
    export const size: Promise<number | undefined> = getImage({ tags: ["a"], mostRecent: true }).then((image) => image.size);
    const member = new ImageMember("member", { imageId: base.id, memberId: "p1" });
    new ImageMemberStatus("answer", { imageId: member.imageId, status: "accepted", cloud: "edge" });
    const properties = new ImageProperties("properties", { imageId: base.id, properties: { from: next.id }, api: "compute" });
    export const from = properties.properties.apply((all) => all.from);
    const bus = { title: base.id, type: "string" as const, enum: [base.id, "spi"], items: { type: "string" as const } };
    new MetadefNamespace("sensors", {
      namespace: "Acme::Sensors", visibility: "public", tags: [base.id], properties: { bus },
      objects: [{ name: "lens", properties: { bus } }], resourceTypeAssociations: [{ name: "OS::Glance::Image" }],
    });
    export const store: Promise<string | undefined> = getStores().then((result) => result.defaultStore);
    export const stores = getStoresOutput({ region: base.region }).apply((result) => result.stores.map(({ id }) => id));
    export const methods = getImportMethodsOutput().apply((result) => result.methods.includes("web-download"));
    export const left = getUsage({ cloud: "edge" }).then(({ quotas }) => quotas.map(({ remaining = Infinity }) => remaining));
    export const why = getImageTasksOutput({ imageId: base.id }).apply(({ tasks }) => tasks.map(({ message }) => message));
    export const when = getImageTasks({ imageId: "a", api: "v2" }).then(({ tasks }) => tasks.map((task) => task.createdAt));
    export const ids: Promise<string[]> = getImages({ visibility: "all" }).then((result) => result.ids);
  `;
  expect(errorsIn(text)).toEqual([]);
});

test.each([
  ["a wrong type", 'new Image("a", { minDisk: "5" });'],
  ["an input that does not exist", 'new Image("a", { colour: "red" });'],
  ["an unknown visibility", 'new Image("a", { visibility: "secret" });'],
  ["a member of no image", 'new ImageMember("a", { memberId: "p1" });'],
  ["properties that are none", 'new ImageProperties("a", { imageId: "a", properties: ["b"] });'],
  ["tasks of no image", "getImageTasks({});"],
  ["an unknown answer", 'new ImageMemberStatus("a", { imageId: "a", status: "maybe" });'],
  ["a property of no type", 'new MetadefNamespace("a", { namespace: "a", properties: { b: { title: "B" } } });'],
  [
    "a default that is no text",
    'new MetadefNamespace("a", { namespace: "a", properties: { b: { title: "B", type: "integer", default: 5 } } });',
  ],
])("%s does not", (_name, line) => {
  expect(errorsIn(prelude + line)).not.toEqual([]);
});
