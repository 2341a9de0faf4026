import type { Lookup } from "../functions";
import { checkArguments } from "../lookupArguments";
import { placeShape } from "../place";
import type { ResourceContext } from "../resource";
import type { GetImportMethodsInputs, GetImportMethodsOutputs } from "./types";

/** The import methods that a cloud offers (Image API v2, "Import methods and values discovery"). */
export async function getImportMethods(
  args: GetImportMethodsInputs,
  context: ResourceContext,
): Promise<GetImportMethodsOutputs> {
  const { images } = await context.connect(checkArguments<GetImportMethodsInputs>(placeShape, args));
  return { methods: await images.importMethods({ signal: context.signal }) };
}

export const importMethodsLookup: Lookup<GetImportMethodsInputs, GetImportMethodsOutputs> = {
  token: "glance:index:getImportMethods",
  invoke: getImportMethods,
};
