import * as pulumi from "@pulumi/pulumi";
import type { ImageMemberStatusInputs, ImageMemberStatusState } from "../../provider/resources/imageMemberStatus/types";
import type { Inputs } from "./inputs";
import { providerText } from "./providerText";
import { isOfKind, typeOf } from "./resource";

/** Inputs of an {@link ImageMemberStatus}; each may be an output of another resource. */
export type ImageMemberStatusArgs = Inputs<ImageMemberStatusInputs>;

type ImageMemberStatusOutputs = {
  readonly [K in keyof ImageMemberStatusState]-?: pulumi.Output<ImageMemberStatusState[K]>;
};

/** Pulumi makes an output of every property that the constructor names, set or not. */
const outputs: { [K in keyof ImageMemberStatusState]-?: undefined } = {
  imageId: undefined,
  status: undefined,
  memberId: undefined,
  cloud: undefined,
  region: undefined,
  api: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

export interface ImageMemberStatus extends ImageMemberStatusOutputs {}

/**
 * The answer of a project to an image that another project shared with it; the credentials are those of the project that
 * answers. Deleting the resource makes the answer `pending` again.
 *
 * ```typescript
 * const accepted = new ImageMemberStatus("debian-from-hub", { imageId: debianId, status: "accepted", cloud: "edge" });
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class ImageMemberStatus extends pulumi.CustomResource {
  /**
   * Looks up what exists already; nothing manages it then.
   *
   * @param name - Name of the resource in the program.
   * @param id - `IMAGE/PROJECT`, the ids of both.
   * @param state - Where to look: `cloud`, `region` and `api`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<ImageMemberStatusArgs, "cloud" | "region" | "api">,
    opts?: pulumi.CustomResourceOptions,
  ): ImageMemberStatus {
    return new ImageMemberStatus(name, state as ImageMemberStatusArgs, { ...opts, id });
  }

  /** True for an ImageMemberStatus, even one made by another copy of this package. */
  static override isInstance(value: unknown): value is ImageMemberStatus {
    return isOfKind("imageMemberStatus", value);
  }

  constructor(name: string, args: ImageMemberStatusArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      typeOf("imageMemberStatus"),
      name,
      { ...outputs, ...args, __provider: providerText("imageMemberStatus") },
      opts,
    );
  }
}
