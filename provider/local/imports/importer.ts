import { randomUUID } from "node:crypto";
import type { Caller } from "../store/caller";
import { later, now } from "../store/clock";
import { Fault } from "../store/fault";
import { withStatus } from "../store/image";
import type { Store } from "../store/store";
import type { Task } from "../store/task";
import { DifferentData } from "../store/transfer";
import { type Announcement, announcement, type Download, type DownloadRules, download } from "./download";
import { runFlow, type Step } from "./flow";
import { fetchFromRegion } from "./fromRegion";
import type { ImportPlan } from "./plan";
import { importing, locked, lockOf, unlocked } from "./progress";
import {
  copyIntoStore,
  emptyStaging,
  fetchFromStore,
  fetchFromWeb,
  holdLock,
  type Import,
  requireActive,
} from "./steps";

const mebibyte = 1024 * 1024;

/** Seconds that a finished task is shown. */
export const timeToLive = 48 * 3600;

/** Seconds after which another import may take the lock of a task that shows no progress. */
const lockLifetime = { pending: 7200, other: 3600 };

/** Who asks for an import, and how the request is recorded. */
export interface ImportRequest {
  caller: Caller;
  requestId: string;
  input: Record<string, unknown>;
}

/** Runs imports after their requests were answered, as glance/async_/flows/api_image_import.py does. */
export class Importer {
  private readonly running = new Set<Promise<void>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly allowHosts: readonly string[],
    /** The images of every region that `glance-download` reaches, by its name in lower case. */
    private readonly regions: ReadonlyMap<string, Store> = new Map(),
  ) {}

  private rules(signal?: AbortSignal): DownloadRules {
    const { allowHosts, closing } = this;
    return { allowHosts, signal: signal ? AbortSignal.any([closing.signal, signal]) : closing.signal };
  }

  /** Throws a conflict while another import works on the image. */
  requireUnlocked(imageId: string): void {
    const holder = lockOf(this.store.image(imageId));
    const task = holder === undefined ? undefined : this.store.tasks.get(holder);
    if (task === undefined) return;
    const lifetime = task.status === "pending" ? lockLifetime.pending : lockLifetime.other;
    if (later(task.updatedAt, lifetime) > now()) throw new Fault("conflict", "Image has active task");
  }

  /** Locks the image and starts to work. The image is still in its old status when this resolves. */
  async start(imageId: string, plan: ImportPlan, { caller, requestId, input }: ImportRequest): Promise<void> {
    const time = now();
    const task: Task = {
      id: randomUUID(),
      type: "api_image_import",
      status: "pending",
      owner: caller.projectId,
      userId: caller.userId,
      requestId,
      imageId,
      input,
      result: null,
      message: "",
      createdAt: time,
      updatedAt: time,
      expiresAt: null,
    };
    await Promise.all([this.store.tasks.put(task), this.store.change(imageId, (image) => locked(image, task.id))]);
    this.goOn(this.run(task, imageId, plan, caller));
  }

  /** Keeps what goes on after its request was answered, so that `close` waits for it. Its failure is nobody's. */
  goOn(work: Promise<void>): void {
    const running = work.catch(() => {}).finally(() => this.running.delete(running));
    this.running.add(running);
  }

  /** Fetches a file by the rules of web-download, until `signal` or `close` breaks it off. */
  download(uri: string, signal?: AbortSignal): Promise<Download> {
    return download(uri, this.rules(signal));
  }

  /** Asks what a download would find. */
  announcement(uri: string, signal?: AbortSignal): Promise<Announcement> {
    return announcement(uri, this.rules(signal));
  }

  /** Breaks off whatever runs, as a failure, and resolves when that is recorded. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.running);
  }

  private async run(task: Task, imageId: string, plan: ImportPlan, caller: Caller): Promise<void> {
    await this.update(task.id, { status: "processing" });
    const { store, allowHosts, regions } = this;
    const report = (bytes: number) => this.update(task.id, { message: `Copied ${Math.floor(bytes / mebibyte)} MiB` });
    const work = { store, task, caller, imageId, plan, allowHosts, regions, signal: this.closing.signal, report };
    try {
      await store.change(imageId, (image) => {
        const begun = plan.method === "copy-image" ? image : withStatus(image, "importing");
        return importing(begun, plan.stores);
      });
      await runFlow([holdLock(work), ...stepsOf(work), requireActive(work)]);
      await this.finish(task.id, { status: "success", result: { image_id: imageId } });
      if (store.exists(imageId)) await store.change(imageId, (image) => unlocked(image, task.id));
    } catch (error) {
      const message = error instanceof DifferentData ? error.message : "Task failed due to Internal Error";
      await this.finish(task.id, { status: "failure", message });
      if (!store.exists(imageId)) await store.discardBytes(imageId);
    }
  }

  private finish(id: string, outcome: Partial<Task>): Promise<void> {
    return this.update(id, { ...outcome, expiresAt: later(now(), timeToLive) });
  }

  private async update(id: string, changes: Partial<Task>): Promise<void> {
    const task = this.store.tasks.get(id);
    if (task !== undefined) await this.store.tasks.put({ ...task, ...changes, updatedAt: now() });
  }
}

function stepsOf(work: Import): Step[] {
  const { method, uri = "", remote = { region: "", imageId: "" }, stores } = work.plan;
  const fetching: Record<ImportPlan["method"], Step[]> = {
    "web-download": [fetchFromWeb(work, uri)],
    "copy-image": [fetchFromStore(work)],
    "glance-direct": [],
    "glance-download": fetchFromRegion(work, remote),
  };
  return [...fetching[method], ...stores.map((store) => copyIntoStore(work, store)), emptyStaging(work)];
}
