import { segment } from "../../segment";

export const namespacesPath = "/v2/metadefs/namespaces";

export const namespacePath = (namespace: string): string => `${namespacesPath}/${segment(namespace)}`;

type Part = "objects" | "properties" | "tags" | "resource_types";

/** All parts of a kind, or the one of this name. */
export function partPath(namespace: string, part: Part, name?: string): string {
  const all = `${namespacePath(namespace)}/${part}`;
  return name === undefined ? all : `${all}/${segment(name)}`;
}
