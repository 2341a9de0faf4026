import { contractOf } from "../suite";
import { faulted, imageNotFound, noSuchPath, notAuthorized, unexpected } from "./faults";

const pattern = "'^[a-zA-Z0-9-_:. ]{1,255}$'";
const long = "x".repeat(256);

contractOf("compute", "metadata refusals", (server) => {
  let id: string;
  let path: string;

  beforeAll(async () => {
    ({ id } = await server.v2.demo.createImage({ visibility: "private", kept: "1" }));
    path = `/v2.1/images/${id}/metadata`;
  });

  const invalid = (field: string, value: string, reason: string) =>
    faulted(400, `Invalid input for field/attribute ${field}. Value: ${value}. ${reason}`);

  it.each([
    [{ metadata: { a: 1 } }, invalid("a", "1", "1 is not of type 'string'")],
    [{ metadata: { a: null } }, invalid("a", "None", "None is not of type 'string'")],
    [{ metadata: { a: true } }, invalid("a", "True", "True is not of type 'string'")],
    [{ metadata: { a: ["it's"] } }, invalid("a", `["it's"]`, `["it's"] is not of type 'string'`)],
    [{ metadata: { a: long } }, invalid("a", long, `'${long}' is too long`)],
    [
      { metadata: { "a/b": "x" } },
      invalid("metadata", "{'a/b': 'x'}", `'a/b' does not match any of the regexes: ${pattern}`),
    ],
    [
      { metadata: { ü: "x", "": "y" }, more: 1 },
      invalid("metadata", "{'ü': 'x', '': 'y'}", `'', 'ü' do not match any of the regexes: ${pattern}`),
    ],
    [{ metadata: [] }, invalid("metadata", "[]", "[] is not of type 'object'")],
    [{ metadata: "x" }, invalid("metadata", "x", "'x' is not of type 'object'")],
    [{}, faulted(400, "'metadata' is a required property")],
    [{ meta: { a: "b" } }, faulted(400, "'metadata' is a required property")],
    [
      { metadata: { a: "b" }, y: 1, x: 1 },
      faulted(400, "Additional properties are not allowed ('x', 'y' were unexpected)"),
    ],
    [[], faulted(400, "[] is not of type 'object'")],
    [null, faulted(400, "None is not of type 'object'")],
  ])("refuses the body %j", async (json, fault) => {
    expect(await server.demo.post(path, json)).toMatchObject(fault);
    expect(await server.demo.put(path, json)).toMatchObject(fault);
  });

  it.each([
    [{ meta: { b: "c" } }, faulted(400, "Request body and URI mismatch")],
    [{ metadata: { a: "b" } }, faulted(400, "'meta' is a required property")],
    [{ meta: {} }, invalid("meta", "{}", "{} should be non-empty")],
    [
      { meta: { a: "1", b: "2" } },
      invalid("meta", "{'a': '1', 'b': '2'}", "{'a': '1', 'b': '2'} has too many properties"),
    ],
    [{ meta: { a: 1 } }, invalid("a", "1", "1 is not of type 'string'")],
  ])("refuses the body %j for one property", async (json, fault) => {
    expect(await server.demo.put(`${path}/a`, json)).toMatchObject(fault);
  });

  it("refuses what is no JSON, an empty body and other media types", async () => {
    const json = { "content-type": "application/json" };
    const malformed = faulted(400, "Malformed request body");
    expect(await server.demo.send("POST", path, { body: "{", headers: json })).toMatchObject(malformed);
    const empty = faulted(400, "None is not of type 'object'");
    expect(await server.demo.send("POST", path, { headers: json })).toMatchObject(empty);
    const type = { "content-type": "text/html" };
    const media = faulted(415, "Unsupported Content-Type");
    expect(await server.demo.send("POST", path, { body: "{}", headers: type })).toMatchObject(media);
    expect(await server.demo.send("GET", path, { headers: type })).toMatchObject(media);
  });

  it("overlooks more in the older generation", async () => {
    const { id } = await server.v2.demo.createImage();
    const older = `/v2/images/${id}/metadata`;
    const shown = (metadata: object) => ({ status: 200, body: { metadata } });
    expect(await server.demo.post(older, { metadata: { a: "b" }, x: 1 })).toMatchObject(shown({ a: "b" }));
    expect(await server.demo.post(older, { metadata: { "a/b": 1 } })).toMatchObject(shown({ a: "b", "a/b": "1" }));
    expect(await server.demo.put(older, { metadata: { "a/b": "1", c: "2" } })).toMatchObject(
      invalid("metadata", "{'a/b': '1', 'c': '2'}", "Additional properties are not allowed ('a/b' was unexpected)"),
    );
    expect(await server.demo.post(older, { metadata: { a: 3 } })).toMatchObject(
      invalid("a", "3", "3 is not of type 'string'"),
    );
  });

  it.each(["os_glance_x", "deleted", "file", "schema", "direct_url", "created_at"])(
    "answers 403 for the name %s, which Glance keeps",
    async (name) =>
      expect(await server.demo.post(path, { metadata: { [name]: "x" } })).toMatchObject(notAuthorized(id)),
  );

  it.each(["status", "size", "tags", "protected", "self", "locations"])("answers 500 for the name %s", async (name) => {
    expect(await server.demo.post(path, { metadata: { [name]: "x" } })).toMatchObject(unexpected("TypeError"));
  });

  it("answers 500 for a value that Glance refuses", async () => {
    expect(await server.demo.post(path, { metadata: { a: "😀" } })).toMatchObject(
      unexpected("nova.exception.ImageBadRequest"),
    );
  });

  it("answers 403 above 128 properties", async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
    const { id } = await server.v2.demo.createImage(many(127));
    const full = `/v2.1/images/${id}/metadata`;
    const exceeded = faulted(403, "Image metadata limit exceeded");
    expect(await server.demo.put(`${full}/last`, { meta: { last: "1" } })).toMatchObject({ status: 200 });
    expect(await server.demo.put(`${full}/more`, { meta: { more: "1" } })).toMatchObject(exceeded);
    expect(await server.demo.post(full, { metadata: { more: "1" } })).toMatchObject(exceeded);
    expect(await server.demo.put(full, { metadata: many(129) })).toMatchObject(exceeded);
  });

  it("answers 403 to those who may not change the image, unless nothing changes", async () => {
    expect(await server.reader.post(path, { metadata: { a: "b" } })).toMatchObject(notAuthorized(id));
    expect(await server.reader.delete(`${path}/kept`)).toMatchObject(notAuthorized(id));
    expect(await server.reader.post(path, { metadata: { kept: "1" } })).toMatchObject({ status: 200 });
    const open = await server.v2.admin.createImage({ visibility: "public", own: "1" });
    expect(await server.demo.put(`/v2.1/images/${open.id}/metadata`, { metadata: {} })).toMatchObject(
      notAuthorized(open.id),
    );
  });

  it("answers 404 for an image that there is not, or not for the caller", async () => {
    const foreign = await server.v2.alt.createImage({ visibility: "private" });
    for (const other of ["11111111-1111-4111-8111-111111111111", foreign.id]) {
      const all = `/v2.1/images/${other}/metadata`;
      expect(await server.demo.get(all)).toMatchObject(imageNotFound);
      expect(await server.demo.post(all, { metadata: {} })).toMatchObject(imageNotFound);
      expect(await server.demo.put(`${all}/a`, { meta: { a: "b" } })).toMatchObject(imageNotFound);
      expect(await server.demo.delete(`${all}/a`)).toMatchObject(imageNotFound);
    }
  });

  it("ends a name in the path at a slash, however it is written", async () => {
    const plain = { json: { meta: { "a/b": "1" } }, headers: { accept: "text/plain" } };
    expect(await server.demo.send("PUT", `${path}/a%2Fb`, plain)).toMatchObject(noSuchPath);
  });
});
