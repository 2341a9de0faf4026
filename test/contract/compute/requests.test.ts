import { contractOf } from "../suite";
import { noSuchPath } from "./faults";

contractOf("compute", "requests", (server) => {
  const plain = { headers: { accept: "text/plain" } };

  it.each(["/v2.1/images", "/v2/images/detail", "/v2.1/nothing"])("asks for a token at %s", async (path) => {
    for (const headers of [{}, { "x-auth-token": "deadbeef" }]) {
      const answer = await server.anonymous("GET", path, { headers });
      expect(answer).toMatchObject({ status: 401, headers: { "content-type": "application/json" } });
      expect(answer.headers["www-authenticate"]).toBe(`Keystone uri="${server.cloud.authUrl}"`);
      const message = "The request you have made requires authentication.";
      expect(answer.body).toEqual({ error: { code: 401, title: "Unauthorized", message } });
    }
  });

  it("gives every answer an id of its own under two names", async () => {
    const id = /^req-[0-9a-f-]{36}$/;
    const answers = await Promise.all([
      server.demo.get("/v2.1/images?limit=1"),
      server.demo.get("/v2/images/absent"),
      server.demo.send("GET", "/v2.1/images?limit=1", { headers: { "x-openstack-request-id": "req-mine" } }),
      server.anonymous("GET", "/v2.1/images"),
    ]);
    const ids = answers.map(({ headers }) => headers["x-openstack-request-id"]);
    expect(answers.map(({ headers }) => headers["x-compute-request-id"])).toEqual(ids);
    for (const each of ids) expect(each).toMatch(id);
    expect(new Set(ids).size).toBe(answers.length);
  });

  it.each([
    ["GET", "/v2.1/images/"],
    ["GET", "/v2.1/images/detail/"],
    ["GET", "/v2.1/images.json"],
    ["GET", "/v2.1/demo/images"],
    ["GET", "/v2.1/nothing/here"],
    ["POST", "/v2.1/images"],
    ["PUT", "/v2.1/images"],
    ["PATCH", "/v2.1/images/abc"],
    ["PUT", "/v2.1/images/abc"],
    ["DELETE", "/v2.1/images/abc/metadata"],
    ["POST", "/v2.1/images/abc/metadata/key"],
  ])("answers 404 in text for %s %s", async (method, path) => {
    expect(await server.demo.send(method, path, plain)).toMatchObject({
      ...noSuchPath,
      headers: { "content-type": "text/plain; charset=UTF-8" },
    });
  });

  it("answers such a 404 in the form that is asked for", async () => {
    const json = await server.demo.get("/v2.1/nothing");
    const message = "The resource could not be found.<br /><br />\n\n\n";
    expect(json).toMatchObject({ status: 404, body: { message, code: "404 Not Found", title: "Not Found" } });
    const html = await server.demo.send("GET", "/v2.1/nothing", { headers: { accept: "*/*" } });
    expect(html).toMatchObject({ status: 404, headers: { "content-type": "text/html; charset=UTF-8" } });
    expect(html.body).toContain("<h1>404 Not Found</h1>");
  });

  it("does not know HEAD, and answers OPTIONS to anybody", async () => {
    expect(await server.demo.send("HEAD", "/v2.1/images")).toMatchObject({ status: 404, body: undefined });
    expect(await server.anonymous("OPTIONS", "/v2.1/images")).toMatchObject({ status: 200, body: undefined });
  });

  it("sends the JSON media type that is asked for", async () => {
    const type = "application/vnd.openstack.compute+json";
    const answer = await server.demo.send("GET", "/v2.1/images?name=absent", { headers: { accept: type } });
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": type } });
    expect(JSON.parse(answer.bytes.toString())).toEqual({ images: [] });
  });
});
