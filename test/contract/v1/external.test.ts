import { FileServer } from "../../tools/fileServer";
import { must } from "../client";
import { refused } from "../refusals";
import { contractOf } from "../suite";
import { eventually } from "../waiting";
import { fieldsOf, formats, imageOf, post, put, reserve, unknownId } from "./images";
import { refusedInDetail } from "./refusals";

const missing = refused(404, "HTTP datastore could not find image at URI.");
const unsupported = (uri: string) => refused(400, `External sources are not supported: '${uri}'`);

contractOf("v1", "bytes from elsewhere", ({ demo }) => {
  let files: FileServer;
  beforeAll(async () => {
    files = await FileServer.start({ "/image": "hello world" });
  });
  afterAll(() => files.close());

  const from = (uri: string) => ({ "x-glance-api-copy-from": uri });
  const at = (uri: string) => ({ "x-image-meta-location": uri });
  const settled = (id: string) =>
    eventually(
      () => fieldsOf(demo, id),
      ({ status }) => status === "active" || status === "killed",
    );

  it("are copied after the answer, which has their size already", async () => {
    const image = await reserve(demo, from(files.url("/image")));
    expect(image).toMatchObject({ status: "queued", size: 11, checksum: null });
    expect(await settled(image.id)).toMatchObject({
      status: "active",
      size: "11",
      checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3",
    });
    expect((await demo.get(`/v1/images/${image.id}`)).bytes.toString()).toBe("hello world");
  });

  it("are copied without formats, too", async () => {
    const { id } = imageOf(must(await post(demo, from(files.url("/image"))), 201));
    const fields = await settled(id);
    expect(fields).toMatchObject({ status: "active" });
    expect(fields).not.toHaveProperty("disk_format");
  });

  it("are copied into a queued image", async () => {
    const { id } = await reserve(demo);
    const answer = must(await put(demo, id, from(files.url("/image"))), 200);
    expect(imageOf(answer)).toMatchObject({ status: "queued", size: 11 });
    expect(await settled(id)).toMatchObject({ status: "active" });
  });

  it("kill the image where they are not as announced", async () => {
    const { id } = await reserve(demo, { ...from(files.url("/image")), "x-image-meta-checksum": "0".repeat(32) });
    expect(await settled(id)).toMatchObject({ status: "killed" });
  });

  it("stay where they are, if that is wanted", async () => {
    const image = await reserve(demo, at(files.url("/image")));
    expect(image).toMatchObject({ status: "active", size: 11, checksum: null });
    expect((await demo.get(`/v1/images/${image.id}`)).bytes.toString()).toBe("hello world");
    expect(await fieldsOf(demo, image.id)).not.toHaveProperty("location");
  });

  it("stay where they are for a queued image", async () => {
    const { id } = await reserve(demo);
    const answer = must(await put(demo, id, at(files.url("/image"))), 200);
    expect(imageOf(answer)).toMatchObject({ status: "active", size: 11 });
  });

  it.each([
    ["from", from],
    ["at", at],
  ])("are refused %s a bad address", async (_, header) => {
    expect(await post(demo, { ...formats, ...header(files.url("/missing")) })).toMatchObject(missing);
    for (const uri of ["file:///etc/passwd", "foo://bar"]) {
      expect(await post(demo, { ...formats, ...header(uri) })).toMatchObject(unsupported(uri));
    }
    const empty = refused(400, "External source should not be empty");
    expect(await post(demo, { ...formats, ...header("") })).toMatchObject(empty);
    files.set("/broken", { status: 500 });
    const broken = refused(400, "HTTP URL /broken returned a 500 status code. \nThe response body:\n");
    expect(await post(demo, { ...formats, ...header(files.url("/broken")) })).toMatchObject(broken);
  });

  it("come from one place", async () => {
    const multiple = refused(400, "It's invalid to provide multiple image sources.");
    const { id } = await reserve(demo);
    const uri = files.url("/image");
    expect(await put(demo, id, { ...from(uri), ...at(uri) })).toMatchObject(multiple);
    expect(await put(demo, id, from(uri), "abc")).toMatchObject(multiple);
    expect(await fieldsOf(demo, id)).toMatchObject({ status: "queued" });
  });

  it("cannot replace others", async () => {
    const { id } = await reserve(demo, { "x-image-meta-size": "0" });
    const uri = files.url("/image");
    const refusal = refused(400, "Attempted to update Location field for an image not in queued status.");
    expect(await put(demo, id, at(uri))).toMatchObject(refusal);
    expect(await put(demo, id, from(uri))).toMatchObject(refusal);
  });

  it("must be of the size that the request says", async () => {
    const { id } = await reserve(demo);
    const answer = await put(demo, id, { ...at(files.url("/image")), "x-image-meta-size": "3" });
    expect(answer).toMatchObject(
      refused(409, "Provided image size must match the stored image size. (provided size: 3, stored size: 11)"),
    );
  });

  it("need an image", async () => {
    const answer = await put(demo, unknownId, from(files.url("/image")));
    expect(answer).toMatchObject(refusedInDetail(404, `Image with identifier ${unknownId} not found`));
  });
});
