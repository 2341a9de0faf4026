import type { FastifyInstance } from "fastify";
import type { Caller } from "../../store/caller";
import type { Task } from "../../store/task";
import { sendJson } from "../../wire/reply";
import { rejectBody } from "../body";
import { pageLinks } from "../list/parameters";
import { currentTasks, taskPage } from "../list/tasks";
import { isAllowed, requireAllowed } from "../policy";
import { Refusal, refuse } from "../refusal";
import { route } from "../resource";
import { type ImageService, imageId, pathParameter } from "../service";
import { imageTaskView, taskSummary, taskView } from "../view";

/**
 * The tasks of an image, and all tasks for administrators (Image API v2, Tasks). Tasks are made by imports only: the deprecated
 * creation of others is not served.
 */
export function registerTasks(app: FastifyInstance, { store }: ImageService): void {
  app.get("/images/:imageId/tasks", async (request, reply) => {
    rejectBody(request);
    const { caller } = request;
    const image = store.findFor(caller, imageId(request));
    if (image === undefined || !isAllowed("get_image", caller, image)) throw new Refusal(404);
    const tasks = currentTasks(store).filter((task) => task.imageId === image.id && isVisible(task, caller));
    return sendJson(reply, 200, { tasks: tasks.map(imageTaskView) });
  });
  route(app, "/tasks", {
    async GET(request, reply) {
      requireAllowed("tasks_api_access", request.caller);
      const { tasks, nextMarker } = taskPage(store, request.url);
      const links = pageLinks("/v2/tasks", request.url, nextMarker);
      return sendJson(reply, 200, { tasks: tasks.map(taskSummary), ...links, schema: "/v2/schemas/tasks" });
    },
    async POST(request) {
      requireAllowed("tasks_api_access", request.caller);
      throw new Refusal(405, { headers: { allow: "GET" } });
    },
  });
  route(app, "/tasks/:taskId", {
    async GET(request, reply) {
      requireAllowed("tasks_api_access", request.caller);
      const id = pathParameter(request, "taskId");
      const task = currentTasks(store).find((candidate) => candidate.id === id);
      if (task === undefined) throw refuse(404, `Could not find task ${id}`);
      return sendJson(reply, 200, taskView(task));
    },
    async DELETE(request) {
      requireAllowed("tasks_api_access", request.caller);
      const reason = "They are auto deleted after reaching the time based on their expires_at property.";
      const explanation = `This operation is currently not permitted on Glance Tasks. ${reason}`;
      throw new Refusal(405, { explanation, headers: { allow: "GET" } });
    },
  });
}

/** A task is visible to the project that started it. */
const isVisible = (task: Task, caller: Caller) =>
  caller.isAdmin || task.owner === null || task.owner === caller.projectId;
