import type { NamespaceChanges, NamespaceParts } from "../../glance/namespaces";
import type { MetadefNamespaceInputs } from "./types";

export const fieldNames = ["displayName", "description", "visibility", "protected", "owner"] as const;
export const partNames = [
  "objects",
  "properties",
  "tags",
  "resourceTypeAssociations",
] as const satisfies readonly (keyof NamespaceParts)[];

/** What an input goes back to when the program no longer declares it. The owner stays. */
export const undeclared = {
  displayName: null,
  description: null,
  visibility: "private",
  protected: false,
  objects: [],
  properties: {},
  tags: [],
  resourceTypeAssociations: [],
} as const satisfies NamespaceChanges;

/** What shall be: the inputs, and the way back for what the old inputs declared and these do not. */
export function changesOf(inputs: MetadefNamespaceInputs, old: Partial<MetadefNamespaceInputs> = {}): NamespaceChanges {
  const changes = [...fieldNames, ...partNames].flatMap((name) => {
    const fallback = old[name] === undefined ? undefined : (undeclared as NamespaceChanges)[name];
    const wanted = inputs[name] ?? fallback;
    return wanted === undefined ? [] : [[name, wanted] as const];
  });
  return Object.fromEntries(changes);
}
