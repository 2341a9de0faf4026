import { own } from "../../own";
import { Fault } from "../../store/fault";
import type { Image } from "../../store/image";
import { refuse } from "../refusal";
import { splitList, splitOperator } from "./operators";
import { parseTime } from "./time";

export type Filter = (image: Image) => boolean;

/** Columns by which a list can be filtered with `in:` and `eq:`. */
const operated: Record<string, (image: Image) => string | null> = {
  name: ({ name }) => name,
  id: ({ id }) => id,
  status: ({ status }) => status,
  container_format: ({ containerFormat }) => containerFormat,
  disk_format: ({ diskFormat }) => diskFormat,
};

const numbers: Record<string, (image: Image) => number | null> = {
  size: ({ size }) => size,
  virtual_size: ({ virtualSize }) => virtualSize,
  min_disk: ({ minDisk }) => minDisk,
  min_ram: ({ minRam }) => minRam,
};

/** Columns by which a list can be filtered by the plain value only. */
const texts: Record<string, (image: Image) => string | null> = {
  owner: ({ owner }) => owner,
  checksum: ({ checksum }) => checksum,
  os_hash_algo: ({ hashAlgorithm }) => hashAlgorithm,
  os_hash_value: ({ hashValue }) => hashValue,
};

const times: Record<string, (image: Image) => string> = {
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};

const flags: Record<string, (image: Image) => boolean> = {
  protected: (image) => image.protected,
  os_hidden: ({ hidden }) => hidden,
};

/** Names that Glance's database model uses for something else. Filtering by the former breaks the query, the latter never match. */
const breaking = ["properties", "members", "locations", "deleted_at"];
const unmatchable = ["metadata", "registry", "values", "keys", "items", "get", "update", "save", "delete", "to_dict"];

export const integer = /^\s*[+-]?\d+\s*$/;

/** The filters that the parameters of a list stand for. Throws 400, and an error that is answered with 500. */
export function filtersOf(parameters: ReadonlyMap<string, string>): Filter[] {
  return [...parameters].map(([name, value]) => filterOf(name, value));
}

function filterOf(name: string, value: string): Filter {
  if (name.endsWith("_min") || name.endsWith("_max")) return rangeFilter(name, value);
  for (const kind of kinds) {
    const filter = kind(name, value);
    if (filter !== undefined) return filter;
  }
  return ({ properties }) => properties.get(name) === value;
}

function rangeFilter(name: string, value: string): Filter {
  if (!integer.test(value)) {
    throw new Fault("invalid", "Unable to filter on a range with a non-numeric value.");
  }
  const column = own(numbers, name.slice(0, -"_min".length));
  if (column === undefined) throw new TypeError(`there is no number called ${name}`);
  const bound = Number(value);
  return (image) => {
    const number = column(image);
    return number !== null && (name.endsWith("_min") ? number >= bound : number <= bound);
  };
}

/** Each knows some names, and makes a filter for those. */
const kinds: readonly ((name: string, value: string) => Filter | undefined)[] = [
  (name) => {
    if (breaking.includes(name)) throw new TypeError(`no filter works by ${name}`);
    return unmatchable.includes(name) ? () => false : undefined;
  },
  (name, value) => {
    const column = own(operated, name);
    return column && operatedFilter(column, value);
  },
  (name, value) => {
    const column = own(times, name);
    return column && timeFilter(name, column, value);
  },
  (name, value) => {
    const column = own(flags, name);
    return column && ((image) => column(image) === (value === "true"));
  },
  (name, value) => {
    const column = own(numbers, name);
    return column && numberFilter(column, value);
  },
  (name, value) => {
    const column = own(texts, name);
    return column && ((image) => column(image) === value);
  },
];

/** A text where a number belongs breaks Glance's query. */
function numberFilter(column: (image: Image) => number | null, value: string): Filter {
  if (!integer.test(value)) throw new TypeError(`${value} is no number`);
  return (image) => column(image) === Number(value);
}

function operatedFilter(column: (image: Image) => string | null, value: string): Filter {
  const { operator, operand } = splitOperator(value);
  if (operator === "eq") return (image) => column(image) === operand;
  if (operator !== "in") throw new Fault("invalid", `Unable to filter by unknown operator '${operator}'.`);
  const values: (string | null)[] = splitList(operand);
  return (image) => values.includes(column(image));
}

const comparisons: Record<string, (time: string, bound: string) => boolean> = {
  gt: (time, bound) => time > bound,
  gte: (time, bound) => time >= bound,
  lt: (time, bound) => time < bound,
  lte: (time, bound) => time <= bound,
  eq: (time, bound) => time === bound,
  neq: (time, bound) => time !== bound,
};

function timeFilter(name: string, column: (image: Image) => string, value: string): Filter {
  const { operator, operand } = splitOperator(value);
  const bound = parseTime(operand);
  if (bound === undefined) throw refuse(400, `Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`);
  const compare = own(comparisons, operator);
  if (compare === undefined) throw new Fault("invalid", "Unable to filter on a unknown operator.");
  return (image) => compare(column(image), bound);
}
