import type { GlanceImage, ImageApi, Store, StoreChoice } from "../../glance/api";
import { GlanceError } from "../../http/errors";

/** Why a cloud with these stores cannot do what was chosen; undefined where it can. */
export function storeFault(known: readonly Store[], { stores = [], allStores }: StoreChoice): string | undefined {
  // Such a cloud takes the choice without a word and forgets it (glance/common/utils.py, get_stores_from_request).
  if (known.length === 0) return "this cloud has a single store and does not know of others";
  const offered = `it has ${known.map(describe).join(", ")}`;
  const unknown = stores.filter((id) => !known.some((store) => store.id === id));
  if (unknown.length > 0) return `this cloud has no store ${listed(unknown)}; ${offered}`;
  const readOnly = stores.filter((id) => known.some((store) => store.id === id && store.readOnly));
  if (readOnly.length > 0) return `nobody can write to the store ${listed(readOnly)}; ${offered}`;
  return allStores && writable(known).length === 0 ? `no store of this cloud can be written; ${offered}` : undefined;
}

/** Throws where the cloud does not have the chosen stores, before anything is made. */
export async function refuseStores(
  api: ImageApi,
  choice: StoreChoice | undefined,
  signal?: AbortSignal | undefined,
): Promise<void> {
  if (!choice) return;
  const fault = storeFault(await api.stores({ signal }), choice);
  if (fault === undefined) return;
  const input = choice.allStores ? "allStores" : "stores";
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `${input} cannot be followed: ${fault}`,
    hint: `Choose other stores, or leave ${input} out for the cloud's default store`,
  });
}

/** The stores that shall hold the data. */
export async function wantedStores(api: ImageApi, choice: StoreChoice, signal?: AbortSignal): Promise<string[]> {
  return choice.allStores ? writable(await api.stores({ signal })) : [...new Set(choice.stores)];
}

/** Whether an active image is in every store of a choice of all; undefined for other choices, and for images that cannot be copied now. */
export async function isEverywhere(
  api: ImageApi,
  image: GlanceImage,
  { allStores }: StoreChoice,
  signal?: AbortSignal | undefined,
): Promise<boolean | undefined> {
  if (!allStores || image.status !== "active") return undefined;
  const wanted = await wantedStores(api, { allStores }, signal);
  return wanted.every((id) => image.stores.includes(id));
}

/** `"a", "b"`. */
export function listed(ids: readonly string[]): string {
  return ids.map((id) => JSON.stringify(id)).join(", ");
}

function writable(known: readonly Store[]): string[] {
  return known.filter(({ readOnly }) => !readOnly).map(({ id }) => id);
}

function describe({ id, readOnly, default: isDefault }: Store): string {
  const notes = [isDefault && "the default", readOnly && "read-only"].filter(Boolean);
  return [JSON.stringify(id), notes.length > 0 && `(${notes.join(", ")})`].filter(Boolean).join(" ");
}
