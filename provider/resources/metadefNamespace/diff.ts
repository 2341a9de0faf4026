import { samePart } from "../../glance/definitions";
import type { NamespaceParts } from "../../glance/namespaces";
import { asDiff, type Difference, replacing } from "../difference";
import { placeDifferences } from "../place";
import type { DiffResult, Known } from "../resource";
import { hasUnknown, type Previewed } from "../unknown";
import { changesOf, fieldNames, partNames } from "./spec";
import type { MetadefNamespaceInputs, MetadefNamespaceState } from "./types";

/** What differs between a namespace as last seen and what is declared now or was declared before. */
export function diffMetadefNamespace(
  _id: string,
  { inputs, state }: Known<MetadefNamespaceInputs, MetadefNamespaceState>,
  news: Previewed<MetadefNamespaceInputs>,
): DiffResult {
  const wanted: Record<string, unknown> = { ...changesOf(news as MetadefNamespaceInputs, inputs) };
  const differs = (name: (typeof fieldNames | typeof partNames)[number], same: () => boolean) => {
    if (wanted[name] === undefined) return false;
    // Declaring what is there already is a change of the state: only what it knows as declared goes back later.
    const isNew = news[name] !== undefined && inputs[name] === undefined;
    return isNew || hasUnknown(wanted[name]) || !same();
  };
  const changed = [
    ...fieldNames.filter((name) => differs(name, () => (state[name] ?? null) === wanted[name])),
    ...partNames.filter((name) => differs(name, () => sameAs(state, name, wanted[name]))),
  ];
  return asDiff([
    ...replacing<MetadefNamespaceInputs>(["namespace"], state, news),
    ...changed.map((path): Difference => ({ path, replace: false })),
    ...placeDifferences(state, news),
  ]);
}

function sameAs<P extends keyof NamespaceParts>(state: MetadefNamespaceState, part: P, wanted: unknown): boolean {
  return samePart(part, state[part] as unknown as NamespaceParts[P], wanted as NamespaceParts[P]);
}
