import { z } from "zod";
import { apiNames } from "../glance/apiNames";
import type { Capabilities } from "../glance/capabilities";
import type { Difference } from "./difference";
import type { PlaceInputs } from "./placeInputs";
import type { Place, ResourceContext } from "./resource";
import { isUnknown, type Previewed } from "./unknown";

export const notEmpty = z.string({ error: "must be a string" }).min(1, { error: "must not be empty" });

export const placeShape = {
  cloud: notEmpty,
  region: notEmpty,
  api: z.enum(["auto", ...apiNames], { error: `must be one of auto, ${apiNames.join(", ")}` }),
} satisfies { [K in keyof Required<PlaceInputs>]: z.ZodType<NonNullable<PlaceInputs[K]>> };

/** What the image API there can carry, where that is known without asking the cloud. */
export function capabilitiesAt(
  { cloud, region, api }: Previewed<PlaceInputs>,
  context: Pick<ResourceContext, "capabilities">,
): Capabilities | undefined {
  // A word that names no API is a failure of its own.
  const isWrong = api !== undefined && !placeShape.api.safeParse(api).success;
  if (isWrong || [cloud, region].some(isUnknown)) return undefined;
  return context.capabilities({ cloud, region, api } as Place);
}

/** What of a place is said. */
export function placeOf({ cloud, region, api }: Place): PlaceInputs {
  return {
    ...(cloud !== undefined && { cloud }),
    ...(region !== undefined && { region }),
    ...(api !== undefined && { api }),
  };
}

/** Whether values say more than a place: those of a resource do, and those with which a program asks for one by its id do not. */
export function saysMoreThanPlace(values: object): boolean {
  return Object.keys(values).some((name) => !Object.hasOwn(placeShape, name));
}

/** Inputs that differ from the state: those that replace the resource, and the API to speak, which does not. */
export function placeDifferences(state: Place, news: Previewed<PlaceInputs>): Difference[] {
  const names = ["cloud", "region", "api"] as const;
  return names.filter((name) => news[name] !== state[name]).map((path) => ({ path, replace: path !== "api" }));
}
