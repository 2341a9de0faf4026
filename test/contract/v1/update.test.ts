import { must } from "../client";
import { refused, serverError } from "../refusals";
import { contractOf, unique } from "../suite";
import type { User } from "../user";
import { create, fieldsOf, imageOf, keepProperties, put, reserve, unknownId } from "./images";
import { imageNotFound, refusedByRegistry, registrySays } from "./refusals";

contractOf("v1", "PUT /v1/images/{id}", ({ demo, alt, admin }) => {
  const changed = async (user: User, id: string, headers: Record<string, string>) =>
    imageOf(must(await put(user, id, headers), 200));
  const withProperties = { "x-image-meta-property-a": "1", "x-image-meta-property-b": "2" };

  it("changes the fields that it names", async () => {
    const { id } = await create(demo, { "x-image-meta-name": "old", "x-image-meta-min_ram": "64" });
    const answer = must(await put(demo, id, { "x-image-meta-name": "new", "x-image-meta-min-disk": "5" }), 200);
    expect(imageOf(answer)).toMatchObject({ id, name: "new", min_ram: 64, min_disk: 5, status: "active", size: 11 });
    expect(answer.headers).toMatchObject({ etag: "5eb63bbbe01eeed093cb22bb8f5acdc3" });
    expect(await fieldsOf(demo, id)).toMatchObject({ name: "new", min_disk: "5" });
  });

  it("changes the formats of an active image", async () => {
    const { id } = await create(demo);
    const headers = { "x-image-meta-disk_format": "qcow2", "x-image-meta-container_format": "ovf" };
    expect(await changed(demo, id, headers)).toMatchObject({ disk_format: "qcow2", container_format: "ovf" });
  });

  it("removes the name and the value of a property with an empty header", async () => {
    const { id } = await reserve(demo, { ...withProperties, "x-image-meta-name": "old" });
    const headers = { ...keepProperties, "x-image-meta-name": "", "x-image-meta-property-a": "" };
    expect(await changed(demo, id, headers)).toMatchObject({ name: null, properties: { a: null, b: "2" } });
  });

  it.each([
    ["no header", {}, { a: "9" }],
    ["true", { "x-glance-registry-purge-props": "true" }, { a: "9" }],
    ["True", { "x-glance-registry-purge-props": "True" }, { a: "9" }],
    ["false", { "x-glance-registry-purge-props": "false" }, { a: "9", b: "2" }],
    ["nonsense", { "x-glance-registry-purge-props": "maybe" }, { a: "9", b: "2" }],
  ] as [string, Record<string, string>, Record<string, string>][])(
    "treats the properties that are not named by purge-props: %s",
    async (_, header, properties) => {
      const { id } = await reserve(demo, withProperties);
      const image = await changed(demo, id, { ...header, "x-image-meta-property-a": "9" });
      expect(image.properties).toEqual(properties);
    },
  );

  it("removes all properties when it says nothing", async () => {
    const { id } = await reserve(demo, withProperties);
    expect(await changed(demo, id, {})).toMatchObject({ properties: {} });
  });

  it("overlooks the owner, the times and deletion", async () => {
    const { id, owner, created_at } = await reserve(demo);
    const headers = {
      "x-image-meta-owner": "z",
      "x-image-meta-created_at": "2001-01-01T00:00:00Z",
      "x-image-meta-deleted": "True",
    };
    expect(await changed(demo, id, headers)).toMatchObject({ owner, created_at, deleted: false });
  });

  it("takes the size and the checksum of a queued image only, but always the present ones", async () => {
    const { id } = await reserve(demo);
    const announced = { "x-image-meta-size": "3", "x-image-meta-checksum": "abc" };
    expect(await changed(demo, id, announced)).toMatchObject({ status: "queued", size: 3, checksum: "abc" });
    const active = await create(demo, {}, "abc");
    const same = { "x-image-meta-size": "3", "x-image-meta-status": "active", "x-image-meta-id": active.id };
    expect(await changed(demo, active.id, same)).toMatchObject({ size: 3 });
  });

  it.each([
    ["size", "1", "Forbidden to modify 'size' of active image."],
    ["checksum", "abc", "Forbidden to modify 'checksum' of active image."],
    ["status", "queued", "Forbidden to modify 'status' of image."],
    ["id", unknownId, "Forbidden to modify 'id' of image."],
  ])("does not change the %s of an active image", async (field, value, reason) => {
    const { id } = await create(demo);
    expect(await put(demo, id, { [`x-image-meta-${field}`]: value })).toMatchObject(refused(403, reason));
  });

  it("lets administrators change the size, the owner and the publicity", async () => {
    const { id } = await create(demo);
    const { projectId } = await alt.logIn();
    const headers = { "x-image-meta-size": "4", "x-image-meta-owner": projectId, "x-image-meta-is_public": "true" };
    expect(await changed(admin, id, headers)).toMatchObject({ size: 4, owner: projectId, is_public: true });
    expect(await changed(alt, id, { "x-image-meta-is_public": "False" })).toMatchObject({ is_public: false });
  });

  it("does not let others publish", async () => {
    const { id } = await reserve(demo);
    const refusal = refused(403, "Access was denied to this resource.");
    expect(await put(demo, id, { "x-image-meta-is_public": "True" })).toMatchObject(refusal);
  });

  it("does not find what is not there, or not for the caller", async () => {
    const { id } = await reserve(demo);
    expect(await put(demo, unknownId)).toMatchObject(imageNotFound(unknownId));
    expect(await put(alt, id)).toMatchObject(imageNotFound(id));
  });

  it("is not for those who merely see the image", async () => {
    const { id } = await reserve(admin, { "x-image-meta-is_public": "True" });
    const said = registrySays.reason(403, "Access was denied to this resource.");
    const refusal = refusedByRegistry(403, said, "Forbidden to update image: ");
    expect(await put(demo, id, { "x-image-meta-name": "mine" })).toMatchObject(refusal);
    const shared = await reserve(demo);
    const { projectId } = await alt.logIn();
    must(await demo.send("PUT", `/v1/images/${shared.id}/members/${projectId}`), 204);
    expect(await put(alt, shared.id, { "x-image-meta-name": "mine" })).toMatchObject(serverError);
  });

  it("refuses values that a new image cannot have either", async () => {
    const { id } = await reserve(demo, { "x-image-meta-name": unique() });
    const invalid = "Invalid value 'abc' for parameter 'min_disk': Cannot convert image min_disk 'abc' to an integer.";
    expect(await put(demo, id, { "x-image-meta-min_disk": "abc" })).toMatchObject(refused(400, invalid));
    const unknown = "Invalid disk format 'floppy' for image.";
    expect(await put(demo, id, { "x-image-meta-disk_format": "floppy" })).toMatchObject(refused(400, unknown));
    const lead = "Failed to update image metadata. Got error: ";
    const range = "'min_disk' value out of range, must not exceed 2147483647.";
    expect(await put(demo, id, { "x-image-meta-min_disk": "2147483648" })).toMatchObject(
      refusedByRegistry(400, registrySays.detail(400, lead + range), lead),
    );
  });
});
