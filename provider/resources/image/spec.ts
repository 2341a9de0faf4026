import type { ImageFields } from "../../glance/api";
import type { Capabilities, ImageInput } from "../../glance/capabilities";
import type { MemberChanges } from "../../image/members";
import type { ImageSpec } from "../../image/spec";
import { propertyChanges } from "../properties";
import type { ResourceContext } from "../resource";
import { deliveryOf, sourceOf, storesOf } from "./sourceSpec";
import type { CheckedImageInputs, ImageInputs } from "./types";

type Field = keyof ImageInputs & keyof ImageFields;

export const formatNames = ["diskFormat", "containerFormat"] as const satisfies readonly Field[];

/** Inputs that are the image's own attributes, under the same names, and can change in any state. */
export const attributeNames = [
  "name",
  "minRam",
  "minDisk",
  "visibility",
  "protected",
  "hidden",
  "tags",
  "owner",
] as const satisfies readonly Field[];

/** What an input goes back to when the program no longer declares it. Inputs that are not here stay as they are. */
export const undeclared = {
  minRam: 0,
  minDisk: 0,
  protected: false,
  hidden: false,
  tags: [] as string[],
  deactivated: false,
  members: [] as string[],
} as const satisfies ImageInputs;

/** What the image shall be: the inputs, and the way back for what the old inputs declared and these do not. */
export function specOf(
  inputs: CheckedImageInputs,
  old: CheckedImageInputs | undefined,
  context: Pick<ResourceContext, "directory" | "connect">,
  capabilities: Capabilities,
): ImageSpec {
  const formerly = old ? carried(old, capabilities) : {};
  const declared = { ...resets(formerly, inputs), ...inputs };
  const source = sourceOf(inputs, context);
  const stores = storesOf(inputs);
  const members = memberChanges(inputs.members, formerly.members);
  return {
    fields: pick(declared, [...formatNames, ...attributeNames]),
    properties: propertyChanges(formerly.properties, inputs.properties),
    ...(inputs.imageId !== undefined && { id: inputs.imageId }),
    ...(source && { source, delivery: deliveryOf(inputs) }),
    ...(stores && { stores }),
    ...(members && { members }),
    ...(declared.deactivated !== undefined && { deactivated: declared.deactivated }),
  };
}

/** What the image API of today could take back; another may have made the image. */
function carried(old: CheckedImageInputs, { inputs, propertyFault }: Capabilities): CheckedImageInputs {
  const known = pick(
    old,
    (Object.keys(old) as (keyof CheckedImageInputs)[]).filter((name) => inputs.has(name as ImageInput)),
  );
  const properties = Object.entries(known.properties ?? {}).filter(([name]) => propertyFault(name) === undefined);
  return { ...known, ...(known.properties && { properties: Object.fromEntries(properties) }) };
}

/** Members that somebody else added since are left alone once the program declares none. */
function memberChanges(members: ImageInputs["members"], old: ImageInputs["members"]): MemberChanges | undefined {
  if (members) return { only: members };
  return old && { without: old };
}

function resets(old: ImageInputs, news: ImageInputs): Partial<typeof undeclared> {
  const names = Object.keys(undeclared) as (keyof typeof undeclared)[];
  return pick(
    undeclared,
    names.filter((name) => old[name] !== undefined && news[name] === undefined),
  );
}

/** The named members that are set. */
export function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  const set = names.filter((name) => from[name] !== undefined);
  return Object.fromEntries(set.map((name) => [name, from[name]])) as Pick<T, K>;
}
