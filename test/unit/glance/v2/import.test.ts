import type { ImportMethod, StoreChoice } from "../../../../provider/glance/api";
import { wireImage } from "../fixtures";
import { answers, noImage, useCloud } from "./cloud";

const { id } = wireImage;
const path = `/v2/images/${id}`;
const cloud = useCloud();

test.each<[ImportMethod, StoreChoice | undefined, unknown]>([
  [{ name: "web-download", uri: "https://m/x" }, undefined, { method: { name: "web-download", uri: "https://m/x" } }],
  [{ name: "glance-direct" }, { stores: ["a"] }, { method: { name: "glance-direct" }, stores: ["a"] }],
  [
    { name: "copy-image" },
    { allStores: true, allStoresMustSucceed: false },
    { method: { name: "copy-image" }, all_stores: true, all_stores_must_succeed: false },
  ],
  [
    { name: "glance-download", region: "R2", imageId: "i", serviceInterface: "internal" },
    undefined,
    {
      method: {
        name: "glance-download",
        glance_region: "R2",
        glance_image_id: "i",
        glance_service_interface: "internal",
      },
    },
  ],
  [
    { name: "glance-download", region: "R2", imageId: "i" },
    {},
    { method: { name: "glance-download", glance_region: "R2", glance_image_id: "i" } },
  ],
])("import by %j", async (method, stores, expected) => {
  const { api, server } = await cloud(() => ({ status: 202, headers: { "content-type": "text/html" } }));
  expect(await api.import(id, method, stores)).toEqual({ requestId: "req-answer" });
  expect(server.calls).toEqual([`POST ${path}/import`]);
  expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual(expected);
});

test("a refused import tells its method and the reason", async () => {
  const { api } = await cloud(() => ({ status: 400, body: "Invalid uri" }));
  await expect(api.import(id, { name: "web-download", uri: "http://m:81/" })).rejects.toThrow(
    `Image ${id}: import (web-download) failed: Invalid uri`,
  );
});

describe("tasks", () => {
  const tasks = `GET ${path}/tasks`;
  const noRoute = { status: 404, body: { message: "The resource could not be found.<br />", code: "404 Not Found" } };
  const task = { id: "t1", type: "api_image_import", status: "failure", message: "why", request_id: "req-1" };

  test("are read", async () => {
    const body = { tasks: [{ ...task, created_at: "2026-01-31T12:00:00.5" }] };
    const { api } = await cloud(answers({ [tasks]: { body } }));
    expect(await api.tasks(id)).toEqual([
      {
        id: "t1",
        type: "api_image_import",
        status: "failure",
        message: "why",
        requestId: "req-1",
        createdAt: "2026-01-31T12:00:00.5Z",
      },
    ]);
  });

  test("tell their URLs without secrets", async () => {
    const message = "Input to api_image_import task is invalid: https://me:geheim@h/x?sig=geheim";
    const body = { tasks: [{ ...task, message, created_at: "2026-01-31T12:00:00" }] };
    const { api } = await cloud(answers({ [tasks]: { body } }));
    expect((await api.tasks(id))?.[0]?.message).toBe("Input to api_image_import task is invalid: https://h/x?sig=***");
  });

  test("of a server that has no such call are undefined, and it is asked once", async () => {
    const { api, server } = await cloud(answers({ [tasks]: noRoute, [`GET ${path}`]: { body: wireImage } }));
    expect([await api.tasks(id), await api.tasks(id)]).toEqual([undefined, undefined]);
    expect(server.calls).toEqual([tasks, `GET ${path}`]);
  });

  test("that this user may not see are undefined, for this image", async () => {
    const { api } = await cloud(answers({ [tasks]: [{ status: 403 }, { body: { tasks: [] } }] }));
    expect([await api.tasks(id), await api.tasks(id)]).toEqual([undefined, []]);
  });

  test("of an image that is gone are an error, and prove nothing about the server", async () => {
    const { api } = await cloud(
      answers({ [tasks]: [noImage(id), { body: { tasks: [] } }], [`GET ${path}`]: noImage(id) }),
    );
    await expect(api.tasks(id)).rejects.toMatchObject({ code: "NOT_FOUND", status: 404 });
    expect(await api.tasks(id)).toEqual([]);
  });
});
