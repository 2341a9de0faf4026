import { type ImageInput, lacksFor } from "../../glance/capabilities";
import { capabilitiesAt } from "../place";
import type { CheckFailure, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** What the image API cannot carry, where it is known which one it is. */
export function lacksOf(news: Previewed<ImageInputs>, context: ResourceContext): CheckFailure[] {
  const { cloud: _cloud, region: _region, api: _api, waitTimeout: _ours, ...said } = news;
  const capabilities = capabilitiesAt(news, context);
  if (!capabilities) return sharedByNoApi(said);
  const properties = isUnknown(said.properties) ? {} : said.properties;
  const { visibility, name, owner } = said;
  const inputs = Object.keys(said) as ImageInput[];
  return lacksFor(capabilities, { inputs, visibility, name, owner, ...(properties && { properties }) });
}

/** No API shares an image that every project may use. */
function sharedByNoApi({ members, visibility }: Previewed<ImageInputs>): CheckFailure[] {
  if (members === undefined || (visibility !== "public" && visibility !== "community")) return [];
  return [{ property: "members", reason: `an image that is ${visibility} has no members` }];
}
