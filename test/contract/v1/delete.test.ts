import { must } from "../client";
import { refused, serverError } from "../refusals";
import { contractOf } from "../suite";
import { create, fieldsOf, formats, head, keepProperties, post, put, reserve, unknownId } from "./images";
import { imageNotFound, refusedByRegistry, refusedInDetail, registrySays } from "./refusals";

contractOf("v1", "DELETE /v1/images/{id}", ({ demo, alt, admin }) => {
  const remove = (id: string, user = demo) => user.delete(`/v1/images/${id}`);

  it("deletes with an empty answer", async () => {
    const { id } = await create(demo);
    const { status, bytes } = await remove(id);
    expect({ status, length: bytes.length }).toEqual({ status: 200, length: 0 });
    expect(await remove(id)).toMatchObject(imageNotFound(id));
    expect((await head(demo, id)).status).toBe(404);
    expect(await demo.get(`/v1/images/${id}`)).toMatchObject(imageNotFound(id));
    expect(await put(demo, id)).toMatchObject(imageNotFound(id));
    expect(await demo.get(`/v1/images/${id}/members`)).toMatchObject(imageNotFound(id));
  });

  it("leaves a trace for administrators", async () => {
    const { id } = await create(demo);
    must(await remove(id), 200);
    expect(await fieldsOf(admin, id)).toMatchObject({ deleted: "True", status: "deleted", size: "11" });
    expect(await remove(id, admin)).toMatchObject(refused(404, `Image ${id} not found.`));
    expect(await put(admin, id)).toMatchObject(refused(403, "Forbidden to update deleted image."));
    const deleted = refusedInDetail(404, `Image with identifier ${id} has been deleted.`);
    expect(await admin.get(`/v1/images/${id}/members`)).toMatchObject(deleted);
    expect(await admin.get(`/v1/images/${id}`)).toMatchObject(refusedInDetail(404, `Image ${id} is not active`));
  });

  it("does not delete a protected image", async () => {
    const { id } = await reserve(demo, { "x-image-meta-protected": "True" });
    expect(await remove(id)).toMatchObject(refused(403, "Image is protected"));
    must(await put(demo, id, { ...keepProperties, "x-image-meta-protected": "False" }), 200);
    must(await remove(id), 200);
  });

  it("deletes a killed image", async () => {
    const { id } = await reserve(demo, { "x-image-meta-size": "3" });
    must(await put(demo, id, {}, "too long"), 400);
    must(await remove(id), 200);
  });

  it("does not find what is not there, or not for the caller", async () => {
    const { id } = await reserve(demo);
    expect(await remove(unknownId)).toMatchObject(imageNotFound(unknownId));
    expect(await remove(id, alt)).toMatchObject(imageNotFound(id));
  });

  it("is not for those who merely see the image", async () => {
    const { id } = await reserve(admin, { "x-image-meta-is_public": "True" });
    const said = registrySays.reason(403, "Access was denied to this resource.");
    expect(await remove(id)).toMatchObject(refusedByRegistry(403, said, "Forbidden to delete image: "));
    const shared = await reserve(demo);
    const { projectId } = await alt.logIn();
    must(await demo.send("PUT", `/v1/images/${shared.id}/members/${projectId}`), 204);
    expect(await remove(shared.id, alt)).toMatchObject(serverError);
  });

  it("takes the id for ever", async () => {
    const { id } = await reserve(demo);
    must(await remove(id), 200);
    expect((await post(demo, { ...formats, "x-image-meta-id": id })).status).toBe(409);
  });
});
