import { type ImageInput, lacksFor } from "../../glance/capabilities";
import type { CheckFailure, Place, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** What the image API cannot carry, where it is known which one it is. */
export function lacksOf(inputs: Previewed<ImageInputs>, context: ResourceContext): CheckFailure[] {
  const { cloud, region, api, waitTimeout: _ours, ...said } = inputs;
  if ([cloud, region, api].some(isUnknown)) return [];
  const capabilities = context.capabilities({ cloud, region, api } as Place);
  if (!capabilities) return [];
  const properties = isUnknown(said.properties) ? [] : Object.keys(said.properties ?? {});
  const names = Object.keys(said) as ImageInput[];
  return lacksFor(capabilities, { inputs: names, visibility: said.visibility, properties });
}
