import { blankImage } from "../../../../provider/glance/image";
import { GlanceError } from "../../../../provider/http/errors";
import { collect } from "../v2/cloud";
import { base, id, noImage, noResource, useCloud, wireImage, xmlAnswer } from "./cloud";

const cloud = useCloud();
const compute = 'xmlns="http://docs.openstack.org/compute/api/v1.1"';

const failureOf = async (work: Promise<unknown>): Promise<GlanceError> => {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(GlanceError);
  return error as GlanceError;
};

test("an image is shown", async () => {
  const { json, server } = await cloud(() => ({ body: { image: wireImage } }));
  expect(await json.get(id)).toMatchObject({ id, name: "nr-snap", size: 5 });
  expect(server.calls).toEqual([`GET ${base}/images/${id}`]);
});

test("an image is shown in XML", async () => {
  const { xml } = await cloud(() =>
    xmlAnswer(`<image ${compute} id="${id}" status="ACTIVE"><metadata><meta key="a">b</meta></metadata></image>`, 203),
  );
  expect(await xml.get(id)).toMatchObject({ id, name: null, status: "active", properties: { a: "b" } });
});

test("an image is deleted", async () => {
  const { json, server } = await cloud(() => ({ status: 204 }));
  expect(await json.delete(id)).toBe(true);
  expect(server.calls).toEqual([`DELETE ${base}/images/${id}`]);
});

test.each([
  ["JSON", noImage],
  ["XML", xmlAnswer(`<itemNotFound ${compute} code="404"><message>Image not found.</message></itemNotFound>`, 404)],
])("an image is gone when Nova says so in %s", async (_format, answer) => {
  const { json } = await cloud(() => answer);
  expect(await json.get(id)).toBeUndefined();
  expect(await json.delete(id)).toBe(false);
});

test.each([
  ["a path that leads nowhere", noResource],
  ["a proxy", { status: 404, body: "<html>404 Not Found</html>" }],
  ["Glance", { status: 404, body: { message: `No image found with ID ${id}`, code: "404 Not Found" } }],
])("a 404 of %s proves nothing", async (_name, answer) => {
  const { json } = await cloud(() => answer);
  for (const work of [json.get(id), json.delete(id)]) {
    const { code, message } = await failureOf(work);
    expect(code).toBe("BAD_RESPONSE");
    expect(message).toMatch(/no longer has the image proxy, use Glance/);
  }
});

test("a list that does not exist says what to use", async () => {
  const { json } = await cloud(() => noResource);
  const error = await failureOf(collect(json.list({})));
  expect(error.status).toBe(404);
  expect(error.message).toMatch(/The resource could not be found.*no longer has the image proxy, use Glance/);
});

test("an id is one step of the path", async () => {
  const { json, server } = await cloud(() => noImage);
  await json.get("a/b?c");
  expect(server.seen[0]?.path).toBe(`${base}/images/a%2Fb%3Fc`);
});

test("what the API cannot do says which can", async () => {
  const { json } = await cloud(() => noImage);
  for (const work of [json.create({ name: "a" }), json.deactivate(id), json.stage(id, { open: () => null as never })]) {
    const { code, message } = await failureOf(work);
    expect(code).toBe("UNSUPPORTED");
    expect(message).toMatch(/the Compute API cannot .*api: v2/);
  }
});

test("a page in the place of XML is a bad answer with its request", async () => {
  const { xml } = await cloud(() => xmlAnswer("<html><body>Welcome</body></html>"));
  const error = await failureOf(xml.get(id));
  expect(error.code).toBe("BAD_RESPONSE");
  expect(error.message).toMatch(/XML of another kind.*GET http.*images.*req-answer/s);
});

describe("faults", () => {
  const faults = [
    ["computeFault", 500],
    ["badRequest", 400],
    ["forbidden", 403],
    ["badMethod", 405],
    ["conflictingRequest", 409],
    ["serviceUnavailable", 503],
  ] as const;

  test.each(faults)("%s is told with the server's own reason, in JSON and in XML", async (name, status) => {
    const message = "No <class 'x'> & co";
    const { json, xml } = await cloud(({ headers }) =>
      headers.accept === "application/xml"
        ? xmlAnswer(
            `<?xml version="1.0"?>\n<n:${name} code="${status}" xmlns:n="http://docs.openstack.org/compute/api/v1.1"><n:message>No &lt;class 'x'&gt; &amp; co</n:message></n:${name}>`,
            status,
          )
        : { status, body: { [name]: { code: status, message } } },
    );
    for (const api of [json, xml]) {
      const error = await failureOf(api.delete(id));
      expect(error.code).toBe("HTTP_STATUS");
      expect(error.facts).toMatchObject({ status, reason: message, requestId: "req-answer" });
      expect(error.message).toContain(`Image ${id}: delete failed: ${message}`);
    }
  });

  test("unauthorized ends with the token", async () => {
    const fault = { unauthorized: { code: 401, message: "This server could not verify that you are authorized" } };
    const { json } = await cloud(() => ({ status: 401, body: fault }));
    expect((await failureOf(json.get(id))).code).toBe("AUTH");
  });

  const overLimit = { code: 413, message: "This request was rate-limited.", details: "Only 1 GET a minute." };
  const limitXml = (attribute: string, element: string) =>
    xmlAnswer(`<overLimit ${compute} code="413"${attribute}><message>Slow</message>${element}</overLimit>`, 413);

  test.each([
    ["JSON", { status: 413, body: { overLimit: { ...overLimit, retryAfter: "3600" } } }],
    ["JSON, as a number", { status: 429, body: { overLimit: { ...overLimit, retryAfter: 3600 } } }],
    ["XML", limitXml(' retryAfter="3600"', "")],
    ["XML, as an element", limitXml("", "<retryAfter>3600</retryAfter>")],
    ["a header", { ...limitXml("", ""), headers: { "retry-after": "3600" } }],
  ])("what the server asks to wait is known from %s, and too long a wait ends the call", async (_form, limited) => {
    const { json, server } = await cloud(() => limited);
    const error = await failureOf(json.get(id));
    expect(error.facts).toMatchObject({ retryAfter: 3600, notSent: true });
    expect(server.calls).toHaveLength(1);
  });

  test("a request beyond a rate limit is sent again", async () => {
    const { json, server } = await cloud(({ method }) => {
      if (server.calls.length === 1) return limitXml(' retryAfter="1"', "");
      return method === "POST" ? { body: { metadata: {} } } : { body: { image: wireImage } };
    });
    const current = { ...blankImage(id), properties: {} };
    expect(await json.update(current, { properties: { a: "1" } })).toMatchObject({ id });
    expect(server.calls.map((call) => call.split(" ", 1)[0])).toEqual(["POST", "POST", "GET"]);
  });

  test("an exceeded quota is no rate limit, and its details are told", async () => {
    const { json, server } = await cloud(() => ({ status: 413, body: { overLimit: { ...overLimit, retryAfter: 0 } } }));
    const error = await failureOf(json.get(id));
    expect(error.facts.reason).toBe("This request was rate-limited. Only 1 GET a minute.");
    expect(server.calls).toHaveLength(1);
  });
});
