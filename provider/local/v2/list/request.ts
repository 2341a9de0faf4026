import type { MemberStatus, Visibility } from "../../store/image";
import type { SortOrder } from "../../store/page";
import type { Audience } from "../../store/visibility";
import { refuse } from "../refusal";
import { type Filter, filtersOf, integer } from "./filters";
import { orderOf } from "./order";
import { Parameters } from "./parameters";

const defaultLimit = 25;
const largestLimit = 1000;

/** What a list of images asks for (Image API v2, List images). */
export interface ListRequest {
  audience: Pick<Audience, "visibility" | "memberStatus">;
  filters: readonly Filter[];
  order: readonly SortOrder[];
  marker: string | undefined;
  limit: number;
}

/** Reads the query of a list, in the order in which Glance finds faults. Throws 400, and an error that is answered with 500. */
export function listRequest(url: string): ListRequest {
  const parameters = Parameters.of(url);
  const limit = parameters.take("limit");
  const marker = parameters.take("marker");
  const memberStatus = parameters.take("member_status") ?? "accepted";
  const tags = parameters.takeAll("tag").map((tag) => tag.trim());
  const visibility = visibilityOf(parameters.flattened());
  const audience = { visibility, memberStatus: memberStatusOf(memberStatus) };
  const size = limitOf(limit);
  const order = orderOf(parameters);
  return { audience, order, marker, limit: size, filters: filters(parameters.flattened(), tags) };
}

/** Limit of a page. Throws 400. */
export function limitOf(limit: string | undefined): number {
  if (limit === undefined) return defaultLimit;
  if (!integer.test(limit)) throw refuse(400, "limit param must be an integer");
  if (Number(limit) < 0) throw refuse(400, "limit param must be positive");
  return Math.min(Number(limit), largestLimit);
}

function filters(parameters: Map<string, string>, tags: readonly string[]): Filter[] {
  const hidden = (parameters.get("os_hidden") ?? "false").toLowerCase();
  requireFlag("os_hidden", hidden);
  const protection = parameters.get("protected");
  if (protection !== undefined) requireFlag("protected", protection);
  // A parameter `tags` is read as a list of letters.
  const wanted = tags.length > 0 ? tags : [...(parameters.get("tags") ?? "")];
  for (const name of ["visibility", "deleted", "tags"]) parameters.delete(name);
  parameters.set("os_hidden", hidden);
  const tagFilters = wanted.map(
    (tag): Filter =>
      (image) =>
        image.tags.includes(tag),
  );
  return [...filtersOf(parameters), ...tagFilters, ({ status }) => status !== "killed"];
}

function requireFlag(name: string, value: string): void {
  if (value === "true" || value === "false") return;
  throw refuse(400, `Invalid value '${value}' for '${name}' filter. Valid values are 'true' or 'false'.`);
}

function visibilityOf(parameters: ReadonlyMap<string, string>): ListRequest["audience"]["visibility"] {
  const visibility = parameters.get("visibility");
  if (visibility === "") throw new TypeError("a visibility without a name breaks the query");
  if (visibility && !["community", "public", "private", "shared", "all"].includes(visibility)) {
    throw refuse(400, `Invalid visibility value: ${visibility}`);
  }
  if (parameters.get("changes-since")) {
    throw refuse(400, 'The "changes-since" filter is no longer available on v2.');
  }
  return visibility as Visibility | "all" | undefined;
}

function memberStatusOf(status: string): MemberStatus | "all" {
  if (status === "pending" || status === "accepted" || status === "rejected" || status === "all") return status;
  throw refuse(400, `Invalid status: ${status}`);
}
