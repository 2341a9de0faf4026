import { createHash } from "node:crypto";
import { FileServer } from "../tools/fileServer";
import { qcow2Image } from "../tools/images";
import { importInto, importToEnd, storesOf, webDownload } from "./importing";
import { refused } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";
import { eventually } from "./waiting";

contract("import: web-download", (server) => {
  const { demo } = server;
  const content = "downloaded";
  let files: FileServer;

  beforeAll(async () => {
    files = await FileServer.start({
      "/image": content,
      "/moved": { status: 302, headers: { location: "/image" } },
      "/short": { content: Buffer.from(content), closeAfter: 4 },
      "/broken": { status: 500 },
      "/empty": "",
      "/qcow2": qcow2Image(2 ** 20),
    });
  });
  afterAll(() => files.close());

  const start = async (path: string, fields: Record<string, unknown> = {}) => {
    const { id } = await demo.createImage({ ...rawFormats, ...fields });
    return { id, request: webDownload(files.url(path)) };
  };
  const run = async (path: string, options = {}, headers = {}) => {
    const { id, request } = await start(path);
    return importToEnd(demo, id, { ...request, ...options }, headers);
  };

  it("answers 202 with nothing and locks the image at once", async () => {
    const { id, request } = await start("/image");
    const answer = await importInto(demo, id, request);
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 202, length: 0 });
    await eventually(
      () => demo.show(id),
      ({ body }) => (body as { status: string }).status === "active",
    );
  });

  it("makes the image active with what was downloaded", async () => {
    const { task, image } = await run("/image");
    expect(task).toMatchObject({ status: "success", type: "api_image_import" });
    expect(image).toMatchObject({
      status: "active",
      size: content.length,
      virtual_size: content.length,
      checksum: createHash("md5").update(content).digest("hex"),
      os_hash_algo: "sha512",
      os_hash_value: createHash("sha512").update(content).digest("hex"),
      stores: "fast",
      os_glance_importing_to_stores: "",
      os_glance_failed_import: "",
    });
  });

  it("imports into every store", async () => {
    const { image } = await run("/image", { all_stores: true });
    expect(image).toMatchObject({ status: "active", os_glance_importing_to_stores: "" });
    expect(storesOf(image)).toEqual(["cheap", "fast"]);
  });

  it("imports into the stores that are named", async () => {
    expect((await run("/image", { stores: ["cheap"] })).image).toMatchObject({ status: "active", stores: "cheap" });
  });

  it("imports into the store of the header", async () => {
    const { image } = await run("/image", {}, { "x-image-meta-store": "cheap" });
    expect(image).toMatchObject({ status: "active", stores: "cheap" });
  });

  it("follows redirections", async () => {
    expect((await run("/moved")).image).toMatchObject({ status: "active", size: content.length });
  });

  it("makes an active image of an empty file", async () => {
    expect((await run("/empty")).image).toMatchObject({ status: "active", size: 0 });
  });

  it.each(["/absent", "/broken", "/short"])("goes back to queued when the download fails: %s", async (path) => {
    const { task, image } = await run(path);
    expect(task).toMatchObject({ status: "failure", message: "Task failed due to Internal Error", result: null });
    expect(image).toMatchObject({
      status: "queued",
      size: null,
      checksum: null,
      os_glance_importing_to_stores: "",
      os_glance_failed_import: "fast",
    });
  });

  it.each([true, false])("names all stores that failed, all_stores_must_succeed: %s", async (mustSucceed) => {
    const options = { all_stores: true, all_stores_must_succeed: mustSucceed };
    const { task, image } = await run("/absent", options);
    expect(task.status).toBe("failure");
    expect(image.status).toBe("queued");
    expect(String(image.os_glance_failed_import).split(",").sort()).toEqual(["cheap", "fast"]);
  });

  it("imports after a failure into the same image", async () => {
    const { id, request } = await start("/absent");
    expect((await importToEnd(demo, id, request)).task.status).toBe("failure");
    const { task, image } = await importToEnd(demo, id, webDownload(files.url("/image")));
    expect(task.status).toBe("success");
    expect(image).toMatchObject({ status: "active", size: content.length, os_glance_failed_import: "" });
  });

  it("fails for content of another format, and from then on for any content", async () => {
    const { id, request } = await start("/image", { disk_format: "qcow2" });
    const failed = { status: "queued", size: null, checksum: null, os_glance_failed_import: "fast" };
    const mismatch = await importToEnd(demo, id, request);
    expect(mismatch.task).toMatchObject({ status: "failure", message: "Task failed due to Internal Error" });
    expect(mismatch.image).toMatchObject(failed);
    const second = await importToEnd(demo, id, webDownload(files.url("/qcow2")));
    expect(second.task.status).toBe("failure");
    expect(second.image).toMatchObject(failed);
  });

  it("reads the virtual size in a qcow2 image", async () => {
    const { id, request } = await start("/qcow2", { disk_format: "qcow2" });
    expect((await importToEnd(demo, id, request)).image).toMatchObject({ status: "active", virtual_size: 2 ** 20 });
  });

  it("answers 409 for an active image", async () => {
    const { id } = await demo.createActiveImage();
    const conflict = refused(409, "Image with status active cannot be target for import");
    expect(await importInto(demo, id, webDownload(files.url("/image")))).toMatchObject(conflict);
  });

  it("answers 409 for an image with staged data", async () => {
    const { id } = await demo.createImage(rawFormats);
    await demo.stage(id, "staged");
    const conflict = refused(409, "Image needs to be in 'queued' state to use 'web-download' method");
    expect(await importInto(demo, id, webDownload(files.url("/image")))).toMatchObject(conflict);
  });

  it("lets an administrator import into an image of another project", async () => {
    const { id, request } = await start("/image");
    expect((await importToEnd(server.admin, id, request)).image).toMatchObject({ status: "active" });
  });
});
