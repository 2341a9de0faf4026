import type { ImageTask } from "../../../provider/glance/api";
import type { GlanceImage } from "../../../provider/glance/image";
import { waitUntilCopied } from "../../../provider/image/wait";
import { ScriptedImages, someImage } from "./images";

const idle = { task: undefined, importingTo: [], failedStores: [] };
const busy = { ...idle, task: "t" };
const ours = { id: "t", type: "api_image_import", message: "why", requestId: "req-1", createdAt: "" };

interface Frame {
  image?: Partial<GlanceImage>;
  /** Status of our task; null: no list; undefined: not in it. */
  task?: ImageTask["status"] | null;
}

/** One answer after the other; the last one stays. */
async function copied(frames: Frame[]) {
  const api = new ScriptedImages();
  let looks = 0;
  const frame = () => frames[Math.min(looks, frames.length - 1)] as Frame;
  api.tasks = async () => {
    const { task } = frame();
    if (task === null) return undefined;
    const earlier = { ...ours, status: "failure", requestId: "req-0" };
    return [...(task ? [{ ...ours, status: task }] : []), earlier];
  };
  api.get = async () => {
    const { image } = frame();
    looks += 1;
    return image && someImage({ status: "active", ...image });
  };
  const waiting = { image: someImage(), requestId: "req-1", what: 'copy to the stores "b"' };
  const { task } = await waitUntilCopied(api, waiting, { waitTimeout: 1, pollInterval: 0.001 });
  return { looks, task: task?.status };
}

test.each<[string, Frame[], string | undefined]>([
  ["task and lock", [{ image: { import: busy } }, { image: { import: busy }, task: "processing" }], "success"],
  ["a task whose lock went first", [{ image: {}, task: "pending" }], "success"],
  ["a lock where nobody shows tasks", [{ image: { import: busy }, task: null }], undefined],
])("waits for %s", async (_name, frames, task) => {
  const end: Frame = { image: {}, task: task === undefined ? null : "success" };
  expect(await copied([...frames, end])).toEqual({ looks: frames.length + 1, task });
});

test("a success still waits for the lock", async () => {
  expect(
    (
      await copied([
        { image: { import: busy }, task: "success" },
        { image: {}, task: "success" },
      ])
    ).looks,
  ).toBe(2);
});

test("a failure is the end, whatever the lock", async () => {
  expect(await copied([{ image: { import: busy }, task: "failure" }])).toEqual({ looks: 1, task: "failure" });
});

test("another task's failure is none", async () => {
  expect(await copied([{ image: {} }])).toEqual({ looks: 1, task: undefined });
});

test("an image that vanished is told", async () => {
  await expect(copied([{}])).rejects.toThrow(/was deleted by somebody else/);
});

test("what takes too long names copy and status", async () => {
  await expect(copied([{ image: { import: busy }, task: "processing" }])).rejects.toThrow(
    /the copy to the stores "b" was not finished after 1 s; the image is active/,
  );
});
