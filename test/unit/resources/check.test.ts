import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capabilitiesOf } from "../../../provider/glance/discover";
import { checkImage } from "../../../provider/resources/image/check";
import { unknown } from "../../../provider/resources/unknown";

const directory = mkdtempSync(join(tmpdir(), "check-"));
writeFileSync(join(directory, "disk.raw"), "abc");
writeFileSync(join(directory, "empty.raw"), "");
mkdirSync(join(directory, "folder"));
afterAll(() => rmSync(directory, { recursive: true }));

const check = (inputs: Record<string, unknown>) =>
  checkImage(inputs, {
    directory,
    connect: () => Promise.reject(new Error("check must not ask the cloud")),
    capabilities: ({ api }) => capabilitiesOf(api),
  });

const formats = { diskFormat: "raw", containerFormat: "bare" };

test.each<[string, Record<string, unknown>, string, RegExp]>([
  ["a name that is no string", { name: 5 }, "name", /must be a string/],
  ["a name too long", { name: "x".repeat(256) }, "name", /at most 255/],
  ["a name with an emoji", { name: "debian 🐧" }, "name", /emoji/],
  ["a format in capitals", { diskFormat: "QCOW2" }, "diskFormat", /lower-case/],
  ["a format with blanks", { containerFormat: "bare " }, "containerFormat", /lower-case/],
  ["a negative size", { minDisk: -1 }, "minDisk", /negative/],
  ["a fraction of a size", { minRam: 1.5 }, "minRam", /whole number of MiB/],
  ["a size as text", { minDisk: "5" }, "minDisk", /whole number of GiB/],
  ["a size beyond 2^31", { minRam: 2 ** 31 }, "minRam", /at most 2147483647/],
  ["an unknown visibility", { visibility: "secret" }, "visibility", /public, private, shared, community/],
  ["a flag as text", { protected: "true" }, "protected", /true or false/],
  ["hidden as a number", { hidden: 1 }, "hidden", /true or false/],
  ["deactivated as text", { deactivated: "yes" }, "deactivated", /true or false/],
  ["tags that are no list", { tags: "linux" }, "tags", /list of strings/],
  ["a tag that is no string", { tags: ["a", 7] }, "tags[1]", /must be a string/],
  ["a tag too long", { tags: ["x".repeat(256)] }, "tags[0]", /at most 255/],
  ["a property that is no string", { properties: { hw_cpu: 4 } }, 'properties["hw_cpu"]', /must be a string/],
  ["properties that are no map", { properties: ["a"] }, "properties", /map of strings/],
  ["an attribute as property", { properties: { min_disk: "5" } }, 'properties["min_disk"]', /use the input minDisk/],
  [
    "a read-only attribute as property",
    { properties: { checksum: "x" } },
    'properties["checksum"]',
    /image service only/,
  ],
  ["a reserved property", { properties: { os_glance_x: "x" } }, 'properties["os_glance_x"]', /own/],
  ["our own property", { properties: { pulumi_glance_urn: "x" } }, 'properties["pulumi_glance_urn"]', /marks/],
  ["a property that Glance loses", { properties: { member: "x" } }, 'properties["member"]', /cannot store/],
  ["a property in blanks", { properties: { " a": "x" } }, 'properties[" a"]', /blanks/],
  ["a property without a name", { properties: { "": "x" } }, 'properties[""]', /empty/],
  ["a URL of another scheme", { copyFrom: "ftp://x/y", ...formats }, "copyFrom", /http or https/],
  ["no URL", { copyFrom: "debian.qcow2", ...formats }, "copyFrom", /http or https/],
  ["two sources", { copyFrom: "http://x/y", localFile: "disk.raw", ...formats }, "copyFrom", /not both/],
  ["a source without diskFormat", { localFile: "disk.raw", containerFormat: "bare" }, "diskFormat", /needed/],
  ["a source without containerFormat", { copyFrom: "http://x/y", diskFormat: "raw" }, "containerFormat", /needed/],
  ["a missing file", { localFile: "none.raw", ...formats }, "localFile", /no file "none.raw".*relative to/],
  ["an empty file", { localFile: "empty.raw", ...formats }, "localFile", /is empty/],
  ["a folder", { localFile: "folder", ...formats }, "localFile", /not a file/],
  ["an id that is no UUID", { imageId: "abc" }, "imageId", /UUID/],
  ["an empty owner", { owner: "" }, "owner", /empty/],
  ["an empty region", { region: "" }, "region", /empty/],
  ["a wait of no time", { waitTimeout: 0 }, "waitTimeout", /more than 0/],
  ["an input misspelled", { minram: 5 }, "minram", /did you mean minRam/],
  ["an input in Glance's spelling", { disk_format: "raw" }, "disk_format", /did you mean diskFormat/],
  ["an input that does not exist", { colour: "red" }, "colour", /the inputs are name/],
])("%s is a failure at its path", async (_name, inputs, property, reason) => {
  const { failures } = await check(inputs);
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test("several failures are told at once", async () => {
  const { failures } = await check({ name: 1, minDisk: -1, tags: [2] });
  expect(failures.map(({ property }) => property)).toEqual(["name", "minDisk", "tags[0]"]);
});

test("good inputs pass as they are, with the hash of the file's content", async () => {
  const inputs = {
    name: "debian",
    tags: ["a", ""],
    properties: { "trait:CUSTOM_X": "required" },
    localFile: "disk.raw",
    ...formats,
  };
  const { inputs: checked, failures } = await check(inputs);
  expect(failures).toEqual([]);
  expect(checked).toEqual({
    ...inputs,
    localFileHash: "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
});

test("null counts as not declared", async () => {
  expect(await check({ name: "a", tags: null })).toEqual({ inputs: { name: "a" }, failures: [] });
});

test("what a preview does not know passes at any depth, and the known rest is still checked", async () => {
  const inputs = {
    name: unknown,
    localFile: unknown,
    diskFormat: unknown,
    containerFormat: "bare",
    tags: ["a", unknown],
    properties: { a: unknown, min_ram: unknown },
  };
  const { failures } = await check(inputs);
  expect(failures).toEqual([{ property: 'properties["min_ram"]', reason: expect.stringMatching(/minRam/) }]);
});

describe("what the chosen image API cannot carry", () => {
  test.each<[string, object, RegExp[]]>([
    ["v2", { tags: ["a"], hidden: true, deactivated: false, name: " a", properties: { A: "" } }, []],
    ["v1", { hidden: true }, [/^hidden: the Image API v1 does not carry it/]],
    ["v1", { name: " a" }, [/^name: begins or ends with a blank, which the Image API v1/]],
    [
      "v1",
      { properties: { a: "", b: "l1\nl2", c: "\ud800", D: "x" } },
      [/"a".* is empty/, /"b".*line break/, /"c".*no Unicode/, /"D".*upper case/],
    ],
    ["platform9", { properties: { pf9_path: "x" } }, [/pf9_path.*Platform9 itself/]],
    ["compute", { name: "a" }, [/^: the Compute API creates and changes no images; the Image API v2 .*api: v2.* do/]],
    ["alliance", { protected: true, name: "a" }, [/^protected: the Alliance Glance API does not carry it/]],
  ])("%s: %j", async (api, inputs, expected) => {
    const { failures } = await check({ api, ...inputs });
    expect(failures.map(({ property, reason }) => `${property}: ${reason}`)).toEqual(
      expected.map((pattern) => expect.stringMatching(pattern)),
    );
  });

  test("is not asked of an API that does not exist", async () => {
    const { failures } = await check({ api: "v3", hidden: true });
    expect(failures).toEqual([{ property: "api", reason: expect.stringMatching(/must be one of auto, v2/) }]);
  });

  test("is left open while the API is to be discovered, or not known yet", async () => {
    expect((await check({ api: "auto", hidden: true })).failures).toEqual([]);
    expect((await check({ api: unknown, hidden: true })).failures).toEqual([]);
  });
});
