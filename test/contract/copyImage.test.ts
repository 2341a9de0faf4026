import { must } from "./client";
import { copyImage, importInto, importToEnd, storesOf, tasksOf } from "./importing";
import { notAuthorized, refused } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";

contract("copies in stores", (server) => {
  const { admin, demo } = server;
  const toCheap = { ...copyImage, stores: ["cheap"] };
  const inBoth = async () => {
    const { id } = await demo.createActiveImage();
    await importToEnd(admin, id, toCheap);
    return id;
  };

  it("copies an image to another store while it stays active", async () => {
    const { id } = await demo.createActiveImage();
    const { task, image } = await importToEnd(admin, id, toCheap);
    expect(task.status).toBe("success");
    expect(image).toMatchObject({ status: "active", size: 11, os_glance_failed_import: "" });
    expect(storesOf(image)).toEqual(["cheap", "fast"]);
  });

  it("copies to every store that lacks the image", async () => {
    const { id } = await demo.createActiveImage();
    expect(storesOf((await importToEnd(admin, id, { ...copyImage, all_stores: true })).image)).toEqual([
      "cheap",
      "fast",
    ]);
  });

  it("answers 403 to a member of the project", async () => {
    const { id } = await demo.createActiveImage();
    expect(await importInto(demo, id, toCheap)).toMatchObject(notAuthorized("copy_image"));
  });

  it("answers 400 for a store that has the image, the default one included", async () => {
    const id = await inBoth();
    const present = (store: string) => refused(400, `Image is already present at store '${store}'`);
    expect(await importInto(admin, id, toCheap)).toMatchObject(present("cheap"));
    expect(await importInto(admin, id, copyImage)).toMatchObject(present("fast"));
  });

  it("answers 202 and does nothing when every store has the image", async () => {
    const id = await inBoth();
    const before = await tasksOf(admin, id);
    expect((await importInto(admin, id, { ...copyImage, all_stores: true })).status).toBe(202);
    expect((await tasksOf(admin, id)).length).toBe(before.length);
  });

  it("answers 409 for an unknown store", async () => {
    const { id } = await demo.createActiveImage();
    const answer = await importInto(admin, id, { ...copyImage, stores: ["nope"] });
    expect(answer).toMatchObject(refused(409, "Store for identifier nope not found"));
  });

  it("answers 409 for an image without data", async () => {
    const { id } = await demo.createImage(rawFormats);
    const conflict = refused(409, "Only images with status active can be targeted for copying");
    expect(await importInto(admin, id, toCheap)).toMatchObject(conflict);
  });

  it("deletes the copy in one store", async () => {
    const id = await inBoth();
    expect((await admin.delete(`/v2/stores/fast/${id}`)).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({ status: "active", stores: "cheap" });
    expect((await demo.get(`/v2/images/${id}/file`)).bytes.toString()).toBe("hello world");
  });

  it("answers 403 to deleting the last copy", async () => {
    const { id } = await demo.createActiveImage();
    const reason = "Cannot delete image data from the only store containing it. Consider deleting the image instead.";
    expect(await admin.delete(`/v2/stores/fast/${id}`)).toMatchObject(refused(403, reason));
  });

  it("answers 403 to a member who deletes a copy", async () => {
    const { id } = await demo.createActiveImage();
    const answer = await demo.delete(`/v2/stores/fast/${id}`);
    expect(answer).toMatchObject(notAuthorized("delete_image_location"));
  });

  it("keeps the last copy before it asks whether the store has it", async () => {
    const id = await inBoth();
    must(await admin.delete(`/v2/stores/cheap/${id}`), 204);
    const reason = "Cannot delete image data from the only store containing it. Consider deleting the image instead.";
    expect(await admin.delete(`/v2/stores/cheap/${id}`)).toMatchObject(refused(403, reason));
  });

  it("answers 409 to deleting a copy of an image that is not active", async () => {
    const id = await inBoth();
    must(await admin.post(`/v2/images/${id}/actions/deactivate`), 204);
    const reason = "It's not allowed to remove image data from store if image status is not 'active'";
    expect(await admin.delete(`/v2/stores/cheap/${id}`)).toMatchObject(refused(409, reason));
    const { id: empty } = await demo.createImage(rawFormats);
    expect(await admin.delete(`/v2/stores/cheap/${empty}`)).toMatchObject(refused(409, reason));
  });

  it("answers 409 for an unknown store and 404 for an unknown image when a copy is to be deleted", async () => {
    const { id } = await demo.createActiveImage();
    const unavailable = refused(409, "The selected store nope is not available on this node.");
    expect(await admin.delete(`/v2/stores/nope/${id}`)).toMatchObject(unavailable);
    expect(await admin.delete("/v2/stores/fast/nope")).toMatchObject(refused(404, "Failed to find image nope"));
  });
});
