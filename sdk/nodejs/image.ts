import * as pulumi from "@pulumi/pulumi";
import type { ImageInputs, ImageState } from "../../provider/resources/image/types";
import type { Inputs } from "./inputs";
import { providerText } from "./providerText";
import { isOfKind, typeOf } from "./resource";
import { stampOf } from "./stamp";

/** Inputs of an {@link Image}; each may be an output of another resource. */
export type ImageArgs = Inputs<ImageInputs>;

type ImageOutputs = { readonly [K in keyof ImageState]-?: pulumi.Output<ImageState[K]> };

/** Pulumi makes an output of every property that the constructor names, set or not. */
const outputs: { [K in keyof ImageState]-?: undefined } = {
  name: undefined,
  containerFormat: undefined,
  diskFormat: undefined,
  minRam: undefined,
  minDisk: undefined,
  visibility: undefined,
  protected: undefined,
  hidden: undefined,
  tags: undefined,
  properties: undefined,
  members: undefined,
  copyFrom: undefined,
  localFile: undefined,
  sourceImage: undefined,
  importMethod: undefined,
  sourceHash: undefined,
  checksumsUrl: undefined,
  verify: undefined,
  decompress: undefined,
  allStores: undefined,
  allStoresMustSucceed: undefined,
  imageId: undefined,
  deactivated: undefined,
  owner: undefined,
  cloud: undefined,
  region: undefined,
  api: undefined,
  waitTimeout: undefined,
  onDelete: undefined,
  forceUnprotect: undefined,
  onInUse: undefined,
  status: undefined,
  size: undefined,
  virtualSize: undefined,
  checksum: undefined,
  osHashAlgo: undefined,
  osHashValue: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  file: undefined,
  directUrl: undefined,
  stores: undefined,
  allProperties: undefined,
  localFileHash: undefined,
  sourceIdentity: undefined,
  verifiedBy: undefined,
};

export interface Image extends ImageOutputs {}

/**
 * An image of an OpenStack cloud: its metadata, and the bytes of a local file or a URL. Creating it waits until it is active.
 *
 * ```typescript
 * const debian = new Image("debian-13", {
 *   diskFormat: "qcow2",
 *   containerFormat: "bare",
 *   copyFrom: "https://cloud.debian.org/images/cloud/trixie/latest/debian-13-generic-amd64.qcow2",
 *   minDisk: 4,
 *   tags: ["debian"],
 * });
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class Image extends pulumi.CustomResource {
  /**
   * Looks up an existing image by its id; nothing manages it then.
   *
   * @param name - Name of the resource in the program.
   * @param id - Id of the image.
   * @param state - Where to look: `cloud`, `region` and `api`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<ImageArgs, "cloud" | "region" | "api">,
    opts?: pulumi.CustomResourceOptions,
  ): Image {
    return new Image(name, state, { ...opts, id });
  }

  /** True for an Image, even one made by another copy of this package. */
  static override isInstance(value: unknown): value is Image {
    return isOfKind("image", value);
  }

  constructor(name: string, args?: ImageArgs, opts?: pulumi.CustomResourceOptions) {
    const hidden = {
      __provider: providerText("image"),
      ...(opts?.id === undefined && { __stamp: stampOf(name, opts), __resourceName: name }),
    };
    const inputs = { ...outputs, ...args, ...secretArgs(args), ...hidden };
    super(typeOf("image"), name, inputs, { ...opts, ...secretOutputs(args, opts) });
  }
}

/** No state shall have credentials in clear. */
function secretArgs({ sourceCredentials, copyFrom, checksumsUrl }: ImageArgs = {}): Partial<ImageArgs> {
  return {
    ...(sourceCredentials !== undefined && { sourceCredentials: pulumi.secret(sourceCredentials) }),
    ...(hasUserInfo(copyFrom) && { copyFrom: pulumi.secret(copyFrom) }),
    ...(hasUserInfo(checksumsUrl) && { checksumsUrl: pulumi.secret(checksumsUrl) }),
  };
}

function hasUserInfo(url: unknown): url is string {
  return typeof url === "string" && /^https?:\/\/[^/?#]*@/i.test(url);
}

/**
 * Pulumi keeps an output secret when the input of the same name is; `allProperties` repeats `properties` under another
 * name, and whether an output holds a secret cannot be asked here.
 */
function secretOutputs(args: ImageArgs | undefined, opts: pulumi.CustomResourceOptions | undefined) {
  const values = [args?.properties, ...Object.values(args?.properties ?? {})];
  if (!values.some((value) => pulumi.Output.isInstance(value))) return {};
  return { additionalSecretOutputs: [...(opts?.additionalSecretOutputs ?? []), "allProperties"] };
}
