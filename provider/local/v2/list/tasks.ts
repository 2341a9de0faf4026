import { own } from "../../own";
import { now } from "../../store/clock";
import type { Store } from "../../store/store";
import type { Task } from "../../store/task";
import { refuse } from "../refusal";
import { uuidPattern } from "../schema/image";
import { Parameters } from "./parameters";
import { limitOf } from "./request";

/** The tasks that have not expired, the oldest first. */
export const currentTasks = ({ tasks }: Store): Task[] =>
  tasks
    .all()
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now())
    .sort(comparing(({ createdAt }) => createdAt));

const columns: Record<string, (task: Task) => string> = {
  id: ({ id }) => id,
  type: ({ type }) => type,
  status: ({ status }) => status,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};

/** One page of all tasks (Image API v2, List tasks). Throws 400. */
export function taskPage(store: Store, url: string): { tasks: Task[]; nextMarker: string | undefined } {
  const parameters = Parameters.of(url);
  const limit = parameters.take("limit");
  const marker = parameters.take("marker");
  const direction = parameters.take("sort_dir") ?? "desc";
  if (direction !== "asc" && direction !== "desc") throw refuse(400, `Invalid sort direction: ${direction}`);
  const isWanted = filterOf(parameters);
  if (marker !== undefined && !new RegExp(uuidPattern).test(marker)) throw refuse(400, "Invalid marker format");
  const size = limitOf(limit);
  const column = own(columns, parameters.take("sort_key") ?? "created_at");
  if (column === undefined) throw refuse(400, "Sort key supplied was not valid.");
  const ascending = currentTasks(store).filter(isWanted).sort(comparing(column));
  const sorted = direction === "asc" ? ascending : ascending.reverse();
  const start = marker === undefined ? 0 : position(sorted, marker) + 1;
  const tasks = sorted.slice(start, start + size);
  return { tasks, nextMarker: tasks.length === size ? tasks.at(-1)?.id : undefined };
}

function comparing(column: (task: Task) => string) {
  return (a: Task, b: Task) => Number(column(a) > column(b)) - Number(column(a) < column(b));
}

function filterOf(parameters: Parameters): (task: Task) => boolean {
  const status = parameters.take("status");
  const type = parameters.take("type");
  if (status && !["pending", "processing", "success", "failure"].includes(status)) {
    throw refuse(400, `Invalid status value: ${status}`);
  }
  if (type && type !== "import") throw refuse(400, `Invalid type value: ${type}`);
  return (task) => (!status || task.status === status) && (!type || task.type === type);
}

function position(tasks: readonly Task[], id: string): number {
  const index = tasks.findIndex((task) => task.id === id);
  if (index < 0) throw refuse(400, `Task with the given id ${id} was not found`);
  return index;
}
