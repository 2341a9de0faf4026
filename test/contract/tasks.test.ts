import { glanceDirect, importToEnd, tasksOf } from "./importing";
import { notAuthorized, refused } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";

contract("tasks", (server) => {
  const { admin, demo } = server;
  const imported = async (user = demo) => {
    const { id } = await demo.createImage({ ...rawFormats, visibility: "community" });
    await demo.stage(id, "staged");
    return { id, ...(await importToEnd(user, id, glanceDirect)) };
  };

  it("shows of an import everything that was asked for and what came of it", async () => {
    const { userId, projectId } = await demo.logIn();
    const { id, task } = await imported();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    expect(task).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      type: "api_image_import",
      status: "success",
      owner: projectId,
      user_id: userId,
      image_id: id,
      request_id: expect.stringMatching(/^req-/),
      input: { image_id: id, import_req: glanceDirect, backend: ["fast"] },
      result: { image_id: id },
      message: "Copied 0 MiB",
      created_at: time,
      updated_at: time,
      expires_at: time,
      deleted: false,
      deleted_at: null,
    });
  });

  it("keeps a finished task for two days", async () => {
    const { task } = await imported();
    const hours = (Date.parse(`${task.expires_at}Z`) - Date.parse(`${task.updated_at}Z`)) / 3_600_000;
    expect(hours).toBeCloseTo(48, 1);
  });

  it("shows none for an image that was never imported into", async () => {
    const { id } = await demo.createImage();
    expect(await demo.get(`/v2/images/${id}/tasks`)).toMatchObject({ status: 200, body: { tasks: [] } });
  });

  it("shows them to readers of the project and to administrators", async () => {
    const { id, task } = await imported();
    for (const user of [server.reader, admin]) expect((await tasksOf(user, id))[0]?.id).toBe(task.id);
  });

  it("hides them from other projects, even when these see the image", async () => {
    const { id } = await imported();
    expect(await tasksOf(server.alt, id)).toEqual([]);
  });

  it("hides from the owner of an image what another project started", async () => {
    const { id } = await imported(admin);
    expect(await tasksOf(demo, id)).toEqual([]);
    expect(await tasksOf(admin, id)).toHaveLength(1);
  });

  it("answers 404 for an image that the caller cannot see", async () => {
    const { id } = await demo.createImage();
    const notFound = refused(404, "The resource could not be found.");
    expect(await server.alt.get(`/v2/images/${id}/tasks`)).toMatchObject(notFound);
    expect(await demo.get("/v2/images/nope/tasks")).toMatchObject(notFound);
  });

  it.each([
    ["GET", "/v2/tasks"],
    ["GET", "/v2/tasks/nope"],
    ["POST", "/v2/tasks"],
  ])("answers 403 to a member for %s %s", async (method, path) => {
    const message = method === "POST" ? { json: {} } : {};
    expect(await demo.send(method, path, message)).toMatchObject(notAuthorized("tasks_api_access"));
  });

  it("shows a task by its id to an administrator", async () => {
    const { id, task } = await imported();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const answer = await admin.get(`/v2/tasks/${task.id}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: task.id,
        type: "api_image_import",
        status: "success",
        image_id: id,
        created_at: time,
        expires_at: time,
        self: `/v2/tasks/${task.id}`,
        schema: "/v2/schemas/task",
      },
    });
  });

  it("answers 404 to an administrator for an unknown task", async () => {
    expect(await admin.get("/v2/tasks/nope")).toMatchObject(refused(404, "Could not find task nope"));
  });
});
