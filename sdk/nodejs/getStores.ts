import type * as pulumi from "@pulumi/pulumi";
import { getStores as lookUp } from "../../provider/resources/getStores/invoke";
import type { GetStoresInputs, GetStoresOutputs } from "../../provider/resources/getStores/types";
import { programContext, settled } from "./context";
import type { Inputs } from "./inputs";

export type GetStoresArgs = GetStoresInputs;
export type GetStoresOutputArgs = Inputs<GetStoresInputs>;
export type GetStoresResult = GetStoresOutputs;

/** The stores of a cloud; an empty list where it has a single one, or does not tell. */
export function getStores(args?: GetStoresArgs, _opts?: pulumi.InvokeOptions): Promise<GetStoresResult> {
  return lookUp(args ?? {}, programContext());
}

/** {@link getStores} for arguments that are outputs. */
export function getStoresOutput(
  args?: GetStoresOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetStoresResult> {
  return settled<GetStoresArgs>(args ?? {}, opts).apply((known) => getStores(known, opts));
}
