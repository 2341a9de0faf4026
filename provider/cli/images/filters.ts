import { record } from "../../glance/coerce";
import { checkFilters } from "../../resources/getImages/check";
import type { GetImagesInputs } from "../../resources/getImages/types";
import { UsageError } from "../commandLine";

/** The place has options of its own, and properties are given one by one. */
type FilterName = Exclude<keyof GetImagesInputs, "cloud" | "region" | "api" | "properties">;

type KindOf<T> = T extends string[] ? "list" : T extends number ? "number" : T extends boolean ? "flag" : "text";
type Kind = KindOf<GetImagesInputs[FilterName]>;

const kinds: { readonly [N in FilterName]: KindOf<NonNullable<GetImagesInputs[N]>> } = {
  ids: "list",
  name: "text",
  names: "list",
  nameRegex: "text",
  owner: "text",
  status: "text",
  statuses: "list",
  visibility: "text",
  memberStatus: "text",
  isPublic: "flag",
  protected: "flag",
  hidden: "flag",
  diskFormat: "text",
  diskFormats: "list",
  containerFormat: "text",
  containerFormats: "list",
  tags: "list",
  minDisk: "number",
  minRam: "number",
  sizeMin: "number",
  sizeMax: "number",
  createdAt: "text",
  updatedAt: "text",
  changesSince: "text",
  server: "text",
  type: "text",
  sort: "text",
  sortKey: "text",
  sortDir: "text",
  limit: "number",
  marker: "text",
  maxResults: "number",
  detail: "flag",
};

/** A text that is no number or flag stays one, for the checks to refuse. */
const readers: Record<Kind, (text: string) => unknown> = {
  text: (text) => text,
  list: (text) => text,
  number: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text),
  flag: (text) => ({ true: true, false: false })[text] ?? text,
};

const propertyPrefix = "property:";

/** How filters are written, for the help. */
export const filterNames: readonly string[] = [...Object.keys(kinds), `${propertyPrefix}NAME`];

/** Reads `name=value`, where lists are written by repeating the name, and properties as `property:NAME=value`. */
export function filtersFrom(texts: readonly string[]): GetImagesInputs {
  const filters: Record<string, unknown> = {};
  const properties = record<string>([]);
  for (const text of texts) {
    const [name, value] = split(text);
    if (name.startsWith(propertyPrefix)) once(properties, name.slice(propertyPrefix.length), value);
    else if (kindOf(name) === "list") filters[name] = [...((filters[name] as string[] | undefined) ?? []), value];
    else once(filters, name, readers[kindOf(name)](value));
  }
  const all = Object.keys(properties).length === 0 ? filters : { ...filters, properties };
  const [failure] = checkFilters(all);
  if (failure) throw new UsageError(`The filter ${failure.property} ${failure.reason}.`);
  return all;
}

function split(text: string): [name: string, value: string] {
  const end = text.indexOf("=");
  if (end < 1) throw new UsageError(`--filter must look like name=value, not "${text}".`);
  return [text.slice(0, end), text.slice(end + 1)];
}

function kindOf(name: string): Kind {
  if (Object.hasOwn(kinds, name)) return kinds[name as FilterName];
  throw new UsageError(`There is no filter ${name}; the filters are ${filterNames.join(", ")}.`);
}

function once<T>(into: Record<string, T>, name: string, value: T): void {
  if (Object.hasOwn(into, name)) throw new UsageError(`The filter ${name} is given twice.`);
  into[name] = value;
}
