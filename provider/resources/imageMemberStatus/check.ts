import { z } from "zod";
import { lacksMembers, membershipShape } from "../membership";
import { capabilitiesAt, placeShape } from "../place";
import type { CheckFailure, CheckResult, ResourceContext } from "../resource";
import type { Previewed } from "../unknown";
import { requireInputs, validate } from "../validate";
import type { ImageMemberStatusInputs } from "./types";

const shape = {
  ...membershipShape,
  ...placeShape,
  status: z.enum(["accepted", "rejected", "pending"], { error: "must be one of accepted, rejected, pending" }),
} satisfies { [K in keyof Required<ImageMemberStatusInputs>]: z.ZodType<NonNullable<ImageMemberStatusInputs[K]>> };

export async function checkImageMemberStatus(
  news: Record<string, unknown>,
  context: ResourceContext,
): Promise<CheckResult<ImageMemberStatusInputs>> {
  const { inputs, failures } = validate<ImageMemberStatusInputs>(shape, news);
  failures.push(
    ...requireInputs(inputs, ["imageId", "status"]),
    ...lacksMembers(inputs, context),
    ...lacksAnswers(inputs, context),
  );
  return { inputs, failures };
}

function lacksAnswers(inputs: Previewed<ImageMemberStatusInputs>, context: ResourceContext): CheckFailure[] {
  const capabilities = capabilitiesAt(inputs, context);
  if (capabilities?.sharedAs === undefined || capabilities.answers || inputs.status === "accepted") return [];
  return [{ property: "status", reason: `can only be accepted: in ${capabilities.title} every member has accepted` }];
}
