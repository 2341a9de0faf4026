import { imageNotFound, notAuthorized, refused } from "./refusals";
import { contract } from "./suite";
import { type ImageBody, rawFormats } from "./user";

contract("download", (server) => {
  const { demo } = server;
  const md5 = "5eb63bbbe01eeed093cb22bb8f5acdc3";
  const file = (id: string) => `/v2/images/${id}/file`;
  let image: ImageBody;
  const range = (value: string) => {
    const accept = "application/octet-stream, application/json;q=0.5";
    return demo.send("GET", file(image.id), { headers: { range: value, accept } });
  };

  beforeAll(async () => {
    image = await demo.createActiveImage();
  });

  it("answers 200 with the bytes, their length and their MD5 in hexadecimal digits", async () => {
    const answer = await demo.get(file(image.id));
    expect(answer.status).toBe(200);
    expect(answer.bytes.toString()).toBe("hello world");
    expect(answer.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": "11",
      "content-md5": md5,
    });
  });

  it.each([
    ["bytes=0-4", "hello", "bytes 0-4/11"],
    ["bytes=6-", "world", "bytes 6-10/11"],
    ["bytes=-3", "rld", "bytes 8-10/11"],
    ["bytes=5-5", " ", "bytes 5-5/11"],
    ["bytes=6-999", "world", "bytes 6-10/11"],
  ])("answers 206 to the range %s, with the MD5 of the whole image", async (value, content, shown) => {
    const answer = await range(value);
    expect(answer.status).toBe(206);
    expect(answer.bytes.toString()).toBe(content);
    expect(answer.headers).toMatchObject({
      "content-range": shown,
      "content-length": String(content.length),
      "content-md5": md5,
    });
  });

  it.each(["bytes=4-2", "bytes=", "items=0-4", "bogus"])("answers 416 to the range %s", async (value) => {
    const title = "Request Range Not Satisfiable";
    const message = "The Range requested is not available.<br /><br />\nInvalid Range header.\n\n";
    expect(await range(value)).toMatchObject({ status: 416, body: { code: `416 ${title}`, title, message } });
  });

  it("answers 416 to a range that begins behind the end", async () => {
    const answer = await range("bytes=11-");
    const reason = "Invalid start position in Range header. Start position MUST be in the inclusive range [0, 10].";
    expect(answer).toMatchObject({ status: 416, body: { message: expect.stringContaining(reason) } });
  });

  it("answers 400 to several ranges", async () => {
    const reason =
      "Requests with multiple ranges are not supported in Glance. You may make multiple single-range requests instead.";
    expect(await range("bytes=0-1,3-4")).toMatchObject(refused(400, reason));
  });

  it("answers 204 while there is no data", async () => {
    const { id } = await demo.createImage(rawFormats);
    const answer = await demo.get(file(id));
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 204, length: 0 });
    await demo.stage(id, "staged");
    expect((await demo.get(file(id))).status).toBe(204);
  });

  it.each(["fast", "cheap"])("takes the preferred store %s, whether the image is there or not", async (prefer) => {
    expect((await demo.get(file(image.id), { prefer })).bytes.toString()).toBe("hello world");
  });

  it("answers 400 to a preferred store that does not exist", async () => {
    const refusal = refused(400, "Store 'nope' is not configured.");
    expect(await demo.get(file(image.id), { prefer: "nope" })).toMatchObject(refusal);
  });

  it("answers 404 to an image that the caller cannot see", async () => {
    expect(await server.alt.get(file(image.id))).toMatchObject(imageNotFound(image.id));
    expect(await demo.get(file("nope"))).toMatchObject(imageNotFound("nope"));
  });

  it("sends a public and a community image to everybody", async () => {
    const { id: published } = await server.admin.createActiveImage({ visibility: "public" });
    const { id: common } = await demo.createActiveImage({ visibility: "community" });
    for (const id of [published, common]) expect((await server.alt.get(file(id))).status).toBe(200);
  });

  it("sends a shared image to a member who has not answered yet", async () => {
    const { id } = await demo.createActiveImage();
    const { projectId } = await server.alt.logIn();
    await demo.post(`/v2/images/${id}/members`, { member: projectId });
    expect((await server.alt.get(file(id))).bytes.toString()).toBe("hello world");
  });

  it("answers 403 to a caller who is only a reader", async () => {
    expect(await server.reader.get(file(image.id))).toMatchObject(notAuthorized("download_image"));
  });
});
