import type { ServiceRequest } from "../../../keystone/types";
import { byName, difference, samePart, wholeObject } from "../../definitions";
import type { Namespace, NamespaceChanges } from "../../namespaces";
import { encodeAssociation, encodeFields, encodeObject, encodeTags } from "./codec";
import { namespacePath, partPath } from "./path";

/** The fewest requests that turn `current` into what `changes` asks for. None when nothing differs. */
export function planUpdate(current: Namespace, changes: NamespaceChanges): ServiceRequest[] {
  const parts = [
    ...planAssociations(current, changes),
    ...planProperties(current, changes),
    ...planObjects(current, changes),
    ...planTags(current, changes),
  ];
  const fields = planFields(current, changes);
  // Glance removes nothing from a namespace that is protected.
  const opens = current.protected && changes.protected === false;
  return opens ? [...fields, ...parts] : [...parts, ...fields];
}

/** "Update namespace" replaces all fields: one that is left out goes back to its default, the owner to the caller. */
function planFields(current: Namespace, changes: NamespaceChanges): ServiceRequest[] {
  const { displayName, description, visibility, protected: kept, owner } = current;
  const old = { displayName, description, visibility, protected: kept, owner };
  const names = Object.keys(old) as (keyof typeof old)[];
  if (names.every((name) => changes[name] === undefined || changes[name] === old[name])) return [];
  const merged = { ...old, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
  const { namespace } = current;
  const json = encodeFields({ ...merged, namespace });
  return [{ method: "PUT", path: namespacePath(namespace), json }];
}

/** An association cannot be changed, only made again. */
function planAssociations({ namespace, ...current }: Namespace, { resourceTypeAssociations }: NamespaceChanges) {
  if (!resourceTypeAssociations) return [];
  const { gone, fresh, changed } = difference(
    byName(current.resourceTypeAssociations),
    byName(resourceTypeAssociations),
  );
  const removed = [...gone, ...changed.map(({ name }) => name)];
  return [
    ...removed.map((name) => remove(partPath(namespace, "resource_types", name))),
    ...[...changed, ...fresh].map((one) => add(partPath(namespace, "resource_types"), encodeAssociation(one))),
  ];
}

function planProperties({ namespace, ...current }: Namespace, { properties }: NamespaceChanges) {
  if (!properties) return [];
  const named = (all: Namespace["properties"]) =>
    byName(Object.entries(all).map(([name, definition]) => ({ ...definition, name })));
  const { gone, fresh, changed } = difference(named(current.properties), named(properties));
  return [
    ...gone.map((name) => remove(partPath(namespace, "properties", name))),
    ...changed.map((one) => replace(partPath(namespace, "properties", one.name), one)),
    ...fresh.map((one) => add(partPath(namespace, "properties"), one)),
  ];
}

function planObjects({ namespace, ...current }: Namespace, { objects }: NamespaceChanges) {
  if (!objects) return [];
  const { gone, fresh, changed } = difference(
    byName(current.objects.map(wholeObject)),
    byName(objects.map(wholeObject)),
  );
  return [
    ...gone.map((name) => remove(partPath(namespace, "objects", name))),
    ...changed.map((one) => replace(partPath(namespace, "objects", one.name), encodeObject(one))),
    ...fresh.map((one) => add(partPath(namespace, "objects"), encodeObject(one))),
  ];
}

/** "Create tags" puts its list in the place of all tags, but ignores an empty one. */
function planTags({ namespace, ...current }: Namespace, { tags }: NamespaceChanges): ServiceRequest[] {
  if (!tags || samePart("tags", tags, current.tags)) return [];
  const path = partPath(namespace, "tags");
  if (tags.length === 0) return [remove(path)];
  return [{ method: "POST", path, json: { tags: encodeTags(tags) }, idempotent: true }];
}

/** What somebody else removed meanwhile is gone as well. */
function remove(path: string): ServiceRequest {
  return { method: "DELETE", path, accept: [404] };
}

function add(path: string, json: object): ServiceRequest {
  return { method: "POST", path, json };
}

function replace(path: string, json: object): ServiceRequest {
  return { method: "PUT", path, json };
}
