import type { Caller } from "../store/caller";
import { Fault } from "../store/fault";
import type { Visibility } from "../store/image";
import type { NewImage } from "../store/store";
import { isReserved } from "../v2/names";
import { refuseInDetail } from "../v2/refusal";
import { requireStorable } from "../v2/values";
import type { Fields, Meta } from "./meta";
import { quoted } from "./registry";
import type { Variant } from "./variant";

/** What a request sets of an image; the owner only counts if an administrator sets it. */
export function attributesOf(fields: Fields, { isAdmin }: Caller): NewImage {
  const given = {
    name: fields.name,
    diskFormat: fields.disk_format,
    containerFormat: fields.container_format,
    minDisk: fields.min_disk,
    minRam: fields.min_ram,
    protected: fields.protected,
    visibility: visibilityOf(fields),
    owner: isAdmin ? fields.owner : undefined,
    size: fields.size,
    virtualSize: fields.virtual_size,
    checksum: fields.checksum,
  } satisfies { [Name in keyof NewImage]: NewImage[Name] | undefined };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** What is not public can be shared. */
function visibilityOf({ is_public }: Fields): Visibility | undefined {
  if (is_public === undefined) return undefined;
  return is_public ? "public" : "shared";
}

/** The properties that a request may set: what a server keeps in properties is not for clients. */
export const writableProperties = ({ properties }: Meta, { isOwn }: Variant): ReadonlyMap<string, string> =>
  new Map([...properties].filter(([name]) => !isOwn(name) && !isReserved(name)));

/** Throws 400 for what cannot be kept; the registry's reason comes after both servers' words. */
export function requireKeepable(attributes: NewImage, lead: string, registryLead: string): void {
  try {
    requireStorable(attributes);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw quoted(400, refuseInDetail(400, registryLead + error.message), lead);
  }
}
