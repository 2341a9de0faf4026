// The image catalog of a cloud: every entry of images.yaml is an image. Review a change of that file, merge it, run `pulumi up`.
const { readFileSync } = require("node:fs");
const { Image } = require("pulumi-glance");
const { parse } = require("yaml");

const catalog = parse(readFileSync(process.env.IMAGE_CATALOG ?? "images.yaml", "utf8"));

for (const [name, inputs] of Object.entries(catalog)) {
  exports[name] = new Image(name, inputs).id;
}
