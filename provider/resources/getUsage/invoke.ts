import type { Quota } from "../../glance/api";
import type { Lookup } from "../functions";
import { checkArguments } from "../lookupArguments";
import { placeShape } from "../place";
import type { ResourceContext } from "../resource";
import type { GetUsageInputs, GetUsageOutputs, GetUsageQuota } from "./types";

/** What the project uses of its quotas (Image API v2, "Quota usage"). */
export async function getUsage(args: GetUsageInputs, context: ResourceContext): Promise<GetUsageOutputs> {
  const { images } = await context.connect(checkArguments<GetUsageInputs>(placeShape, args));
  const quotas = await images.quotas({ signal: context.signal });
  return { quotas: quotas.map(quotaResult) };
}

export const usageLookup: Lookup<GetUsageInputs, GetUsageOutputs> = {
  token: "glance:index:getUsage",
  invoke: getUsage,
};

function quotaResult(quota: Quota): GetUsageQuota {
  const { usage, limit } = quota;
  return limit < 0 ? quota : { ...quota, remaining: Math.max(0, limit - usage) };
}
