import { FileServer } from "../../tools/fileServer";
import { contractOf, unique } from "../suite";
import { rawFormats } from "../user";
import { Environment, refused } from "./environment";

contractOf("alliance", "create an image", ({ demo, v2 }) => {
  const environment = new Environment(demo);
  let files: FileServer;
  beforeAll(async () => {
    files = await FileServer.start({ "/image": "hello world" });
  });
  afterAll(() => files.close());

  it("answers 201 with the bare image, queued until the copy is made", async () => {
    const name = unique();
    const copy_from = files.url("/image");
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const image = await environment.create({ name, ...rawFormats, copy_from, min_ram: 1, min_disk: 2 });
    expect(image).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name,
      ...rawFormats,
      copy_from,
      min_ram: 1,
      min_disk: 2,
      status: "queued",
      created_at: time,
      updated_at: time,
      tags: [],
      visibility: "private",
      owner: await environment.id(),
      schema: "/v2/schemas/image",
      protected: false,
      file: `/v2/images/${image.id}/file`,
      checksum: null,
      virtual_size: null,
      size: null,
    });
    const copied = { status: "active", size: 11, checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3" };
    expect(await environment.settled(image.id)).toMatchObject({ ...copied, copy_from });
    const { bytes } = await v2.demo.get(`/v2/images/${image.id}/file`);
    expect(bytes.toString()).toBe("hello world");
  });

  it("kills an image that cannot be copied", async () => {
    const { id } = await environment.create({ ...rawFormats, copy_from: files.url("/missing") });
    expect(await environment.settled(id)).toMatchObject({ status: "killed", size: null, checksum: null });
  });

  it("leaves an image without a source queued", async () => {
    const { id } = await environment.create({ name: unique() });
    expect((await environment.get(`/images/${id}`)).body).toMatchObject({ status: "queued", disk_format: null });
  });

  it("takes an image that is not wrapped, and the address with a slash", async () => {
    const name = unique();
    const answer = await environment.send("POST", "/images/", { json: { name } });
    expect(answer).toMatchObject({ status: 201, body: { name } });
    const { id } = answer.body as { id: string };
    expect((await environment.send("DELETE", `/images/${id}`)).status).toBe(200);
  });

  it.each([
    ["another field", { visibility: "public" }, "Additional properties are not allowed ('visibility' was unexpected)"],
    ["a name that is no text", { name: 5 }, "5 is not of type 'null', 'string'"],
    ["an unknown format", { disk_format: "floppy" }, "'floppy' is not one of"],
    ["a size that is no number", { min_disk: "5" }, "'5' is not of type 'integer'"],
    ["a size below zero", { min_ram: -1 }, "Invalid value '-1' for parameter 'min_ram'"],
    ["a source without formats", { copy_from: "http://example.com/image" }, "disk_format and container_format"],
    ["a source that is no web address", { ...rawFormats, copy_from: "file:///etc/passwd" }, "Nothing can be copied"],
  ])("answers 400 to %s", async (_what, image, part) => {
    expect(await environment.post(image)).toMatchObject(refused(400, expect.stringContaining(part)));
  });

  it.each([
    ["nothing", undefined, "Body expected in request."],
    ["what is no JSON", "{", "Malformed JSON in request body."],
    ["a list", "[]", 'The body must be {"image": {…}}.'],
    ["an image that is none", '{"image": []}', 'The body must be {"image": {…}}.'],
  ])("answers 400 to %s", async (_what, body, message) => {
    const answer = await environment.send("POST", "/images", body === undefined ? {} : { body });
    expect(answer).toMatchObject(refused(400, message));
  });
});
