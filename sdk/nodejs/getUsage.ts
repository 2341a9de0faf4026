import type * as pulumi from "@pulumi/pulumi";
import { getUsage as lookUp } from "../../provider/resources/getUsage/invoke";
import type { GetUsageInputs, GetUsageOutputs } from "../../provider/resources/getUsage/types";
import { programContext, settled } from "./context";
import type { Inputs } from "./inputs";

export type GetUsageArgs = GetUsageInputs;
export type GetUsageOutputArgs = Inputs<GetUsageInputs>;
export type GetUsageResult = GetUsageOutputs;

/** What the project of the credentials uses of its image quotas; an empty list where there are none. */
export function getUsage(args?: GetUsageArgs, _opts?: pulumi.InvokeOptions): Promise<GetUsageResult> {
  return lookUp(args ?? {}, programContext());
}

/** {@link getUsage} for arguments that are outputs. */
export function getUsageOutput(
  args?: GetUsageOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetUsageResult> {
  return settled<GetUsageArgs>(args ?? {}, opts).apply((known) => getUsage(known, opts));
}
