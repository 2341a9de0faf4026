import { rawImage } from "../tools/images";
import { type Catalog, describeCatalog, said, stepsOf, succeeded } from "./catalog";
import { dynamic, native } from "./doors";

const trace = /^\s+at .*\(.*:\d+:\d+\)/m;

/** Pulumi stops at the first resource with bad inputs, so a resource here has many. */
async function isRefused(catalog: Catalog, args: Record<string, unknown>, reasons: readonly RegExp[]): Promise<void> {
  await catalog.declare({ bad: args });
  const preview = await catalog.stack.preview();
  expect(preview.code).not.toBe(0);
  for (const reason of reasons) expect(said(preview)).toMatch(reason);
  expect(said(preview).match(/has a problem/g)?.length).toBeGreaterThanOrEqual(reasons.length);
  expect(said(preview)).not.toMatch(trace);
  expect(await catalog.stack.resources()).toEqual([]);
}

describeCatalog(
  "bad input",
  (catalog) => {
    test.each<[string, Record<string, unknown>, RegExp[]]>([
      [
        "values",
        {
          name: "🐧",
          diskFormat: "QCOW2",
          minDisk: -1,
          minRam: 1.5,
          tags: ["a", "x".repeat(256)],
          properties: { min_disk: "5", checksum: "x", member: "x", os_glance_x: "x", " blank": "x" },
          copyFrom: "ftp://mirror/x",
          imageId: "abc",
          owner: "",
          waitTimeout: 0,
        },
        [
          /property name .*emoji/,
          /property diskFormat .*lower-case/,
          /property minDisk .*negative/,
          /property minRam .*whole number of MiB/,
          /property tags\[1\] .*at most 255/,
          /property properties\["min_disk"\] .*use the input minDisk/,
          /property properties\["checksum"\] .*image service only/,
          /property properties\["member"\] .*cannot store/,
          /property properties\["os_glance_x"\] .*own/,
          /property properties\[" blank"\] .*blanks/,
          /property copyFrom .*http or https/,
          /property imageId .*UUID/,
          /property owner .*empty/,
          /property waitTimeout .*more than 0/,
        ],
      ],
      [
        "sources",
        { copyFrom: "http://mirror/x", localFile: "none.raw", minDisk: 2 ** 31 },
        [
          /property copyFrom .*not both/,
          /property localFile .*no file .*none\.raw/,
          /property diskFormat .*needed/,
          /property containerFormat .*needed/,
          /property minDisk .*at most 2147483647/,
        ],
      ],
    ])("%s: each is told at its path, before anything is made", (_name, args, reasons) =>
      isRefused(catalog(), args, reasons),
    );
  },
  [dynamic, native],
);

/** What languages with types refuse themselves. */
describeCatalog("bad input without types", (catalog) => {
  test("names and types: each is told at its path, before anything is made", () =>
    isRefused(
      catalog(),
      {
        containerFormat: 7,
        visibility: "secret",
        protected: "true",
        hidden: 1,
        deactivated: "no",
        tags: ["a", 7],
        properties: { number: 4 },
        minram: 5,
        colour: "red",
      },
      [
        /property containerFormat .*must be a string/,
        /property visibility .*must be one of public, private, shared, community/,
        /property protected .*true or false/,
        /property hidden .*true or false/,
        /property deactivated .*true or false/,
        /property tags\[1\] .*must be a string/,
        /property properties\["number"\] .*must be a string/,
        /property minram .*did you mean minRam/,
        /property colour .*the inputs are name/,
      ],
    ));

  test("a preview in which every input comes from another resource, and the up after it", async () => {
    const copyFrom = catalog().mirror.set("/known.raw", rawImage(5000));
    await catalog().stack.write(
      "index.js",
      `const pulumi = require("@pulumi/pulumi");
       const { Image } = require("pulumi-glance");
       class Source extends pulumi.dynamic.Resource {
         constructor(name, outs) {
           super({ async create(inputs) { return { id: "s", outs: inputs.outs }; } }, name,
             { outs, ...Object.fromEntries(Object.keys(outs).map((key) => [key, undefined])) });
         }
       }
       const source = new Source("source", {
         name: "unknown-at-first", diskFormat: "raw", containerFormat: "bare", minDisk: 1, minRam: 2, visibility: "private",
         protected: false, hidden: false, tags: ["t"], properties: { p: "q" }, copyFrom: "${copyFrom}", waitTimeout: 60,
       });
       const { name, diskFormat, containerFormat, minDisk, minRam, visibility, tags, properties, copyFrom, waitTimeout } = source;
       exports.id = new Image("image", { name, diskFormat, containerFormat, minDisk, minRam, visibility,
         protected: source.protected, hidden: source.hidden, tags, properties, copyFrom, waitTimeout }).id;`,
    );
    expect(stepsOf(succeeded(await catalog().stack.preview()))).toEqual({ image: "create" });
    succeeded(await catalog().stack.up());
    const { id } = await catalog().ids();
    expect(await catalog().image(id)).toMatchObject({
      name: "unknown-at-first",
      status: "active",
      min_disk: 1,
      tags: ["t"],
      p: "q",
    });
  });
});
