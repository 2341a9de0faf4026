import { type Answer, must } from "./client";
import type { ImageBody, User } from "./user";
import { eventually } from "./waiting";

/** A task as `/v2/images/{id}/tasks` shows it. */
export interface TaskBody {
  id: string;
  status: string;
  message: string;
  request_id: string;
  [field: string]: unknown;
}

export const webDownload = (uri: string) => ({ method: { name: "web-download", uri } });
export const glanceDirect = { method: { name: "glance-direct" } };
export const glanceDownload = (method: Record<string, unknown>) => ({ method: { name: "glance-download", ...method } });
export const copyImage = { method: { name: "copy-image" } };

export const importInto = (user: User, id: string, request: unknown, headers = {}): Promise<Answer> =>
  user.send("POST", `/v2/images/${id}/import`, { json: request, headers });

export async function tasksOf(user: User, id: string): Promise<TaskBody[]> {
  const { tasks } = must(await user.get(`/v2/images/${id}/tasks`), 200).body as { tasks: TaskBody[] };
  return tasks;
}

/** Starts an import and returns its task and the image when both are at rest. */
export async function importToEnd(
  user: User,
  id: string,
  request: unknown,
  headers = {},
): Promise<{ task: TaskBody; image: ImageBody }> {
  const requestId = must(await importInto(user, id, request, headers), 202).headers["x-openstack-request-id"];
  const task = await eventually(
    async () => (await tasksOf(user, id)).find(({ request_id }) => request_id === requestId),
    (found) => ["success", "failure"].includes(found?.status ?? ""),
  );
  const image = await eventually(
    async () => must(await user.show(id), 200).body as ImageBody,
    (shown) => shown.os_glance_import_task === undefined,
  );
  return { task: task as TaskBody, image };
}

/** Stores are listed in no order that means anything. */
export const storesOf = (image: ImageBody) => String(image.stores).split(",").sort();
