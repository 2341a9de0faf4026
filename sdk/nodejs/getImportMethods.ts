import type * as pulumi from "@pulumi/pulumi";
import { getImportMethods as lookUp } from "../../provider/resources/getImportMethods/invoke";
import type { GetImportMethodsInputs, GetImportMethodsOutputs } from "../../provider/resources/getImportMethods/types";
import { programContext, settled } from "./context";
import type { Inputs } from "./inputs";

export type GetImportMethodsArgs = GetImportMethodsInputs;
export type GetImportMethodsOutputArgs = Inputs<GetImportMethodsInputs>;
export type GetImportMethodsResult = GetImportMethodsOutputs;

/** The import methods that a cloud offers; an empty list where there is no import. */
export function getImportMethods(
  args?: GetImportMethodsArgs,
  _opts?: pulumi.InvokeOptions,
): Promise<GetImportMethodsResult> {
  return lookUp(args ?? {}, programContext());
}

/** {@link getImportMethods} for arguments that are outputs. */
export function getImportMethodsOutput(
  args?: GetImportMethodsOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetImportMethodsResult> {
  return settled<GetImportMethodsArgs>(args ?? {}, opts).apply((known) => getImportMethods(known, opts));
}
