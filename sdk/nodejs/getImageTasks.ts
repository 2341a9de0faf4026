import type * as pulumi from "@pulumi/pulumi";
import { getImageTasks as lookUp } from "../../provider/resources/getImageTasks/invoke";
import type { GetImageTasksInputs, GetImageTasksOutputs } from "../../provider/resources/getImageTasks/types";
import { programContext, settled } from "./context";
import type { Inputs } from "./inputs";

export type GetImageTasksArgs = GetImageTasksInputs;
export type GetImageTasksOutputArgs = Inputs<GetImageTasksInputs>;
export type GetImageTasksResult = GetImageTasksOutputs;

/** The imports into an image, newest first. Fails where the image API has no tasks or does not show them. */
export function getImageTasks(args: GetImageTasksArgs, _opts?: pulumi.InvokeOptions): Promise<GetImageTasksResult> {
  return lookUp(args, programContext());
}

/** {@link getImageTasks} for arguments that are outputs. */
export function getImageTasksOutput(
  args: GetImageTasksOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetImageTasksResult> {
  return settled<GetImageTasksArgs>(args, opts).apply((known) => getImageTasks(known, opts));
}
