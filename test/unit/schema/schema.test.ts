import { readFileSync } from "node:fs";
import { join } from "node:path";
import { secretKeys } from "../../../provider/resources/config";
import { diffImage } from "../../../provider/resources/image/diff";
import type { CheckedImageInputs, ImageState } from "../../../provider/resources/image/types";
import type { ObjectSpec, PackageSpec, PropertySpec } from "../../../provider/schema/pulumi";
import { repositoryRoot } from "../../../scripts/tools";
import type { ProviderName } from "../../../sdk/nodejs/providerText";
import { typeOf } from "../../../sdk/nodejs/resource";

const schema: PackageSpec = JSON.parse(readFileSync(join(repositoryRoot, "schema.json"), "utf8"));

const named = <T>(record: Record<string, T>, name: string): T => {
  const found = record[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const image = named(schema.resources, "glance:index:Image");
const objects: Record<string, Record<string, PropertySpec>> = {
  configuration: schema.config.variables,
  provider: schema.provider.inputProperties,
  Image: image.properties ?? {},
  "inputs of Image": image.inputProperties,
  ...Object.fromEntries(
    Object.entries(schema.functions).flatMap(([token, { inputs, outputs }]) => [
      [`inputs of ${token}`, inputs.properties],
      [`outputs of ${token}`, outputs.properties],
    ]),
  ),
};
const namesWhere = (properties: Record<string, PropertySpec>, holds: (property: PropertySpec) => unknown) =>
  Object.keys(properties).filter((name) => holds(named(properties, name)));

it("offers the resources and the functions", () => {
  expect(schema.name).toBe("glance");
  expect(Object.keys(schema.resources)).toEqual([
    "glance:index:Image",
    "glance:index:ImageMember",
    "glance:index:ImageMemberStatus",
    "glance:index:ImageProperties",
    "glance:index:MetadefNamespace",
  ]);
  expect(Object.keys(schema.functions)).toEqual([
    "glance:index:getImage",
    "glance:index:getImageTasks",
    "glance:index:getImages",
    "glance:index:getImportMethods",
    "glance:index:getStores",
    "glance:index:getUsage",
  ]);
});

it("knows every resource as the dynamic provider calls it, too", () => {
  const kinds: ProviderName[] = ["image", "imageMember", "imageMemberStatus", "imageProperties", "metadefNamespace"];
  const aliases = Object.values(schema.resources).map((resource) => resource.aliases);
  expect(aliases).toEqual(kinds.map((kind) => [{ type: typeOf(kind) }]));
});

test.each(Object.keys(objects))("every property of the %s is documented", (name) => {
  const properties = named(objects, name);
  expect(Object.keys(properties)).not.toEqual([]);
  expect(namesWhere(properties, ({ description }) => !description || description.includes("{@"))).toEqual([]);
});

it("asks for nothing but the image's id and where to look for it to get one", () => {
  expect(image.requiredInputs).toBeUndefined();
  expect(Object.keys(image.stateInputs?.properties ?? {})).toEqual(["api", "cloud", "region"]);
});

it("promises the outputs that every image has", () => {
  expect(image.required).toEqual(
    expect.arrayContaining([
      "status",
      "createdAt",
      "updatedAt",
      "minRam",
      "minDisk",
      "tags",
      "stores",
      "allProperties",
    ]),
  );
  for (const maybe of ["size", "checksum", "directUrl", "name"]) expect(image.required).not.toContain(maybe);
});

it("counts bytes in numbers, which have more than 32 bits in every language, and all else in integers", () => {
  const numbers = new Set(Object.values(objects).flatMap((one) => namesWhere(one, ({ type }) => type === "number")));
  const integers = new Set(Object.values(objects).flatMap((one) => namesWhere(one, ({ type }) => type === "integer")));
  expect([...numbers].sort()).toEqual(["size", "sizeMax", "sizeMin", "virtualSize"]);
  expect([...integers].sort()).toEqual([
    "idleTimeout",
    "limit",
    "maxBandwidth",
    "maxConcurrentTransfers",
    "maxResults",
    "minDisk",
    "minRam",
    "progress",
    "requestTimeout",
    "waitTimeout",
  ]);
});

describe("the provider's configuration", () => {
  const { variables } = schema.config;

  it("is the same as `pulumi config` keys and as arguments of a provider", () => {
    expect(schema.provider.inputProperties).toEqual(variables);
  });

  it("keeps credentials secret", () => {
    expect(namesWhere(variables, ({ secret }) => secret)).toEqual(secretKeys);
  });

  it("lets SDKs copy of OpenStack's variables only OS_CLOUD: as explicit arguments the others would beat clouds.yaml", () => {
    expect(namesWhere(variables, ({ defaultInfo }) => defaultInfo)).toEqual(["cloud", "environmentId", "targetNs"]);
    expect(variables.cloud?.defaultInfo).toEqual({ environment: ["OS_CLOUD"] });
  });
});

describe("enums", () => {
  it("gives visibility its values, and `all` to filters only", () => {
    const values = (name: string) => {
      const type = named(schema.types, `glance:index:${name}`);
      return "enum" in type ? type.enum.map(({ value }) => value) : [];
    };
    expect(values("Visibility")).toEqual(["private", "shared", "community", "public"]);
    expect(values("VisibilityFilter")).toEqual([...values("Visibility"), "all"]);
    expect(image.inputProperties.visibility?.$ref).toBe("#/types/glance:index:Visibility");
    const filters: ObjectSpec = named(schema.functions, "glance:index:getImages").inputs;
    expect(filters.properties.visibility?.$ref).toBe("#/types/glance:index:VisibilityFilter");
  });
});

describe("inputs that replace", () => {
  const before: CheckedImageInputs & { imageId: string } = {
    name: "a",
    containerFormat: "bare",
    diskFormat: "raw",
    minRam: 1,
    minDisk: 1,
    visibility: "private",
    protected: false,
    hidden: false,
    tags: ["a"],
    properties: { a: "1" },
    localFile: "a.raw",
    localFileHash: `sha256:${"a".repeat(64)}`,
    imageId: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    deactivated: false,
    owner: "a",
    cloud: "a",
    region: "a",
    api: "v2",
    waitTimeout: 1,
    members: ["p1"],
    importMethod: "auto",
    sourceHash: `md5:${"a".repeat(32)}`,
    checksumsUrl: "https://mirror.example/SHA256SUMS",
    sourceCredentials: { token: "a" },
    verify: "hash",
    decompress: "auto",
    stores: ["a"],
    allStoresMustSucceed: true,
    onDelete: "delete",
    forceUnprotect: false,
    onInUse: "fail",
  };
  const changed: Record<string, CheckedImageInputs> = {
    name: { name: "b" },
    containerFormat: { containerFormat: "ovf" },
    diskFormat: { diskFormat: "iso" },
    minRam: { minRam: 2 },
    minDisk: { minDisk: 2 },
    visibility: { visibility: "public" },
    protected: { protected: true },
    hidden: { hidden: true },
    tags: { tags: ["b"] },
    properties: { properties: { a: "2" } },
    copyFrom: { copyFrom: "https://mirror.example/b.raw" },
    localFile: { localFile: "b.raw", localFileHash: `sha256:${"b".repeat(64)}` },
    imageId: { imageId: "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" },
    deactivated: { deactivated: true },
    owner: { owner: "b" },
    cloud: { cloud: "b" },
    region: { region: "b" },
    api: { api: "v1" },
    waitTimeout: { waitTimeout: 2 },
    members: { members: ["p2"] },
    sourceImage: { sourceImage: { imageId: "2f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" } },
    importMethod: { importMethod: "upload" },
    sourceHash: { sourceHash: `md5:${"b".repeat(32)}` },
    checksumsUrl: { checksumsUrl: "https://mirror.example/MD5SUMS" },
    sourceCredentials: { sourceCredentials: { token: "b" } },
    verify: { verify: "size" },
    decompress: { decompress: "none" },
    stores: { stores: ["b"] },
    allStores: { allStores: true },
    allStoresMustSucceed: { allStoresMustSucceed: false },
    onDelete: { onDelete: "hide" },
    forceUnprotect: { forceUnprotect: true },
    onInUse: { onInUse: "retain" },
  };
  /** What stands before the change of a source that is no file. */
  const other: Record<string, CheckedImageInputs> = {
    copyFrom: { copyFrom: "https://mirror.example/a.raw" },
    sourceHash: { copyFrom: "https://mirror.example/a.raw", sourceHash: `md5:${"a".repeat(32)}` },
    sourceImage: { sourceImage: { imageId: "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" } },
  };

  it("has a case for every input", () => {
    expect(Object.keys(changed).sort()).toEqual(Object.keys(image.inputProperties).sort());
  });

  test.each(Object.keys(changed))("%s: the schema says what the diff of an active image does", (input) => {
    const { localFile, localFileHash, sourceHash, ...rest } = before;
    const inputs: CheckedImageInputs = other[input] ? { ...rest, ...other[input] } : before;
    const active = { status: "active", size: 1, createdAt: "", updatedAt: "", stores: [], allProperties: {} };
    const state = { ...rest, ...inputs, ...active } as ImageState;
    const { replaces } = diffImage(before.imageId, { inputs, state }, { ...inputs, ...changed[input] });
    expect(named(image.inputProperties, input).willReplaceOnChanges ?? false).toBe(replaces.length > 0);
  });
});
