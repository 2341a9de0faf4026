import type { FastifyRequest } from "fastify";
import type { Caller } from "../../store/caller";
import type { Metadefs, Namespace } from "../../store/metadefs";
import { integer } from "../list/filters";
import { Parameters } from "../list/parameters";
import { denials, isVisible, requireMetadef, visibleNamespace } from "./access";
import { pageOf, type SortKeys, takePaging } from "./paging";
import { limitFrom, requireVisibility } from "./parameters";

const defaultLimit = "25";
const largestLimit = 1000;

const sortKeys: SortKeys<Namespace> = {
  id: ({ createdAt }) => createdAt,
  namespace: ({ name }) => name,
  display_name: ({ displayName }) => displayName,
  description: ({ description }) => description,
  visibility: ({ visibility }) => visibility,
  protected: (namespace) => Number(namespace.protected),
  owner: ({ owner }) => owner,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};

/** One page of namespaces, and what the next page begins after. Throws 400, 403 and 404, and errors that are answered with 500. */
export function listNamespaces(
  metadefs: Metadefs,
  { url, caller }: FastifyRequest,
): { namespaces: Namespace[]; marker: string | undefined } {
  const parameters = Parameters.of(url);
  const wanted = limitOf(parameters.take("limit") ?? defaultLimit);
  const paging = takePaging(parameters);
  const filters = parameters.flattened();
  requireVisibility(filters.get("visibility"), ["public", "private"]);
  const limit = limitFrom(String(wanted), 0);
  requireMetadef("get_metadef_namespaces", caller);
  const marker = markerOf(metadefs, caller, paging.marker);
  const found = metadefs.all().filter((namespace) => isVisible(namespace, caller) && isWanted(namespace, filters));
  const namespaces = pageOf(found, sortKeys, paging, marker, limit);
  return { namespaces, marker: namespaces.length === limit ? namespaces.at(-1)?.name : undefined };
}

/** Glance stumbles over what is no number. */
function limitOf(text: string): number {
  if (!integer.test(text)) throw new TypeError("a limit that is no number");
  return Math.min(Number(text), largestLimit);
}

/** Glance stumbles over an empty marker. */
function markerOf(metadefs: Metadefs, caller: Caller, name: string | undefined): Namespace | undefined {
  if (name === "") throw new TypeError("a marker without a name");
  return name === undefined ? undefined : visibleNamespace(metadefs, caller, name, denials.marker);
}

function isWanted({ visibility, associations }: Namespace, filters: ReadonlyMap<string, string>): boolean {
  if ((filters.get("visibility") ?? visibility) !== visibility) return false;
  const types = filters.get("resource_types")?.split(",");
  return types === undefined || associations.some(({ name }) => types.includes(name));
}
