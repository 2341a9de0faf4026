import type { CheckFailure } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** What holds between the inputs that choose an image's stores. */
export function* storeRules({
  stores,
  allStores,
  allStoresMustSucceed,
}: Previewed<ImageInputs>): Iterable<CheckFailure> {
  if (stores !== undefined && allStores === true) {
    yield { property: "allStores", reason: "an image is in all stores or in those of stores: declare one of them" };
  }
  if (allStoresMustSucceed !== undefined && stores === undefined && (allStores === undefined || allStores === false)) {
    yield {
      property: "allStoresMustSucceed",
      reason: "says what becomes of a store that fails; declare stores or allStores",
    };
  }
  if (isUnknown(stores) || stores === undefined) return;
  for (const [index, store] of stores.entries()) {
    const isRepeated = !isUnknown(store) && stores.indexOf(store) < index;
    if (isRepeated) yield { property: `stores[${index}]`, reason: `names ${JSON.stringify(store)} once more` };
  }
}
