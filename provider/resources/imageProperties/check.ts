import type { z } from "zod";
import { propertyFaults } from "../../glance/capabilities";
import { propertiesInput } from "../image/propertyNames";
import { membershipShape } from "../membership";
import { capabilitiesAt, placeShape } from "../place";
import type { CheckFailure, CheckResult, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import { requireInputs, validate } from "../validate";
import type { ImagePropertiesInputs } from "./types";

const shape = {
  imageId: membershipShape.imageId,
  properties: propertiesInput,
  ...placeShape,
} satisfies { [K in keyof Required<ImagePropertiesInputs>]: z.ZodType<NonNullable<ImagePropertiesInputs[K]>> };

/** Validates what is known of the inputs without asking the cloud. */
export async function checkImageProperties(
  news: Record<string, unknown>,
  context: ResourceContext,
): Promise<CheckResult<ImagePropertiesInputs>> {
  const { inputs, failures } = validate<ImagePropertiesInputs>(shape, news);
  failures.push(...requireInputs(inputs, ["imageId", "properties"]), ...lacksOf(inputs, context));
  return { inputs, failures };
}

/** What the image API cannot do, where it is known which one it is. */
function lacksOf(inputs: Previewed<ImagePropertiesInputs>, context: ResourceContext): CheckFailure[] {
  const capabilities = capabilitiesAt(inputs, context);
  if (!capabilities) return [];
  if (!capabilities.changesProperties) {
    return [{ property: "", reason: `${capabilities.title} does not change the properties of an image` }];
  }
  return isUnknown(inputs.properties) ? [] : propertyFaults(capabilities, inputs.properties ?? {});
}
