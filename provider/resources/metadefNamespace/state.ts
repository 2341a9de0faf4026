import { samePart } from "../../glance/definitions";
import type { Namespace, NamespaceParts } from "../../glance/namespaces";
import { placeOf } from "../place";
import type { Known, Place } from "../resource";
import { fieldNames, partNames, undeclared } from "./spec";
import type { MetadefNamespaceInputs, MetadefNamespaceState } from "./types";

/** The state of a namespace as just seen. Where it says the same as the inputs in another order, theirs stands. */
export function stateOf(found: Namespace, inputs: Partial<MetadefNamespaceInputs>): MetadefNamespaceState {
  const { displayName, description, owner } = found;
  const part = <P extends keyof NamespaceParts>(name: P, inOrder: (part: NamespaceParts[P]) => NamespaceParts[P]) => {
    const declared = inputs[name] as NamespaceParts[P] | undefined;
    return declared !== undefined && samePart(name, declared, found[name]) ? declared : inOrder(found[name]);
  };
  const state = {
    ...placeOf(inputs),
    namespace: found.namespace,
    ...(displayName !== null && { displayName }),
    ...(description !== null && { description }),
    visibility: found.visibility,
    protected: found.protected,
    ...(owner !== null && { owner }),
    objects: part("objects", sortedByName),
    properties: part("properties", (all) => all),
    tags: part("tags", (tags) => [...tags].sort()),
    resourceTypeAssociations: part("resourceTypeAssociations", sortedByName),
    createdAt: found.createdAt,
    updatedAt: found.updatedAt,
  };
  // The catalog keeps the definitions as the check let them pass.
  return state as unknown as MetadefNamespaceState;
}

/** Inputs that describe what exists: what the old ones declare, or without any all that is no default. */
export function inputsAsRead(
  state: MetadefNamespaceState,
  old: Known<MetadefNamespaceInputs, MetadefNamespaceState> | { state: Place },
): MetadefNamespaceInputs {
  const isDefault = (name: string) =>
    JSON.stringify(state[name as keyof MetadefNamespaceState]) === JSON.stringify(undeclared[name as never] ?? null);
  const isWanted = (name: (typeof fieldNames | typeof partNames)[number]) =>
    "inputs" in old ? old.inputs[name] !== undefined : !isDefault(name);
  const names = [...fieldNames, ...partNames].filter((name) => state[name] !== undefined && isWanted(name));
  return {
    ...placeOf(state),
    namespace: state.namespace,
    ...Object.fromEntries(names.map((name) => [name, state[name]])),
  };
}

function sortedByName<T extends { name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}
