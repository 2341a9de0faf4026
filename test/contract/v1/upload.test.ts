import { must } from "../client";
import { refused } from "../refusals";
import { contractOf, unique } from "../suite";
import { detail, fieldsOf, formats, imageOf, post, put, reserve } from "./images";
import { refusedInDetail } from "./refusals";

const mismatch = (attribute: string, supplied: string, actual: string) =>
  refused(
    400,
    `Supplied ${attribute} (${supplied}) and ${attribute} generated from uploaded image (${actual}) did not match. Setting image status to 'killed'.`,
  );

contractOf("v1", "data of an image", ({ demo }) => {
  it("is uploaded to a queued image, whose properties stay", async () => {
    const { id } = await reserve(demo, { "x-image-meta-property-kept": "1" });
    const answer = must(await put(demo, id, { "x-image-meta-property-new": "2" }, "hello world"), 200);
    expect(imageOf(answer)).toMatchObject({ status: "active", size: 11, properties: { kept: "1", new: "2" } });
    expect(answer.headers).toMatchObject({ etag: "5eb63bbbe01eeed093cb22bb8f5acdc3" });
    expect((await demo.get(`/v1/images/${id}`)).bytes.toString()).toBe("hello world");
  });

  it("is uploaded once", async () => {
    const { id } = await reserve(demo);
    must(await put(demo, id, {}, "first"), 200);
    const refusal = refusedInDetail(409, "Cannot upload to an unqueued image");
    expect(await put(demo, id, {}, "second")).toMatchObject(refusal);
  });

  it("needs formats, which may come with it", async () => {
    const { id } = imageOf(must(await post(demo), 201));
    expect(await put(demo, id, {}, "abc")).toMatchObject(refused(400, "Disk format is not specified."));
    const disk = { "x-image-meta-disk_format": "raw" };
    expect(await put(demo, id, disk, "abc")).toMatchObject(refused(400, "Container format is not specified."));
    expect(imageOf(must(await put(demo, id, formats, "abc"), 200))).toMatchObject({ status: "active" });
  });

  it.each([
    ["text/plain", "text/plain"],
    ["no media type", undefined],
  ])("with %s kills the image", async (_, type) => {
    const { id } = await reserve(demo);
    const answer = await demo.send("PUT", `/v1/images/${id}`, { headers: { "content-type": type }, body: "abc" });
    expect(answer).toMatchObject(refused(400, "Content-Type must be application/octet-stream"));
    expect(await fieldsOf(demo, id)).toMatchObject({ status: "killed", size: "0" });
  });

  it("with another size or checksum than announced kills the image", async () => {
    const { id } = await reserve(demo, { "x-image-meta-size": "3" });
    expect(await put(demo, id, {}, "abcdefg")).toMatchObject(mismatch("size", "3", "7"));
    expect(await fieldsOf(demo, id)).toMatchObject({ status: "killed" });
    const refusal = refusedInDetail(404, `Image ${id} is not active`);
    expect(await demo.get(`/v1/images/${id}`)).toMatchObject(refusal);
    expect(await put(demo, id, {}, "abc")).toMatchObject(refusedInDetail(409, "Cannot upload to an unqueued image"));

    const other = await reserve(demo);
    const checksum = { "x-image-meta-checksum": "0".repeat(32) };
    expect(await put(demo, other.id, checksum, "abc")).toMatchObject(
      mismatch("checksum", "0".repeat(32), "900150983cd24fb0d6963f7d28e17f72"),
    );
    expect(await fieldsOf(demo, other.id)).toMatchObject({ status: "killed" });
  });

  it("that is refused in a POST leaves a killed image, too", async () => {
    const name = unique();
    const headers = { ...formats, "x-image-meta-name": name, "x-image-meta-size": "99" };
    expect(await post(demo, headers, "abc")).toMatchObject(mismatch("size", "99", "3"));
    const [killed] = await detail(demo, { name, "changes-since": "2001-01-01" });
    expect(killed).toMatchObject({ status: "killed", size: 99 });
    must(await demo.delete(`/v1/images/${killed?.id}`), 200);
  });

  it("without formats in a POST leaves a queued image", async () => {
    const name = unique();
    const answer = await post(demo, { "x-image-meta-name": name }, "abc");
    expect(answer).toMatchObject(refused(400, "Disk format is not specified."));
    const [queued] = await detail(demo, { name });
    expect(queued).toMatchObject({ status: "queued" });
    must(await demo.delete(`/v1/images/${queued?.id}`), 200);
  });

  it("goes to a store that there is", async () => {
    const { id } = await reserve(demo);
    expect(await put(demo, id, { "x-image-meta-store": "nope" }, "abc")).toMatchObject(
      refused(400, "Store for scheme nope not found"),
    );
    expect(imageOf(must(await put(demo, id, { "x-image-meta-store": "file" }, "abc"), 200))).toMatchObject({
      status: "active",
    });
  });
});
