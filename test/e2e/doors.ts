import { join } from "node:path";
import { repositoryRoot } from "../../scripts/tools";

/** Inputs by resource name; `options` are the resource's options. */
export type Declared = Record<string, Record<string, unknown>>;

/** One of the ways in which a program declares images. */
export interface Door {
  name: "dynamic" | "native";
  /** Type of an image as the engine calls it. */
  imageType: string;
  /** Files of a program that declares the images and has their ids as outputs. */
  program(images: Declared): Record<string, string>;
}

/** A Node program with the dynamic provider of this package. */
export const dynamic: Door = {
  name: "dynamic",
  imageType: "pulumi-nodejs:dynamic/glance:Image",
  program: (images) => ({
    "index.js": `
const { Image } = require("pulumi-glance");
for (const [name, { options, ...args }] of Object.entries(require("./images.json"))) {
  exports[name] = new Image(name, args, options).id;
}
`,
    "images.json": JSON.stringify(images),
  }),
};

/** The folder of the unpacked plugin. */
export const pluginFolder = join(repositoryRoot, "dist", "plugin");

/** What a Pulumi.yaml says to use the plugin of this checkout. */
export const plugins = { providers: [{ name: "glance", path: pluginFolder }] };

/** A YAML program with the native plugin. */
export const native: Door = {
  name: "native",
  imageType: "glance:index:Image",
  program: (images) => {
    const resources = Object.entries(images).map(([name, { options, ...properties }]) => [
      name,
      { type: "glance:Image", properties, ...(options !== undefined && { options }) },
    ]);
    const outputs = Object.keys(images).map((name) => [name, `\${${name}.id}`]);
    // JSON is YAML.
    return {
      "Pulumi.yaml": yamlProgram({ resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) }),
    };
  },
};

/** The Pulumi.yaml of a YAML program that uses the native plugin. */
export function yamlProgram(parts: object): string {
  return JSON.stringify({ name: "trial", runtime: "yaml", plugins, ...parts });
}
