import { imageNotFound, refused, serverError } from "./refusals";
import { contract, unique } from "./suite";

contract("errors: bodies, methods and paths", (server) => {
  const missing = (accept: string | undefined) => server.demo.send("GET", "/v2/images/nope", { headers: { accept } });

  it.each([
    "application/json",
    "application/json, text/html;q=0.5",
    "application/octet-stream, application/json;q=0.5",
  ])("describes an error in JSON for Accept: %s", async (accept) => {
    const answer = await missing(accept);
    expect(answer).toMatchObject(imageNotFound("nope"));
    expect(answer.headers["content-type"]).toBe("application/json");
  });

  it.each(["*/*", "text/html", "text/html, application/json"])(
    "describes an error in HTML for Accept: %s",
    async (accept) => {
      const answer = await missing(accept);
      expect(answer.status).toBe(404);
      expect(answer.headers["content-type"]).toBe("text/html; charset=UTF-8");
      expect(answer.body).toContain("<h1>404 Not Found</h1>\n  No image found with ID nope<br /><br />");
    },
  );

  it.each(["text/plain", "application/octet-stream", undefined])(
    "describes an error in plain text for Accept: %s",
    async (accept) => {
      const answer = await missing(accept);
      expect(answer.status).toBe(404);
      expect(answer.headers["content-type"]).toBe("text/plain; charset=UTF-8");
      expect(answer.body).toBe("404 Not Found\n\nNo image found with ID nope\n\n   ");
    },
  );

  it.each([undefined, "nonsense"])("answers 401 and names Keystone for the token %s", async (token) => {
    const headers = { accept: "application/json", "x-auth-token": token };
    const answer = await server.anonymous("GET", "/v2/images", { headers });
    const reason =
      "This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.";
    expect(answer).toMatchObject(refused(401, reason));
    expect(answer.headers["www-authenticate"]).toBe(`Keystone uri="${server.cloud.authUrl}"`);
    expect(answer.headers["x-openstack-request-id"]).toBeUndefined();
  });

  it.each(["/v2", "/v2/schemas/image", "/v2/info/import", "/v2/nope"])(
    "asks for a token before it looks at the path: %s",
    async (path) => expect((await server.anonymous("GET", path)).status).toBe(401),
  );

  it.each([
    ["DELETE", "/v2/images", "GET, POST"],
    ["PUT", "/v2/images", "GET, POST"],
    ["HEAD", "/v2/images", "GET, POST"],
    ["POST", "/v2/images/nope", "GET, PATCH, DELETE"],
    ["HEAD", "/v2/images/nope", "GET, PATCH, DELETE"],
    ["POST", "/v2/images/nope/file", "GET, PUT"],
  ])("answers 405 with what is allowed for %s %s", async (method, path, allow) => {
    const answer = await server.demo.send(method, path);
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow });
  });

  it.each(["/v2/images/", "/v2/images/nope/", "/v2/nope", "/v2/images/nope/tags"])(
    "answers 404 for the path %s",
    async (path) => expect(await server.demo.get(path)).toMatchObject(refused(404, "The resource could not be found.")),
  );

  it.each(["GET", "DELETE"])("answers 400 for a %s of an image with a body", async (method) => {
    const { id } = await server.demo.createImage();
    const answer = await server.demo.send(method, `/v2/images/${id}`, { json: {} });
    expect(answer).toMatchObject(refused(400, "A body is not expected with this request."));
  });

  it("takes a list with a body", async () => {
    const answer = await server.demo.send("GET", "/v2/images", { query: { limit: "0" }, json: {} });
    expect(answer.status).toBe(200);
  });
});

contract("errors: request ids", (server) => {
  const list = (id: string) =>
    server.demo.send("GET", "/v2/images", { query: { limit: "0" }, headers: { "x-openstack-request-id": id } });

  it("gives every request one of its own", async () => {
    const answers = await Promise.all([server.demo.show("nope"), server.demo.show("nope")]);
    const ids = answers.map(({ headers }) => headers["x-openstack-request-id"]);
    for (const id of ids) expect(id).toMatch(/^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(2);
  });

  it("adopts the caller's", async () => {
    const id = unique("req");
    expect((await list(id)).headers["x-openstack-request-id"]).toBe(id);
  });

  it("puts req- before one that does not begin with it", async () => {
    expect((await list("mine")).headers["x-openstack-request-id"]).toBe("req-mine");
  });

  it("takes one of 64 characters", async () => {
    const id = `req-${"x".repeat(60)}`;
    const answer = await list(id);
    expect({ status: answer.status, id: answer.headers["x-openstack-request-id"] }).toEqual({ status: 200, id });
  });

  it("answers a bare 500 for one of 65 characters", async () => {
    expect(await list("x".repeat(65))).toMatchObject(serverError);
  });
});
