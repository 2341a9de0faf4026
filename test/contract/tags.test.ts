import { notAuthorized, refused, schemaViolation } from "./refusals";
import { contract } from "./suite";

contract("tags", (server) => {
  const { demo } = server;
  const send = (method: "PUT" | "DELETE", id: string, tag: string, user = demo) =>
    user.send(method, `/v2/images/${id}/tags/${encodeURIComponent(tag)}`);
  const tagsOf = async (id: string) => ((await demo.show(id)).body as { tags: string[] }).tags.sort();

  it("adds one and answers 204 with nothing, also to adding it again", async () => {
    const { id } = await demo.createImage({ tags: ["a"] });
    for (let round = 0; round < 2; round++) {
      const answer = await send("PUT", id, "b");
      expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 204, length: 0 });
    }
    expect(await tagsOf(id)).toEqual(["a", "b"]);
  });

  it("removes one with 204 and answers 404 to removing it again", async () => {
    const { id } = await demo.createImage({ tags: ["a", "b"] });
    expect((await send("DELETE", id, "a")).status).toBe(204);
    expect(await send("DELETE", id, "a")).toMatchObject(refused(404, "The resource could not be found."));
    expect(await tagsOf(id)).toEqual(["b"]);
  });

  it.each(["two words", " blank before", "a&b=c?", "v1.0", "x.json", "100%", "x".repeat(255)])(
    "takes the tag '%s' percent-encoded",
    async (tag) => {
      const { id } = await demo.createImage();
      expect((await send("PUT", id, tag)).status).toBe(204);
      expect(await tagsOf(id)).toEqual([tag]);
      expect((await send("DELETE", id, tag)).status).toBe(204);
    },
  );

  it("reads the bytes of other letters one by one: such tags are for patches", async () => {
    const { id } = await demo.createImage();
    expect((await send("PUT", id, "ü")).status).toBe(204);
    expect(await tagsOf(id)).toEqual(["Ã¼"]);
    const patched = await demo.patch(id, [{ op: "replace", path: "/tags", value: ["ü"] }]);
    expect(patched).toMatchObject({ status: 200, body: { tags: ["ü"] } });
  });

  it.each(["a/b", ""])("answers 404 to the tag '%s', which a path cannot carry", async (tag) => {
    const { id } = await demo.createImage();
    expect(await send("PUT", id, tag)).toMatchObject(refused(404, "The resource could not be found."));
  });

  it("answers 400 to a tag of 256 characters", async () => {
    const { id } = await demo.createImage();
    expect(await send("PUT", id, "x".repeat(256))).toMatchObject(schemaViolation(`'${"x".repeat(256)}' is too long`));
  });

  it("answers 400 to a body", async () => {
    const { id } = await demo.createImage();
    const answer = await demo.put(`/v2/images/${id}/tags/a`, {});
    expect(answer).toMatchObject(refused(400, "A body is not expected with this request."));
  });

  it("answers 413 to the 129th", async () => {
    const { id } = await demo.createImage({ tags: Array.from({ length: 128 }, (_, index) => `tag ${index}`) });
    const reason = `Image tag limit exceeded for image ${id}: The limit has been exceeded on the number of allowed image tags. Attempted: 129, Maximum: 128:`;
    expect(await send("PUT", id, "one more")).toMatchObject(refused(413, reason));
  });

  it.each(["GET", "POST"])("answers 405 to %s", async (method) => {
    const answer = await demo.send(method, "/v2/images/nope/tags/a");
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: "PUT, DELETE" });
  });

  it("answers 404 about an image that the caller cannot see", async () => {
    const { id } = await demo.createImage({ tags: ["a"] });
    const hidden = refused(404, `Image ${id} not found.`);
    expect(await send("PUT", id, "b", server.alt)).toMatchObject(hidden);
    expect(await send("DELETE", id, "a", server.alt)).toMatchObject(hidden);
    expect(await send("PUT", "nope", "a")).toMatchObject(refused(404, "Image nope not found."));
  });

  it("answers 403 about an image of another project that the caller sees", async () => {
    const { id } = await demo.createImage({ tags: ["a"], visibility: "community" });
    for (const method of ["PUT", "DELETE"] as const)
      expect(await send(method, id, "a", server.alt)).toMatchObject(notAuthorized("modify_image"));
  });
});
