import { refuse } from "../refusal";

/** Throws 400 for another visibility than these. */
export function requireVisibility(visibility: string | undefined, allowed: readonly string[]): void {
  if (!visibility || allowed.includes(visibility)) return;
  throw refuse(400, `Invalid visibility value: ${visibility}`);
}

/** The resource type for which names shall have their prefix. Where Glance expects it, it stumbles over all other parameters. */
export function resourceTypeOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const resourceType = parameters.get("resource_type");
  if (parameters.size > 0 && resourceType === undefined) throw new TypeError("parameters without a resource type");
  return resourceType;
}

/** Throws 400 for a limit that is no number, or less than `least`. */
export function limitFrom(limit: string, least: 0 | 1): number {
  if (!isInteger(limit)) throw refuse(400, "limit param must be an integer");
  if (Number(limit) < least) throw refuse(400, "limit param must be positive");
  return Number(limit);
}

const isInteger = (text: string) => /^\s*[+-]?\d+\s*$/.test(text);
