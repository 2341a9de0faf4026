import { must } from "../client";
import { refused, refusedWith, serverError } from "../refusals";
import { contractOf, unique } from "../suite";
import { detail, formats, post, reserve } from "./images";
import { refusedByRegistry, refusedInDetail, registrySays } from "./refusals";

const invalid = (value: string, parameter: string, reason: string) =>
  refused(400, `Invalid value '${value}' for parameter '${parameter}': ${reason}`);
const notInteger = (parameter: string) =>
  invalid("abc", parameter, `Cannot convert image ${parameter} 'abc' to an integer.`);

contractOf("v1", "refusals of POST /v1/images", ({ demo, admin }) => {
  it.each([
    [{ "x-image-meta-disk_format": "floppy" }, refused(400, "Invalid disk format 'floppy' for image.")],
    [{ "x-image-meta-disk_format": "" }, refused(400, "Invalid disk format 'None' for image.")],
    [{ "x-image-meta-container_format": "box" }, refused(400, "Invalid container format 'box' for image.")],
    [
      { "x-image-meta-disk_format": "ami" },
      refused(
        400,
        "Invalid mix of disk and container formats. When setting a disk or container format to one of 'aki', 'ari', or 'ami', the container and disk formats must match.",
      ),
    ],
    [{ "x-image-meta-size": "abc" }, notInteger("size")],
    [{ "x-image-meta-min_disk": "abc" }, notInteger("min_disk")],
    [{ "x-image-meta-size": "-5" }, invalid("-5", "size", "Cannot be a negative value.")],
    [{ "x-image-meta-min_ram": "-1" }, invalid("-1", "min_ram", "Cannot be a negative value.")],
    [{ "x-image-meta-min_ram": "" }, serverError],
    [{ "x-image-meta-name": "n".repeat(256) }, refused(400, "Image name too long: 256")],
    [
      { "x-image-meta-checksum": "0".repeat(33) },
      refused(400, `Invalid checksum '${"0".repeat(33)}': can't exceed 32 characters`),
    ],
    [{ "x-image-meta-bogus": "1" }, refusedInDetail(400, "Bad header: x-image-meta-bogus")],
    [{ "x-image-meta-visibility": "public" }, refusedInDetail(400, "Bad header: x-image-meta-visibility")],
    [{ "x-image-meta-foo_bar": "1" }, refusedInDetail(400, "Bad header: x-image-meta-foo-bar")],
    [{ "x-image-meta-created_at": "yesterday" }, refused(400, "Invalid time format for created_at.")],
    [{ "x-image-meta-created_at": "1899-12-31T00:00:00Z" }, refused(400, "Invalid time format for created_at.")],
    [{ "x-image-meta-store": "nope" }, refused(400, "Required store nope is invalid")],
    [
      { "x-image-meta-id": "not-a-uuid" },
      refusedByRegistry(
        400,
        registrySays.reason(400, "Invalid image id format"),
        "Failed to reserve image. Got error: ",
      ),
    ],
    [
      { "x-image-meta-min_disk": "2147483648" },
      refusedByRegistry(
        400,
        registrySays.detail(
          400,
          "Failed to add image metadata. Got error: 'min_disk' value out of range, must not exceed 2147483647.",
        ),
        "Failed to reserve image. Got error: ",
      ),
    ],
  ] as [Record<string, string>, object][])("refuses %j", async (headers, refusal) => {
    const name = unique();
    expect(await post(demo, { ...formats, "x-image-meta-name": name, ...headers })).toMatchObject(refusal);
    expect(await detail(demo, { name })).toEqual([]);
  });

  it("lets only administrators publish", async () => {
    const headers = { ...formats, "x-image-meta-is_public": "True" };
    expect(await post(demo, headers)).toMatchObject(refused(403, "Access was denied to this resource."));
    expect(await reserve(admin, headers)).toMatchObject({ is_public: true });
  });

  it("refuses an id that any image ever had", async () => {
    const { id } = await reserve(demo);
    const headers = { ...formats, "x-image-meta-id": id };
    const refusal = refused(409, `An image with identifier ${id} already exists`);
    expect(await post(demo, headers)).toMatchObject(refusal);
    must(await demo.delete(`/v1/images/${id}`), 200);
    expect(await post(demo, headers)).toMatchObject(refusal);
  });

  it("refuses too many properties", async () => {
    const properties = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-image-meta-property-p${index}`, "1"]));
    expect(await post(demo, properties(129))).toMatchObject(refusedWith(413, "Attempted: 129, Maximum: 128"));
    expect(Object.keys((await reserve(demo, properties(128))).properties)).toHaveLength(128);
  });
});
