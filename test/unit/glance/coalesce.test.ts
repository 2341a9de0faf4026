import type { GlanceImage } from "../../../provider/glance/api";
import { coalesceReads } from "../../../provider/glance/coalesce";
import { decodeImage } from "../../../provider/glance/v2/codec";
import { GlanceError } from "../../../provider/http/errors";
import { wireWith } from "./fixtures";
import { useCloud } from "./v2/cloud";

const imageWith = (id: string): GlanceImage => decodeImage(wireWith({ id }), "image");

/** Records what is read; `listed` are the images that a list shows, `hidden` those that only a plain read finds. */
function recorder(listed: readonly string[], hidden: readonly string[] = [], most = 50) {
  const calls: string[] = [];
  const failures: unknown[] = [];
  const read = coalesceReads({
    most,
    one: async (id) => {
      calls.push(id);
      return [...listed, ...hidden].includes(id) ? imageWith(id) : undefined;
    },
    many: async (ids) => {
      calls.push(ids.join("+"));
      if (failures.length > 0) throw failures.shift();
      return ids.filter((id) => listed.includes(id)).map(imageWith);
    },
  });
  const readAll = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await read(id))?.id));
  return { calls, failures, read, readAll };
}

test("one id is a plain read", async () => {
  const { calls, readAll } = recorder(["a"]);
  expect(await readAll(["a", "a"])).toEqual(["a", "a"]);
  expect(calls).toEqual(["a"]);
});

test("ids of the same moment are one list", async () => {
  const { calls, readAll } = recorder(["a", "b", "c"]);
  expect(await readAll(["a", "b", "a", "c"])).toEqual(["a", "b", "a", "c"]);
  expect(calls).toEqual(["a+b+c"]);
});

test("more ids than fit are several lists", async () => {
  const { calls, readAll } = recorder(["a", "b", "c", "d", "e"], [], 2);
  expect(await readAll(["a", "b", "c", "d", "e"])).toEqual(["a", "b", "c", "d", "e"]);
  expect(calls).toEqual(["a+b", "c+d", "e"]);
});

test("an id that the list leaves out counts as gone only after a plain read", async () => {
  const { calls, readAll } = recorder(["a"], ["hidden"]);
  expect(await readAll(["a", "hidden", "gone"])).toEqual(["a", "hidden", undefined]);
  expect(calls).toEqual(["a+hidden+gone", "hidden", "gone"]);
});

test("nothing is remembered", async () => {
  const { calls, readAll } = recorder(["a", "b"]);
  await readAll(["a", "b"]);
  await readAll(["a", "b"]);
  expect(calls).toEqual(["a+b", "a+b"]);
});

test.each<[string, GlanceError]>([
  ...[400, 403, 404, 413, 414, 431, 500].map(
    (status) =>
      [`answers ${status} to`, new GlanceError({ code: "HTTP_STATUS", status, message: "no lists" })] as [
        string,
        GlanceError,
      ],
  ),
  ["garbles", new GlanceError({ code: "BAD_RESPONSE", message: "list.images[0] is null" })],
])("a cloud that %s the list is asked for each image", async (_, failure) => {
  const { calls, failures, readAll } = recorder(["a", "b"]);
  failures.push(failure);
  expect(await readAll(["a", "b"])).toEqual(["a", "b"]);
  expect(calls).toEqual(["a+b", "a", "b"]);
});

test.each([
  ["cannot be reached", new GlanceError({ code: "CONNECT", message: "refused" })],
  ["is overloaded", new GlanceError({ code: "HTTP_STATUS", status: 503, message: "busy" })],
])("a cloud that %s fails everyone, once", async (_, failure) => {
  const { calls, failures, read } = recorder(["a", "b"]);
  failures.push(failure);
  expect(await Promise.allSettled([read("a"), read("b")])).toEqual([
    { status: "rejected", reason: failure },
    { status: "rejected", reason: failure },
  ]);
  expect(calls).toEqual(["a+b"]);
});

test("a signal ends one wait and leaves the others", async () => {
  const { read } = recorder(["a", "b"]);
  const controller = new AbortController();
  const impatient = read("a", controller.signal);
  const patient = [read("a"), read("b", controller.signal)] as const;
  controller.abort();
  await expect(impatient).rejects.toMatchObject({ code: "ABORTED" });
  await expect(patient[1]).rejects.toMatchObject({ code: "ABORTED" });
  expect((await patient[0])?.id).toBe("a");
  await expect(read("a", controller.signal)).rejects.toMatchObject({ code: "ABORTED" });
});

describe("through the v2 dialect", () => {
  const cloud = useCloud();

  test("fifty reads are one request, with room for all in its page", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => wireWith({}).id + String(index));
    const { api, server } = await cloud(() => ({ body: { images: ids.map((id) => wireWith({ id })) } }));
    const images = await Promise.all(ids.map((id) => api.get(id)));
    expect(images.map((image) => image?.id)).toEqual(ids);
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.query.get("id")).toBe(`in:${ids.map((id) => `"${id}"`).join(",")}`);
    expect(server.seen[0]?.query.get("limit")).toBe("50");
  });
});
