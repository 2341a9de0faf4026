import { plugins } from "../../e2e/doors";
import { rawImage } from "../images";
import type { PulumiResult, TestStack } from "../pulumi";
import type { Somebody } from "./somebody";

/** One command of the CLI. */
export interface Step {
  /** Name of the file that holds the engine's calls. */
  name: string;
  /** What others do to the cloud beforehand. Answers the ids of what they made, by name. */
  before?(somebody: Somebody): Promise<Record<string, string>>;
  /** @param made - The answer of `before`. */
  run(stack: TestStack, made: Record<string, string>): Promise<Pick<PulumiResult, "code" | "stdout" | "stderr">>;
  /** The command does not succeed. */
  fails?: true;
}

/** The files of the program's folder that images are made of. */
export const files = { "first.raw": rawImage(10_000, "first"), "second.raw": rawImage(20_000, "second") };

const declared = {
  name: "golden",
  diskFormat: "raw",
  containerFormat: "bare",
  localFile: "first.raw",
  properties: { open: "sesame", pin: { "fn::secret": "1234" } },
};
const changed = { ...declared, minDisk: 2, tags: ["b", "a"] };
const replaced = { ...changed, localFile: "second.raw" };

/** An image with a secret, another resource that learns the image's id late, and a function that is asked last. */
const program = (image: object) =>
  JSON.stringify({
    name: "trial",
    runtime: "yaml",
    plugins,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
    variables: { found: { "fn::invoke": { function: "glance:getImages", arguments: { ids: ["${owned.imageId}"] } } } },
    resources: {
      image: { type: "glance:Image", properties: image },
      owned: {
        type: "glance:ImageProperties",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
        properties: { imageId: "${image.id}", properties: { hw_disk_bus: "virtio" } },
      },
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
    outputs: { found: "${found.ids}" },
  });

const upWith = (image: object) => async (stack: TestStack) => {
  await stack.write("Pulumi.yaml", program(image));
  return stack.up();
};

/** In one order only. */
const oneByOne = { args: ["--parallel", "1"] };

/** A stack's life, in which the engine uses the plugin's methods; each step finds what the ones before it left. */
export const steps: readonly Step[] = [
  {
    name: "01-preview",
    async run(stack) {
      await stack.write("Pulumi.yaml", program(declared));
      return stack.preview();
    },
  },
  { name: "02-create", run: upWith(declared) },
  { name: "03-unchanged", run: upWith(declared) },
  { name: "04-update", run: upWith(changed) },
  { name: "05-replace", run: upWith(replaced) },
  {
    name: "06-refresh",
    async before(somebody) {
      await somebody.changeTags("golden", ["drifted"]);
      return {};
    },
    run: (stack) => stack.refresh(oneByOne),
  },
  {
    name: "07-import",
    before: async (somebody) => ({ foreign: await somebody.makeImage({ name: "golden-foreign", "os.type": "linux" }) }),
    run: (stack, { foreign = "" }) =>
      stack.run(["import", "glance:index:Image", "foreign", foreign, "--yes", "--skip-preview", "--protect=false"]),
  },
  { name: "08-repair", run: upWith(replaced) },
  { name: "09-refused", run: upWith({ ...declared, diskFormat: "floppy" }), fails: true },
  { name: "10-destroy", run: (stack) => stack.destroy(oneByOne) },
];
