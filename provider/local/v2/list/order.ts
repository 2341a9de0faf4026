import { own } from "../../own";
import type { SortKey, SortOrder } from "../../store/page";
import { refuse } from "../refusal";
import type { Parameters } from "./parameters";

/** The keys that a list can be sorted by. */
export const sortKeys: Readonly<Record<string, SortKey>> = {
  name: "name",
  status: "status",
  container_format: "containerFormat",
  disk_format: "diskFormat",
  size: "size",
  id: "id",
  created_at: "createdAt",
  updated_at: "updatedAt",
};

/** The order that a list asks for, by `sort` or by `sort_key` and `sort_dir`; ends with creation time and id. Throws 400. */
export function orderOf(parameters: Parameters): SortOrder[] {
  const { order, fallback } = parameters.has("sort") ? newSyntax(parameters) : classicSyntax(parameters);
  const ties = (["createdAt", "id"] as const).filter((key) => !order.some((by) => by.key === key));
  return [...order, ...ties.map((key) => ({ key, direction: fallback }))];
}

interface Order {
  order: SortOrder[];
  /** The direction of what the request does not name. */
  fallback: SortOrder["direction"];
}

function newSyntax(parameters: Parameters): Order {
  if (parameters.has("sort_key") || parameters.has("sort_dir")) {
    throw refuse(400, "Old and new sorting syntax cannot be combined");
  }
  const [sort = ""] = parameters.takeAll("sort");
  const order = sort
    .trim()
    .split(",")
    .map((item) => {
      const [key = "", direction = ""] = item.split(/:(.*)/s);
      return { key: keyOf(key.trim()), direction: directionOf(direction.trim() || "desc") };
    });
  const [only] = order;
  return { order, fallback: order.length === 1 && only ? only.direction : "desc" };
}

function classicSyntax(parameters: Parameters): Order {
  const named = parameters.takeAll("sort_key").map((key) => keyOf(key.trim()));
  const directions = parameters.takeAll("sort_dir").map((direction) => directionOf(direction.trim()));
  if (directions.length > 1 && directions.length !== named.length) {
    throw refuse(400, "Number of sort dirs does not match the number of sort keys");
  }
  const single = directions.length > 1 ? undefined : (directions[0] ?? "desc");
  const sorted: SortKey[] = named.length > 0 ? named : ["createdAt"];
  const order = sorted.map((key, index) => ({ key, direction: single ?? directions[index] ?? "desc" }));
  return { order, fallback: single ?? "desc" };
}

function keyOf(name: string): SortKey {
  const key = own(sortKeys, name);
  if (key !== undefined) return key;
  const available = Object.keys(sortKeys).join(", ");
  throw refuse(400, `Invalid sort key: ${name}. It must be one of the following: ${available}.`);
}

function directionOf(direction: string): SortOrder["direction"] {
  if (direction === "asc" || direction === "desc") return direction;
  throw refuse(400, `Invalid sort direction: ${direction}`);
}
