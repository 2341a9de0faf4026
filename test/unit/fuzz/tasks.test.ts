import fc from "fast-check";
import type { ImageApi } from "../../../provider/glance/api";
import { dialects } from "../../../provider/glance/dialects";
import { responseOf } from "../../../provider/http/answer";
import { longestReason } from "../../../provider/http/reason";
import type { HttpResponse } from "../../../provider/http/types";
import { ImportWatch } from "../../../provider/image/importWatch";
import { waitUntilCopied, waitUntilUnlocked } from "../../../provider/image/wait";
import type { ServiceRequest, Session } from "../../../provider/keystone/types";
import { wireImage } from "../glance/fixtures";
import { someImage } from "../image/images";
import { guardPrototypes, nearly, oddTexts, withstands } from "./hostile";

guardPrototypes();

const { id } = wireImage;
const image = someImage({ id });
const what = "import of http://source/";
const limits = { waitTimeout: 0.01, pollInterval: 0.001 };
const { signal } = new AbortController();

/** A cloud that shows one image and its tasks. */
function cloudWith(tasks: Buffer, shown: Buffer = Buffer.from(JSON.stringify(wireImage))): ImageApi {
  const session: Session = {
    async request(_service: string, { method, path }: ServiceRequest): Promise<HttpResponse> {
      const body = path.endsWith("/tasks") ? tasks : shown;
      return responseOf({ status: 200, headers: {}, body }, { method, url: "http://cloud", requestId: "req-sent" });
    },
    endpoint: async () => "http://cloud",
    projectId: async () => undefined,
    describe: async () => undefined,
    ensureValidFor: async () => {},
    close: async () => {},
  };
  return dialects.v2.create(session, "http://cloud", { targetNs: "ns", environmentId: "e" });
}

const task = {
  id: "t1",
  type: "api_image_import",
  status: "failure",
  message: "no",
  request_id: "req-1",
  created_at: "2026-01-31T12:00:00.000001",
};
const failed = (over: object) => Buffer.from(JSON.stringify({ tasks: [{ ...task, ...over }] }));

test("any tasks of any image end the wait, leave hope, or are told to be none", async () => {
  const tasks = nearly({ tasks: [task, { ...task, status: "processing" }] }, { tasks: [] }, { tasks: [task] });
  const shown = nearly(
    wireImage,
    { ...wireImage, status: "queued", os_glance_failed_import: "fast", os_glance_import_task: "t1" },
    { ...wireImage, status: "killed" },
  );
  const requestIds = fc.constantFrom("req-1", "req-2", undefined);
  await fc.assert(
    fc.asyncProperty(tasks, shown, requestIds, async (tasks, shown, requestId) => {
      const watch = new ImportWatch(cloudWith(tasks, shown), { image, requestId, what }, limits);
      await withstands(() => watch.look(signal));
      await withstands(() => watch.look(signal));
    }),
    { numRuns: 200 },
  );
});

const secret = "hunter2";
const words = fc.oneof(
  oddTexts,
  fc.constantFrom(
    "\x1b[2J\x1b[1;1H",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\u202eevil",
    "\x7f",
    "\x85",
    "a\nb",
    "\r",
    "\b\b\b",
  ),
  fc.constantFrom(
    `http://u:${secret}@host/`,
    `http://host/?token=${secret}`,
    `https://u:${secret}@[::1`,
    "Traceback:\n",
  ),
  fc.constantFrom(" ".repeat(20_000), "\n".repeat(20_000), "é".repeat(5000), "😀".repeat(5000), "<br />", "&#27;[2J"),
);
const messages = fc.array(words, { maxLength: 6 }).map((all) => all.join(" "));
const requestIds = fc.oneof(
  fc.constant("req-1"),
  words.filter((text) => !text.includes(secret)),
);

test("any words of a failed task are one short line without escapes and secrets", async () => {
  await fc.assert(
    fc.asyncProperty(messages, requestIds, async (message, requestId) => {
      const api = cloudWith(failed({ message, request_id: requestId }));
      const [told] = (await api.tasks(id)) ?? [];
      expect(told?.message).not.toMatch(/\p{Cc}|\p{Cs}|\u202e/u);
      expect(told?.message.length).toBeLessThanOrEqual(longestReason);
      const error = await withstands(() => new ImportWatch(api, { image, what }, limits).look(signal));
      expect(error).toContain("the import of http://source/ failed: ");
      expect(error).not.toMatch(/\n/);
      expect(error).not.toContain(secret);
      expect(error.length).toBeLessThan(longestReason + 800);
    }),
    { numRuns: 200 },
  );
});

test("a task is known by its request id, whatever the others say", async () => {
  const others = fc.array(fc.record({ message: messages, request_id: oddTexts, status: oddTexts, id: oddTexts }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(others, fc.nat(4), async (others, at) => {
      const tasks = others.filter(({ request_id }) => request_id !== "req-1").map((over) => ({ ...task, ...over }));
      tasks.splice(at, 0, { ...task, message: "ours" });
      const api = cloudWith(Buffer.from(JSON.stringify({ tasks })));
      const watch = new ImportWatch(api, { image, requestId: "req-1", what }, limits);
      expect(await withstands(() => watch.look(signal))).toContain("failed: ours");
    }),
    { numRuns: 200 },
  );
});

test("any tasks of a copy end it, or the time does", async () => {
  const tasks = nearly({ tasks: [task] }, { tasks: [{ ...task, status: "processing" }] });
  await fc.assert(
    fc.asyncProperty(tasks, async (tasks) => {
      const api = cloudWith(tasks);
      await withstands(() => waitUntilCopied(api, { image, requestId: "req-1", what }, limits));
      await withstands(() => waitUntilUnlocked(api, image, limits));
    }),
    { numRuns: 60 },
  );
});

// Each of these takes minutes where the work grows with the square of the size.
const sized = (text: string) => text.repeat(500_000 / text.length);
test.each([
  ["slashes", sized("//")],
  ["schemes", sized("a://")],
  ["question marks", `http://a/${sized("?a=b")}`],
  ["blanks", `${sized(" ")}x`],
  ["line ends", `${sized("\n")}x`],
  ["escapes", sized("\x1b[")],
  ["titles", sized("\x1b]")],
  ["tags", `<html>${sized("<br ")}`],
  ["entities", sized("&#")],
  ["brackets", `${sized("[")}`],
])("a task whose message is of %s is done with", async (_what, message) => {
  const watch = new ImportWatch(cloudWith(failed({ message })), { image, what }, limits);
  expect((await withstands(() => watch.look(signal))).length).toBeLessThan(longestReason + 800);
});

test("20000 tasks are looked through", async () => {
  const tasks = Array.from({ length: 20_000 }, () => ({ ...task, request_id: "req-other" }));
  const watch = new ImportWatch(
    cloudWith(Buffer.from(JSON.stringify({ tasks }))),
    { image, requestId: "x", what },
    limits,
  );
  expect(await watch.look(signal)).toMatchObject({ id });
});
