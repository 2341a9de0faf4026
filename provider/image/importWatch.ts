import type { GlanceImage, ImageApi, ImageTask } from "../glance/api";
import { GlanceError } from "../http/errors";
import { capital, isLocked, type LifecycleContext, nameOf } from "./spec";
import { listed } from "./stores/choice";

/** What is waited for: an image, and the import that was asked for it if any. */
export interface Waiting {
  image: GlanceImage;
  /** Request id of the import call; its task carries it too. */
  requestId?: string | undefined;
  /** Whether a task says how it ends; false for an upload: tasks of earlier imports say nothing of it. Default true. */
  hasTask?: boolean | undefined;
  /** For messages: "import of https://…". */
  what: string;
}

export function tell({ report }: LifecycleContext, { what }: Waiting, { status, size }: GlanceImage): void {
  report?.({ what, status, ...(size !== null && { done: size }) });
}

/** Looks at an image and at the task of its import, and judges what they say. */
export class ImportWatch {
  last: GlanceImage;
  private started = false;

  constructor(
    private readonly api: ImageApi,
    private readonly waiting: Waiting,
    private readonly context: LifecycleContext,
  ) {
    this.last = waiting.image;
  }

  /** The image when it is ready, nothing while there is hope; throws when there is none. */
  async look(signal: AbortSignal): Promise<GlanceImage | undefined> {
    const task = await ownTask(this.api, this.waiting, signal);
    const image = await this.api.get(this.waiting.image.id, { signal });
    if (!image) throw vanished(this.waiting);
    this.last = image;
    tell(this.context, this.waiting, image);
    return this.judge(image, task);
  }

  private judge(image: GlanceImage, task: ImageTask | undefined): GlanceImage | undefined {
    if (task?.status === "failure") throw this.failed(image, task);
    if (isLocked(image)) this.started = true;
    switch (image.status) {
      case "active":
      case "deactivated":
        // While the import holds its lock it still writes the image; a PATCH now could lose either's changes.
        return isLocked(image) ? undefined : image;
      case "killed":
      case "deleted":
      case "pending_delete":
        throw this.failed(image, task);
      case "queued":
        if (this.started && !task && !isLocked(image)) throw this.failed(image, task);
        return undefined;
      default:
        this.started = true;
        return undefined;
    }
  }

  private failed(image: GlanceImage, task: ImageTask | undefined): GlanceError {
    return importFailed(this.waiting, image, task, this.api.capabilities.title);
  }
}

/** The task of our import; nothing where the server has no task list, hides it, or has not made it yet. */
export async function ownTask(
  api: ImageApi,
  { image, requestId, hasTask = true }: Waiting,
  signal: AbortSignal,
): Promise<ImageTask | undefined> {
  if (!hasTask) return undefined;
  const tasks = await api.tasks(image.id, { signal });
  return requestId === undefined ? tasks?.[0] : tasks?.find((task) => task.requestId === requestId);
}

function importFailed(
  { what, requestId }: Waiting,
  image: GlanceImage,
  task: ImageTask | undefined,
  api: string,
): GlanceError {
  const reason = task?.message || `${api} gives no reason; the image is ${image.status}`;
  const logged = task?.requestId ?? requestId;
  const stores = image.import.failedStores;
  const where = stores.length > 0 ? ` in the store ${listed(stores)}` : "";
  return new GlanceError({
    code: "IMPORT_FAILED",
    message: `${capital(nameOf(image))}: the ${what} failed${where}: ${reason}`,
    hint:
      "Check that Glance itself can reach the source, that its content is what diskFormat says, and the project's quota; " +
      `the operator finds the cause in the log of glance-api${logged === undefined ? "" : " under the request id"}`,
    reason,
    requestId: logged,
  });
}

export function vanished({ image }: Waiting): GlanceError {
  return new GlanceError({
    code: "NOT_FOUND",
    message: `${capital(nameOf(image))} was deleted by somebody else while it was being made`,
  });
}
