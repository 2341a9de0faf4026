import * as pulumi from "@pulumi/pulumi";
import type { ImagePropertiesInputs } from "../../provider/resources/imageProperties/types";
import type { Inputs } from "./inputs";
import { providerText } from "./providerText";
import { isOfKind, typeOf } from "./resource";

/** Inputs of {@link ImageProperties}; each may be an output of another resource. */
export type ImagePropertiesArgs = Inputs<ImagePropertiesInputs>;

type ImagePropertiesOutputs = {
  readonly [K in keyof ImagePropertiesInputs]-?: pulumi.Output<ImagePropertiesInputs[K]>;
};

/** Pulumi makes an output of every property that the constructor names, set or not. */
const outputs: { [K in keyof ImagePropertiesInputs]-?: undefined } = {
  imageId: undefined,
  properties: undefined,
  cloud: undefined,
  region: undefined,
  api: undefined,
};

export interface ImageProperties extends ImagePropertiesOutputs {}

/**
 * Some of the custom properties of an image that exists already; all others are left alone. A property that the image has
 * already is taken over. Deleting the resource removes its properties from the image, whoever set them first.
 *
 * ```typescript
 * const debian = await getImage({ name: "debian-13", visibility: "public" });
 * const bus = new ImageProperties("debian-bus", { imageId: debian.id, properties: { hw_disk_bus: "scsi" } });
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class ImageProperties extends pulumi.CustomResource {
  /**
   * Looks up every custom property of an image; nothing manages them then.
   *
   * @param name - Name of the resource in the program.
   * @param id - Id of the image.
   * @param state - Where to look: `cloud`, `region` and `api`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<ImagePropertiesArgs, "cloud" | "region" | "api">,
    opts?: pulumi.CustomResourceOptions,
  ): ImageProperties {
    return new ImageProperties(name, state as ImagePropertiesArgs, { ...opts, id });
  }

  /** True for ImageProperties, even those made by another copy of this package. */
  static override isInstance(value: unknown): value is ImageProperties {
    return isOfKind("imageProperties", value);
  }

  constructor(name: string, args: ImagePropertiesArgs, opts?: pulumi.CustomResourceOptions) {
    const properties = { ...outputs, ...args, __provider: providerText("imageProperties") };
    super(typeOf("imageProperties"), name, properties, opts);
  }
}
