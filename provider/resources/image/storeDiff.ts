import { isDeepStrictEqual } from "node:util";
import type { Difference } from "../difference";
import type { Known } from "../resource";
import { hasUnknown, type Previewed } from "../unknown";
import type { CheckedImageInputs, ImageState } from "./types";

/**
 * A change of the stores that hold the data is made in place, also where an earlier run did not bring it into each of them. Their order
 * has no meaning; stores that are no longer declared keep the data.
 */
export function* storeDifferences(
  { state }: Known<CheckedImageInputs, ImageState>,
  { stores, allStores }: Previewed<CheckedImageInputs>,
): Iterable<Difference> {
  // Without data there is nothing in any store, and what comes goes where the inputs of that time say.
  const hasData = state.stores.length > 0;
  if (hasData && stores !== undefined && (hasUnknown(stores) || !isSameSet(stores, state.stores))) {
    yield { path: "stores", replace: false };
  }
  if (allStores !== state.allStores) yield { path: "allStores", replace: false };
}

function isSameSet(wanted: unknown, actual: readonly string[]): boolean {
  return Array.isArray(wanted) && isDeepStrictEqual(new Set(wanted), new Set(actual));
}
