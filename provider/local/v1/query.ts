import { own } from "../own";
import type { Caller } from "../store/caller";
import type { SortKey, SortOrder } from "../store/page";
import { type Filter, filtersOf, integer } from "../v2/list/filters";
import { sortKeys } from "../v2/list/order";
import { Parameters } from "../v2/list/parameters";
import { parseTime } from "../v2/list/time";
import { refuse, refuseInDetail } from "../v2/refusal";
import { isUuid } from "../v2/uuid";
import { quoted } from "./registry";

const defaultLimit = 25;
const largestLimit = 1000;

const propertyPrefix = "property-";

/** What a list asks for (Image API v1, List images); parameters that it does not know are overlooked. */
export interface ListQuery {
  filters: readonly Filter[];
  /** Images that changed after this time, deleted ones included. */
  changesSince: string | undefined;
  /** For administrators: true for what everybody would see, false for what is not public, undefined for everything. */
  isPublic: boolean | undefined;
  sort: SortOrder;
  marker: string | undefined;
  limit: number;
}

type Values = ReadonlyMap<string, string>;

/** Reads the query of a list, in the order in which Glance finds faults. Throws 400, and an error that is answered with 500. */
export function listQuery(url: string, { isAdmin }: Caller): ListQuery {
  const values = Parameters.of(url).flattened();
  for (const [name, value] of values) requireValid(name, value);
  return {
    changesSince: changesSinceOf(values.get("changes-since")),
    filters: [...columnFilters(values), ...propertyFilters(values)],
    limit: limitOf(values.get("limit")),
    sort: { key: sortKeyOf(values.get("sort_key") ?? "created_at"), direction: directionOf(values.get("sort_dir")) },
    marker: markerOf(values.get("marker")),
    isPublic: isAdmin ? flag(values.get("is_public") ?? "true") : undefined,
  };
}

const isCount = (value: string) => integer.test(value) && Number(value) >= 0;
const isFlag = (value: string) => ["none", "true", "false", "1", "0"].includes(value.toLowerCase());

const validators: Record<string, (value: string) => boolean> = {
  size_max: isCount,
  size_min: isCount,
  min_ram: isCount,
  protected: isFlag,
  is_public: isFlag,
};

function requireValid(name: string, value: string): void {
  const isValid = own(validators, name);
  if (isValid === undefined || isValid(value)) return;
  throw refuseInDetail(400, `Bad value passed to filter ${name} got ${value}`);
}

const flags: Record<string, boolean> = { true: true, "1": true, false: false, "0": false };

const flag = (value: string): boolean | undefined => flags[value.toLowerCase()];

function changesSinceOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const time = parseTime(value);
  if (time === undefined) throw quoted(400, refuseInDetail(400, "Unrecognized changes-since value"));
  return time;
}

const columns = ["name", "status", "container_format", "disk_format", "min_ram", "min_disk", "size_min", "size_max"];

function columnFilters(values: Values): Filter[] {
  const isProtected = values.get("protected");
  const wanted = columns.flatMap((name): [string, string][] => {
    const value = values.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const filters = wanted.flatMap(([name, value]) => columnFilter(name, value));
  return isProtected === undefined ? filters : [protectedFilter(isProtected), ...filters];
}

function protectedFilter(value: string): Filter {
  const wanted = flag(value);
  if (wanted === undefined) throw quoted(400, refuseInDetail(400, "protected must be True, or False"));
  return (image) => image.protected === wanted;
}

/** A name with a colon is taken for an operator. Glance stumbles over those that it does not know. */
function columnFilter(name: string, value: string): Filter[] {
  if (name === "min_disk" && !integer.test(value)) return [() => false];
  try {
    return filtersOf(new Map([[name, value]]));
  } catch (error) {
    throw new TypeError(`no filter for ${name}`, { cause: error });
  }
}

const propertyFilters = (values: Values): Filter[] =>
  [...values]
    .filter(([name]) => name.startsWith(propertyPrefix))
    .map(
      ([name, value]) =>
        ({ properties }) =>
          properties.get(name.slice(propertyPrefix.length)) === value,
    );

function limitOf(value: string | undefined): number {
  if (value === undefined) return defaultLimit;
  if (!integer.test(value)) throw quoted(400, refuseInDetail(400, "limit param must be an integer"));
  if (Number(value) < 0) throw quoted(400, refuseInDetail(400, "limit param must be positive"));
  return Math.min(Number(value), largestLimit);
}

function sortKeyOf(value: string): SortKey {
  const key = own(sortKeys, value);
  if (key !== undefined) return key;
  throw unsupported("sort_key", Object.keys(sortKeys));
}

function directionOf(value = "desc"): SortOrder["direction"] {
  if (value === "asc" || value === "desc") return value;
  throw unsupported("sort_dir", ["asc", "desc"]);
}

const unsupported = (parameter: string, acceptable: readonly string[]) =>
  quoted(400, refuse(400, `Unsupported ${parameter}. Acceptable values: ${acceptable.join(", ")}`));

function markerOf(value: string | undefined): string | undefined {
  if (value && !isUuid(value)) throw quoted(400, refuse(400, "Invalid marker format"));
  return value;
}
