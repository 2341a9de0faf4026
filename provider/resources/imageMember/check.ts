import { lacksMembers, membershipShape } from "../membership";
import { placeShape } from "../place";
import type { CheckResult, ResourceContext } from "../resource";
import { requireInputs, validate } from "../validate";
import type { ImageMemberInputs } from "./types";

const shape = { ...membershipShape, ...placeShape } satisfies { [K in keyof Required<ImageMemberInputs>]: unknown };

export async function checkImageMember(
  news: Record<string, unknown>,
  context: ResourceContext,
): Promise<CheckResult<ImageMemberInputs>> {
  const { inputs, failures } = validate<ImageMemberInputs>(shape, news);
  failures.push(...requireInputs(inputs, ["imageId", "memberId"]), ...lacksMembers(inputs, context));
  return { inputs, failures };
}
