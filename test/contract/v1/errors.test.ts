import { contractOf } from "../suite";
import { unknownId } from "./images";

const unauthorized =
  "This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.";
const notFound = "The resource could not be found.";
const detail = `Image with identifier ${unknownId} not found`;
const badLimit =
  "400 Bad Request\n\nThe server could not comply with the request since it is either malformed or otherwise incorrect.\n\n limit param must be an integer  ";

const page = (title: string, message: string) =>
  `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${message}\n\n\n </body>\n</html>`;

contractOf("v1", "errors", ({ demo, anonymous }) => {
  const unknown = (accept?: string) => demo.send("GET", `/v1/images/${unknownId}`, { headers: { accept } });
  const bad = (accept?: string) => demo.send("GET", "/v1/images", { headers: { accept }, query: "limit=abc" });

  it.each(["application/json"])("are JSON for %s", async (accept) => {
    expect(await unknown(accept)).toMatchObject({
      headers: { "content-type": "application/json" },
      body: { message: `${notFound}<br /><br />\n${detail}\n\n`, code: "404 Not Found", title: "Not Found" },
    });
    expect((await bad(accept)).body).toEqual({
      message: `${badLimit}<br /><br />\n\n\n`,
      code: "400 Bad Request",
      title: "Bad Request",
    });
  });

  it.each(["*/*", "text/html"])("are HTML for %s", async (accept) => {
    const answer = await unknown(accept);
    expect(answer.headers).toMatchObject({ "content-type": "text/html; charset=UTF-8" });
    expect(answer.body).toBe(page("404 Not Found", `${notFound}<br /><br />\n${detail}`));
    expect((await bad(accept)).body).toBe(page("400 Bad Request", `${badLimit}<br /><br />\n`));
  });

  it.each([undefined, "text/plain"])("are plain text for %s", async (accept) => {
    const answer = await unknown(accept);
    expect(answer.headers).toMatchObject({ "content-type": "text/plain; charset=UTF-8" });
    expect(answer.body).toBe(`404 Not Found\n\n${notFound}\n\n ${detail}  `);
    expect((await bad(accept)).body).toBe(`400 Bad Request\n\n${badLimit.replaceAll("\n", " ")}\n\n   `);
  });

  it.each([undefined, "no-token"])("ask for a token instead of %s", async (token) => {
    const answer = await anonymous("GET", "/v1/images", { headers: { "x-auth-token": token } });
    expect(answer).toMatchObject({
      status: 401,
      headers: { "www-authenticate": expect.stringMatching(/^Keystone uri='http.*\/v3'$/) },
      body: `401 Unauthorized\n\n${unauthorized}\n\n   `,
    });
  });

  it("have no body for HEAD", async () => {
    const answer = await anonymous("HEAD", `/v1/images/${unknownId}`);
    expect(answer.status).toBe(401);
    expect(answer.bytes).toHaveLength(0);
  });

  it.each([
    ["PUT", "/v1/images", "GET, POST"],
    ["DELETE", "/v1/images", "GET, POST"],
    ["POST", "/v1/images/detail", "GET, HEAD"],
    ["POST", `/v1/images/${unknownId}`, "GET, HEAD, PUT, DELETE"],
    ["PATCH", `/v1/images/${unknownId}`, "GET, HEAD, PUT, DELETE"],
    ["POST", `/v1/images/${unknownId}/members`, "GET, PUT"],
    ["POST", `/v1/images/${unknownId}/members/m`, "GET, PUT, DELETE"],
  ])("name the methods of a path: %s %s", async (method, path, allow) => {
    expect(await demo.send(method, path)).toMatchObject({
      status: 405,
      headers: { allow },
      body: {
        message: `The method ${method} is not allowed for this resource. <br /><br />\n`,
        code: "405 Method Not Allowed",
        title: "Method Not Allowed",
      },
    });
  });

  it("are none for OPTIONS, not even without a token", async () => {
    const { status, bytes } = await anonymous("OPTIONS", "/v1/images");
    expect({ status, length: bytes.length }).toEqual({ status: 200, length: 0 });
  });
});
