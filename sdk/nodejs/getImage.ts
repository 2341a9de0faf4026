import type * as pulumi from "@pulumi/pulumi";
import { getImage as lookUp } from "../../provider/resources/getImages/invoke";
import type { GetImageInputs, GetImageOutputs } from "../../provider/resources/getImages/types";
import { programContext, settled } from "./context";
import type { Inputs } from "./inputs";

export type GetImageArgs = GetImageInputs;
export type GetImageOutputArgs = Inputs<GetImageInputs>;
export type GetImageResult = GetImageOutputs;

/** The one image for which every given filter holds. Fails where there is none, and lists the candidates where there are several. */
export function getImage(args: GetImageArgs, _opts?: pulumi.InvokeOptions): Promise<GetImageResult> {
  return lookUp(args, programContext());
}

/** {@link getImage} for filters that are outputs. */
export function getImageOutput(
  args: GetImageOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetImageResult> {
  return settled<GetImageArgs>(args, opts).apply((known) => getImage(known, opts));
}
