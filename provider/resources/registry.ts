import type { Lookup } from "./functions";
import { image } from "./image/resource";
import { imageMember } from "./imageMember/resource";
import { imageMemberStatus } from "./imageMemberStatus/resource";
import { imageProperties } from "./imageProperties/resource";
import { lookups as allLookups } from "./lookups";
import { metadefNamespace } from "./metadefNamespace/resource";
import type { Resource } from "./resource";

export { ProgressLine } from "../image/progressText";
export { stampFor } from "../image/stamp";
export { checkConfig, configFrom, diffConfig, missingKeys, secretKeys } from "./config";
export { Connections } from "./connections";
export { selectImages } from "./getImages/select";
export { saysMoreThanPlace } from "./place";

type Values = Record<string, unknown>;
export type AnyResource = Resource<Values, Values>;
export type AnyLookup = Lookup<Values, object>;

/** Everything that a state can hold, by token. */
export const resources: ReadonlyMap<string, AnyResource> = byToken(
  image,
  imageMember,
  imageMemberStatus,
  imageProperties,
  metadefNamespace,
);

/** Everything that a program can ask, by token. */
export const lookups: ReadonlyMap<string, AnyLookup> = allLookups;

// Each resource takes values of its own kind; what arrives for it, its own check has seen before.
// biome-ignore lint/suspicious/noExplicitAny: see above.
function byToken(...all: Resource<any, any>[]): ReadonlyMap<string, AnyResource> {
  return new Map(all.map((resource) => [resource.token, resource]));
}
