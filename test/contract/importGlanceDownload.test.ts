import { randomUUID } from "node:crypto";
import { must } from "./client";
import { glanceDownload, importInto, importToEnd, tasksOf } from "./importing";
import { refused } from "./refusals";
import { contract } from "./suite";
import { type ImageBody, rawFormats } from "./user";

contract("import: glance-download", ({ demo, alt, other, cloud }) => {
  const content = "another region's";
  const formats = { disk_format: "iso", container_format: "ovf" };
  const region = cloud.other?.region ?? "";
  let source: ImageBody;
  let empty: ImageBody;

  beforeAll(async () => {
    const properties = {
      hw_disk_bus: "virtio",
      os_type: "linux",
      os_version: "13",
      "trait:HW_CPU": "required",
      note: "x",
    };
    source = await other.demo.createActiveImage({ ...properties, tags: ["one"], min_disk: 3 }, content);
    empty = await other.demo.createImage(rawFormats);
  });
  afterAll(async () => {
    for (const { id } of [source, empty]) must(await other.demo.delete(`/v2/images/${id}`), 204);
  });

  const remote = (more: Record<string, unknown> = {}) =>
    glanceDownload({ glance_region: region, glance_image_id: source.id, ...more });
  const target = async (fields: Record<string, unknown> = {}) => (await demo.createImage({ ...formats, ...fields })).id;

  it("finds an image of one region in that region only", async () => {
    expect([(await demo.show(source.id)).status, (await other.demo.show(source.id)).status]).toEqual([404, 200]);
  });

  it("copies the data, the formats and some of the properties", async () => {
    const id = await target({ hw_disk_bus: "scsi", os_distro: "debian", note: "own" });
    const { task, image } = await importToEnd(demo, id, remote());
    expect(task).toMatchObject({ status: "success", type: "api_image_import" });
    expect(image).toMatchObject({
      ...rawFormats,
      status: "active",
      size: content.length,
      checksum: source.checksum,
      os_hash_value: source.os_hash_value,
      min_disk: 0,
      tags: [],
      hw_disk_bus: "virtio",
      os_type: "linux",
      os_distro: "debian",
      "trait:HW_CPU": "required",
      note: "own",
      stores: "fast",
      os_glance_importing_to_stores: "",
      os_glance_failed_import: "",
    });
    expect(image).not.toHaveProperty("os_version");
    expect(must(await demo.get(`/v2/images/${id}/file`), 200).bytes.toString()).toBe(content);
  });

  it("names the region in any case, and notes the interface", async () => {
    const id = await target();
    const request = remote({ glance_region: region.toUpperCase() });
    expect((await importToEnd(demo, id, request)).task.status).toBe("success");
    const [task] = await tasksOf(demo, id);
    expect(task).toMatchObject({ input: { import_req: { method: { glance_service_interface: "public" } } } });
  });

  it("copies into several stores", async () => {
    const { image } = await importToEnd(demo, await target(), { ...remote(), all_stores: true });
    expect(String(image.stores).split(",").sort()).toEqual(["cheap", "fast"]);
  });

  it.each([
    ["an unknown region", () => remote({ glance_region: "RegionNine" })],
    ["an unknown image", () => remote({ glance_image_id: randomUUID() })],
    ["an image without data", () => remote({ glance_image_id: empty.id })],
  ])("goes back to queued for %s", async (_words, request) => {
    const { task, image } = await importToEnd(demo, await target({ hw_disk_bus: "scsi" }), request());
    expect(task).toMatchObject({ status: "failure", message: "Task failed due to Internal Error" });
    expect(image).toMatchObject({ ...formats, status: "queued", size: null, hw_disk_bus: "scsi" });
    expect(image).toMatchObject({ os_glance_importing_to_stores: "fast", os_glance_failed_import: "" });
  });

  it("copies no image that the user cannot see", async () => {
    const { id } = await alt.createImage(formats);
    expect((await importToEnd(alt, id, remote())).task.status).toBe("failure");
  });

  it.each([
    [{ glance_region: undefined }, "'glance_region' needs to be set for glance-download import method"],
    [{ glance_image_id: undefined }, "'glance_image_id' needs to be set for glance-download import method"],
    [{ glance_image_id: "nope" }, "Remote image id does not look like a UUID: nope"],
  ])("refuses %j", async (fields, reason) => {
    expect(await importInto(demo, await target(), remote(fields))).toMatchObject(refused(400, reason));
  });

  it("refuses an image that has data", async () => {
    const { id } = await demo.createActiveImage();
    const reason = "Image with status active cannot be target for import";
    expect(await importInto(demo, id, remote())).toMatchObject(refused(409, reason));
  });

  it("refuses an image that is staged", async () => {
    const id = await target();
    must(await demo.stage(id, content), 204);
    const reason = "Image needs to be in 'queued' state to use 'glance-download' method";
    expect(await importInto(demo, id, remote())).toMatchObject(refused(409, reason));
  });
});
