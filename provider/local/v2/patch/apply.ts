import type { Caller } from "../../store/caller";
import type { Image } from "../../store/image";
import { requireAllowed, requireVisibility } from "../policy";
import { requirePropertyQuota } from "../quota";
import { refuse, refuseInDetail } from "../refusal";
import { requireStorable } from "../values";
import { isTaken, setTaken, setterOf } from "./attributes";
import type { Operation } from "./operations";

/** The image after all operations of a PATCH, in their order. Throws where one of them does not fit, or is not for this caller. */
export function applyOperations(image: Image, operations: readonly Operation[], caller: Caller): Image {
  const changed = operations.reduce((current, operation) => apply(current, operation, caller), image);
  const isNew = (name: string) => !image.properties.has(name);
  if ([...changed.properties.keys()].some(isNew)) requirePropertyQuota(changed.properties);
  requireStorable(changed);
  return changed;
}

function apply(image: Image, operation: Operation, caller: Caller): Image {
  if (operation.path[0] === "locations") return refuseLocations(image, operation, caller);
  return verbs[operation.verb](image, operation, caller);
}

const verbs: Record<Operation["verb"], typeof apply> = {
  replace(image, { path: [name], value }, caller) {
    if (name === "owner" && !caller.isAdmin) throw refuseInDetail(403, "Owner can't be updated by non admin.");
    requireChange(image, name, value, caller);
    if (!isPresent(image, name)) throw doesNotExist(name);
    return set(image, name, value);
  },
  add(image, { path: [name], value, addReplaces }, caller) {
    requireChange(image, name, value, caller);
    if (!addReplaces && isPresent(image, name)) throw refuseInDetail(409, `Property ${name} already present.`);
    return set(image, name, value);
  },
  remove(image, { path: [name] }, caller) {
    requireChange(image, name, undefined, caller);
    if (setterOf(name) !== undefined || isTaken(name)) {
      throw refuseInDetail(403, `Property ${name} may not be removed.`);
    }
    if (!image.properties.has(name)) throw doesNotExist(name);
    const properties = new Map(image.properties);
    properties.delete(name);
    return { ...image, properties };
  },
};

function requireChange(image: Image, name: string, value: unknown, caller: Caller): void {
  if (name === "visibility") requireVisibility(value, caller, image);
  requireAllowed("modify_image", caller, image);
}

const isPresent = (image: Image, name: string) =>
  setterOf(name) !== undefined || isTaken(name) || image.properties.has(name);

function set(image: Image, name: string, value: unknown): Image {
  const setter = setterOf(name);
  if (setter !== undefined) return setter(image, value);
  if (isTaken(name)) return setTaken(image, name, value);
  return { ...image, properties: new Map(image.properties).set(name, value as string) };
}

const doesNotExist = (name: string) => refuseInDetail(409, `Property ${name} does not exist.`);

/** Locations are not shown here, so that nobody can change them. */
function refuseLocations(image: Image, { verb, value }: Operation, caller: Caller): never {
  if (verb === "replace" && Array.isArray(value) && value.length === 0) {
    throw refuseInDetail(403, "Cannot set locations to empty list.");
  }
  requireAllowed(verb === "remove" ? "delete_image_location" : "set_image_location", caller, image);
  const doing = { add: "add", replace: "update", remove: "remove" }[verb];
  throw refuse(403, `It's not allowed to ${doing} locations if locations are invisible.`);
}
