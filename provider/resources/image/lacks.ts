import { type Capabilities, type ImageInput, lacksFor } from "../../glance/capabilities";
import { isKeeping, keepingFault } from "../../image/removal/keep";
import { capabilitiesAt } from "../place";
import type { CheckFailure, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** What the image API cannot carry, where it is known which one it is. */
export function lacksOf(news: Previewed<ImageInputs>, context: ResourceContext): CheckFailure[] {
  const said = Object.fromEntries(
    Object.entries(news).filter(([name]) => !ours.has(name as keyof ImageInputs)),
  ) as Previewed<ImageInputs>;
  const capabilities = capabilitiesAt(news, context);
  if (!capabilities) return sharedByNoApi(said);
  const properties = isUnknown(said.properties) ? {} : said.properties;
  const { visibility, name, owner } = said;
  const inputs = Object.keys(said) as ImageInput[];
  return [
    ...lacksFor(capabilities, { inputs, visibility, name, owner, ...(properties && { properties }) }),
    ...policyLacks(news, capabilities),
  ];
}

/** What the image API cannot do with an image instead of deleting it. */
function policyLacks({ onDelete, onInUse }: Previewed<ImageInputs>, capabilities: Capabilities): CheckFailure[] {
  // An API that makes no images is refused for that.
  if (capabilities.inputs.size === 0) return [];
  return Object.entries({ onDelete, onInUse }).flatMap(([property, choice]) => {
    const reason = isKeeping(choice) ? keepingFault(capabilities, choice) : undefined;
    return reason === undefined ? [] : [{ property, reason }];
  });
}

/** Inputs that tell this provider what to do, whatever the API carries. */
const ours: ReadonlySet<keyof ImageInputs> = new Set([
  "cloud",
  "region",
  "api",
  "waitTimeout",
  "importMethod",
  "sourceHash",
  "checksumsUrl",
  "sourceCredentials",
  "verify",
  "decompress",
  "onDelete",
  "forceUnprotect",
  "onInUse",
]);

/** No API shares an image that every project may use. */
function sharedByNoApi({ members, visibility }: Previewed<ImageInputs>): CheckFailure[] {
  if (members === undefined || (visibility !== "public" && visibility !== "community")) return [];
  return [{ property: "members", reason: `an image that is ${visibility} has no members` }];
}
