import { glanceDirect, importInto, webDownload } from "./importing";
import { imageNotFound, notAuthorized, refused } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";

contract("import: refusals", (server) => {
  const { demo } = server;
  const source = webDownload("http://127.0.0.1:9/image");
  const start = async (request: unknown, headers = {}) => {
    const { id } = await demo.createImage(rawFormats);
    return importInto(demo, id, request, headers);
  };

  it.each([
    [{}, "Import request requires a 'method' field."],
    [{ method: {} }, "Import request requires a 'name' field."],
    [{ method: { name: "bogus" } }, "Unknown import method name 'bogus'."],
    [{ method: { name: "web-download" } }, "URI for web-download does not pass filtering: None"],
    [{ ...source, all_stores: "true" }, "'all_stores' must be boolean value only"],
    [{ ...source, all_stores_must_succeed: "false" }, "'all_stores_must_succeed' must be boolean value only"],
    [
      { ...source, all_stores: true, stores: ["fast"] },
      "All_stores parameter can't be used with x-image-meta-store header or stores parameter",
    ],
  ])("answers 400 for %j", async (request, reason) => {
    expect(await start(request)).toMatchObject(refused(400, reason));
  });

  it.each([
    "",
    "image.qcow2",
    "file:///etc/passwd",
    "ftp://127.0.0.1/image",
    "http:///image",
    "http://localhost/image",
    "http://127.0.0.2/image",
    "http://[::1]/image",
    "http://0x7f000001/image",
    "http://169.254.169.254/image",
    "http://no.such.host.invalid/image",
  ])("answers 400 for the address '%s'", async (uri) => {
    const reason = `URI for web-download does not pass filtering: ${uri}`;
    expect(await start(webDownload(uri))).toMatchObject(refused(400, reason));
  });

  it.each([
    [{ all_stores: true }, "All_stores parameter can't be used with x-image-meta-store header or stores parameter"],
    [{ stores: ["fast"] }, "Stores parameter and x-image-meta-store header can't be both specified"],
  ])("answers 400 for %j together with the store of the header", async (options, reason) => {
    const answer = await start({ ...source, ...options }, { "x-image-meta-store": "fast" });
    expect(answer).toMatchObject(refused(400, reason));
  });

  it("answers 409 for an unknown store", async () => {
    const conflict = refused(409, "Store for identifier nope not found");
    expect(await start({ ...source, stores: ["nope"] })).toMatchObject(conflict);
    expect(await start(source, { "x-image-meta-store": "nope" })).toMatchObject(conflict);
  });

  it.each([
    [{}, "container_format"],
    [{ container_format: "bare" }, "disk_format"],
  ])("answers 409 for an image with the formats %j", async (formats, missing) => {
    const { id } = await demo.createImage(formats);
    const conflict = refused(409, `'${missing}' needs to be set before import`);
    expect(await importInto(demo, id, source)).toMatchObject(conflict);
    await demo.stage(id, "staged");
    expect(await importInto(demo, id, glanceDirect)).toMatchObject(conflict);
  });

  it("answers 400 for broken JSON and for no body", async () => {
    const { id } = await demo.createImage(rawFormats);
    const headers = { "content-type": "application/json" };
    const broken = await demo.send("POST", `/v2/images/${id}/import`, { body: "{", headers });
    expect(broken).toMatchObject(refused(400, "Malformed JSON in request body."));
    const none = await demo.send("POST", `/v2/images/${id}/import`);
    expect(none).toMatchObject(refused(400, "Body expected in request."));
  });

  it("answers 404 for an image that the caller cannot see", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect(await importInto(server.alt, id, source)).toMatchObject(imageNotFound(id));
    expect(await importInto(demo, "nope", source)).toMatchObject(imageNotFound("nope"));
  });

  it("answers 403 for an image of another project that the caller sees, and to a reader", async () => {
    const { id } = await demo.createImage({ ...rawFormats, visibility: "community" });
    for (const user of [server.alt, server.reader])
      expect(await importInto(user, id, source)).toMatchObject(notAuthorized("modify_image"));
  });

  it("leaves the image queued after a refusal", async () => {
    const { id } = await demo.createImage(rawFormats);
    await importInto(demo, id, webDownload("file:///etc/passwd"));
    const { body } = await demo.show(id);
    expect(body).toMatchObject({ status: "queued" });
    expect(body).not.toHaveProperty("os_glance_import_task");
  });
});
