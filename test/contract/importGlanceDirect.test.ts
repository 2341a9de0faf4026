import { qcow2Image } from "../tools/images";
import { glanceDirect, importInto, importToEnd, storesOf } from "./importing";
import { refused } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";
import { eventually } from "./waiting";

contract("import: glance-direct", (server) => {
  const { demo } = server;
  const staged = async (content: string | Buffer, fields: Record<string, unknown> = {}) => {
    const { id } = await demo.createImage({ ...rawFormats, ...fields });
    await demo.stage(id, content);
    return id;
  };

  it("makes the staged data the image's", async () => {
    const id = await staged("staged");
    const { task, image } = await importToEnd(demo, id, glanceDirect);
    expect(task).toMatchObject({ status: "success", type: "api_image_import" });
    expect(image).toMatchObject({ status: "active", size: 6, virtual_size: 6, stores: "fast", os_hash_algo: "sha512" });
    expect((await demo.get(`/v2/images/${id}/file`)).bytes.toString()).toBe("staged");
  });

  it("imports into every store", async () => {
    const { image } = await importToEnd(demo, await staged("staged"), { ...glanceDirect, all_stores: true });
    expect(storesOf(image)).toEqual(["cheap", "fast"]);
  });

  it("reads the virtual size in a qcow2 image", async () => {
    const id = await staged(qcow2Image(3 * 2 ** 20), { disk_format: "qcow2" });
    expect((await importToEnd(demo, id, glanceDirect)).image).toMatchObject({ virtual_size: 3 * 2 ** 20 });
  });

  it("leaves the image importing for ever when the content is of another format", async () => {
    const id = await staged("no qcow2", { disk_format: "qcow2" });
    const { task, image } = await importToEnd(demo, id, glanceDirect);
    expect(task).toMatchObject({ status: "failure", message: "Task failed due to Internal Error" });
    expect(image).toMatchObject({ status: "importing", size: 8, checksum: null, os_glance_failed_import: "fast" });
    const conflict = (status: string) =>
      refused(409, `Image status transition from importing to ${status} is not allowed`);
    expect(await demo.stage(id, "again")).toMatchObject(conflict("uploading"));
    expect(await demo.upload(id, "again")).toMatchObject(conflict("saving"));
    expect((await demo.delete(`/v2/images/${id}`)).status).toBe(204);
  });

  it("answers 409 to a second import while the first one runs or after it", async () => {
    const id = await staged("staged");
    await importInto(demo, id, glanceDirect);
    expect((await importInto(demo, id, glanceDirect)).status).toBe(409);
    await eventually(
      () => demo.show(id),
      ({ body }) => (body as { status: string }).status === "active",
    );
  });

  it("answers 409 for an image without staged data", async () => {
    const { id } = await demo.createImage(rawFormats);
    const conflict = refused(409, "Image needs to be staged before 'glance-direct' method can be used");
    expect(await importInto(demo, id, glanceDirect)).toMatchObject(conflict);
  });

  it("answers 409 for an active image", async () => {
    const { id } = await demo.createActiveImage();
    const conflict = refused(409, "Image with status active cannot be target for import");
    expect(await importInto(demo, id, glanceDirect)).toMatchObject(conflict);
  });
});
