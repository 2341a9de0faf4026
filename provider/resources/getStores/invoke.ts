import type { Store } from "../../glance/api";
import type { Lookup } from "../functions";
import { checkArguments } from "../lookupArguments";
import { placeShape } from "../place";
import type { ResourceContext } from "../resource";
import type { GetStoresInputs, GetStoresOutputs, GetStoresStore } from "./types";

/** The stores of a cloud (Image API v2, "List stores"). */
export async function getStores(args: GetStoresInputs, context: ResourceContext): Promise<GetStoresOutputs> {
  const { images } = await context.connect(checkArguments<GetStoresInputs>(placeShape, args));
  const stores = await images.stores({ signal: context.signal });
  const fallback = stores.find((store) => store.default);
  return { stores: stores.map(storeResult), ...(fallback && { defaultStore: fallback.id }) };
}

export const storesLookup: Lookup<GetStoresInputs, GetStoresOutputs> = {
  token: "glance:index:getStores",
  invoke: getStores,
};

function storeResult({ description, ...store }: Store): GetStoresStore {
  return { ...store, ...(description !== undefined && { description }) };
}
