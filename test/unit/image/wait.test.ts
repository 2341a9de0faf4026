import type { ImageTask } from "../../../provider/glance/api";
import type { GlanceImage } from "../../../provider/glance/image";
import { GlanceError } from "../../../provider/http/errors";
import type { Progress } from "../../../provider/image/progress";
import { waitUntilActive } from "../../../provider/image/wait";
import { answer, ScriptedImages, someImage } from "./images";

const limits = { waitTimeout: 5, pollInterval: 0.001 };
const idle = { task: undefined, importingTo: [], failedStores: [] };

/** One answer after the other; the last one stays. */
class Film extends ScriptedImages {
  constructor(private readonly frames: { image?: Partial<GlanceImage> | Error; task?: Partial<ImageTask> | null }[]) {
    super();
  }
  override async get(): Promise<GlanceImage | undefined> {
    this.calls.push("get");
    const { image } = (this.frames.length > 1 ? this.frames.shift() : this.frames[0]) ?? {};
    if (image instanceof Error) throw image;
    return image && someImage(image);
  }
  override async tasks(): Promise<ImageTask[] | undefined> {
    const task = this.frames[0]?.task;
    if (task === null) return undefined;
    return task
      ? [
          {
            id: "t",
            type: "api_image_import",
            status: "processing",
            message: "",
            requestId: "req-1",
            createdAt: "",
            ...task,
          },
        ]
      : [];
  }
}

function wait(film: Film, requestId: string | undefined = "req-1") {
  return waitUntilActive(film, { image: someImage(), requestId, what: "import of http://mirror.test/x" }, limits);
}

test("queued right after the call is no failure", async () => {
  const film = new Film([
    { image: {} },
    { image: {}, task: {} },
    { image: { status: "importing" }, task: {} },
    { image: { status: "active" } },
  ]);
  expect((await wait(film)).status).toBe("active");
});

test("active does not count while the import still writes the image", async () => {
  const busy = { status: "active", import: { ...idle, task: "t" } };
  const film = new Film([{ image: busy, task: {} }, { image: { status: "active", size: 7 } }]);
  expect((await wait(film)).size).toBe(7);
});

test("a failed task is reported at the first look, with reason, stores and request id", async () => {
  const image = { import: { ...idle, failedStores: ["fast", "cheap"] } };
  const film = new Film([{ image, task: { status: "failure", message: "Task failed due to Internal Error" } }]);
  await expect(wait(film)).rejects.toThrow(
    /the import of http:\/\/mirror.test\/x failed in the store "fast", "cheap": Task failed.*request id req-1/,
  );
  expect(film.calls).toHaveLength(1);
});

test("a failed task of an earlier import is not ours", async () => {
  const film = new Film([
    { image: {}, task: { status: "failure", requestId: "req-0" } },
    { image: { status: "active" } },
  ]);
  expect((await wait(film)).status).toBe("active");
});

test("on a server without tasks, queued after importing is a failure", async () => {
  const film = new Film([
    { image: { status: "importing" }, task: null },
    { image: {}, task: null },
  ]);
  await expect(wait(film)).rejects.toThrow(/gives no reason; the image is queued/);
});

test("on a server without tasks, queued after the lock was seen and is gone is a failure", async () => {
  const film = new Film([
    { image: { import: { ...idle, task: "t" } }, task: null },
    { image: {}, task: null },
  ]);
  await expect(wait(film)).rejects.toThrow(/gives no reason; the image is queued/);
});

test("active does not count while the lock is still there, not even when the task says success", async () => {
  const busy = { status: "active", import: { ...idle, task: "t" } };
  const film = new Film([{ image: busy, task: { status: "success" } }, { image: { status: "active", size: 7 } }]);
  expect((await wait(film)).size).toBe(7);
});

test.each(["killed", "deleted", "pending_delete"])("%s is a failure", async (status) => {
  await expect(wait(new Film([{ image: { status }, task: null }]))).rejects.toThrow(status);
});

test("an image that vanished is said to be deleted", async () => {
  await expect(wait(new Film([{}]))).rejects.toThrow(/deleted by somebody else/);
});

test("a look that the network or a busy server spoils is repeated", async () => {
  const film = new Film([
    { image: new GlanceError({ code: "CONNECTION_LOST", message: "gone" }) },
    { image: answer(503) },
    { image: { status: "active" } },
  ]);
  expect((await wait(film)).status).toBe("active");
});

test("a look that the server refuses ends the wait", async () => {
  await expect(wait(new Film([{ image: answer(403) }]))).rejects.toMatchObject({ status: 403 });
});

test("a limit of years does not end the wait at once", async () => {
  const film = new Film([{ image: {} }, { image: {} }, { image: { status: "active" } }]);
  const waiting = { image: someImage(), what: "import of http://mirror.test/x" };
  expect((await waitUntilActive(film, waiting, { ...limits, waitTimeout: 1e9 })).status).toBe("active");
});

test("each look is told", async () => {
  const film = new Film([
    { image: {} },
    { image: { status: "importing", size: 7 } },
    { image: { status: "active", size: 9 } },
  ]);
  const what = "import of http://mirror.test/x";
  const told: Progress[] = [];
  await waitUntilActive(film, { image: someImage(), what }, { ...limits, report: (progress) => told.push(progress) });
  expect(told).toEqual([
    { what, status: "queued" },
    { what, status: "importing", done: 7 },
    { what, status: "active", done: 9 },
  ]);
});
