import { type ImageInput, lacksFor } from "../../glance/capabilities";
import { capabilitiesAt } from "../place";
import type { CheckFailure, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** What the image API cannot carry, where it is known which one it is. */
export function lacksOf(inputs: Previewed<ImageInputs>, context: ResourceContext): CheckFailure[] {
  const { cloud: _cloud, region: _region, api: _api, waitTimeout: _ours, ...said } = inputs;
  const capabilities = capabilitiesAt(inputs, context);
  if (!capabilities) return sharedByNoApi(said);
  const properties = isUnknown(said.properties) ? [] : Object.keys(said.properties ?? {});
  const names = Object.keys(said) as ImageInput[];
  return lacksFor(capabilities, { inputs: names, visibility: said.visibility, properties });
}

/** No API shares an image that every project may use. */
function sharedByNoApi({ members, visibility }: Previewed<ImageInputs>): CheckFailure[] {
  if (members === undefined || (visibility !== "public" && visibility !== "community")) return [];
  return [{ property: "members", reason: `an image that is ${visibility} has no members` }];
}
