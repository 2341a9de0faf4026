import * as pulumi from "@pulumi/pulumi";
import type { ImageMemberInputs, ImageMemberState } from "../../provider/resources/imageMember/types";
import type { Inputs } from "./inputs";
import { providerText } from "./providerText";
import { isOfKind, typeOf } from "./resource";

/** Inputs of an {@link ImageMember}; each may be an output of another resource. */
export type ImageMemberArgs = Inputs<ImageMemberInputs>;

type ImageMemberOutputs = { readonly [K in keyof ImageMemberState]-?: pulumi.Output<ImageMemberState[K]> };

/** Pulumi makes an output of every property that the constructor names, set or not. */
const outputs: { [K in keyof ImageMemberState]-?: undefined } = {
  imageId: undefined,
  memberId: undefined,
  cloud: undefined,
  region: undefined,
  api: undefined,
  status: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

export interface ImageMember extends ImageMemberOutputs {}

/**
 * A project that an image is shared with, declared by the image's owner. The project sees the image once it has accepted it
 * (see `ImageMemberStatus`). The image's visibility must be `shared` and is never changed. Declare the members of an image
 * here or in the `members` of the `Image`, never both: those remove all others.
 *
 * ```typescript
 * const shared = new ImageMember("debian-for-edge", { imageId: debian.id, memberId: edgeProjectId });
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class ImageMember extends pulumi.CustomResource {
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
    state?: Pick<ImageMemberArgs, "cloud" | "region" | "api">,
    opts?: pulumi.CustomResourceOptions,
  ): ImageMember {
    return new ImageMember(name, state as ImageMemberArgs, { ...opts, id });
  }

  /** True for an ImageMember, even one made by another copy of this package. */
  static override isInstance(value: unknown): value is ImageMember {
    return isOfKind("imageMember", value);
  }

  constructor(name: string, args: ImageMemberArgs, opts?: pulumi.CustomResourceOptions) {
    super(typeOf("imageMember"), name, { ...outputs, ...args, __provider: providerText("imageMember") }, opts);
  }
}
