import type * as pulumi from "@pulumi/pulumi";
import { getImages as lookUp } from "../../provider/resources/getImages/invoke";
import type { GetImagesInputs, GetImagesOutputs } from "../../provider/resources/getImages/types";
import { programContext, settled } from "./context";
import type { Inputs } from "./inputs";

export type GetImagesArgs = GetImagesInputs;
export type GetImagesOutputArgs = Inputs<GetImagesInputs>;
export type GetImagesResult = GetImagesOutputs;

/** The images for which every given filter holds; an empty list where there is none. */
export function getImages(args?: GetImagesArgs, _opts?: pulumi.InvokeOptions): Promise<GetImagesResult> {
  return lookUp(args ?? {}, programContext());
}

/** {@link getImages} for filters that are outputs. */
export function getImagesOutput(
  args?: GetImagesOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetImagesResult> {
  return settled<GetImagesArgs>(args ?? {}, opts).apply((known) => getImages(known, opts));
}
