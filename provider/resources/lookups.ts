import type { Lookup } from "./functions";
import { imageLookup, imagesLookup } from "./getImages/invoke";
import { imageTasksLookup } from "./getImageTasks/invoke";
import { importMethodsLookup } from "./getImportMethods/invoke";
import { storesLookup } from "./getStores/invoke";
import { usageLookup } from "./getUsage/invoke";

const all: readonly Lookup<object, object>[] = [
  imageLookup,
  imagesLookup,
  imageTasksLookup,
  importMethodsLookup,
  storesLookup,
  usageLookup,
];

/** Every function of the package, by token. Each checks the arguments that it is given. */
export const lookups: ReadonlyMap<string, Lookup<object, object>> = new Map(
  all.map((lookup) => [lookup.token, lookup]),
);
