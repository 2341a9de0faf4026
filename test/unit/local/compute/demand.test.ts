import { demandHeader } from "../../../../provider/local/compute";
import { ComputeServer } from "./server";

describe("faults on demand", () => {
  const path = "/v2.1/images";
  let server: ComputeServer;

  beforeAll(async () => {
    server = await ComputeServer.start();
  });
  afterAll(() => server.close());

  const asking = (demand: string, headers: Record<string, string> = {}) =>
    server.get(path, { [demandHeader]: demand, ...headers });

  it.each([
    ["overLimit", 413],
    ["serviceUnavailable", 503],
    ["badMethod", 405],
    ["badRequest", 400],
    ["unauthorized", 401],
    ["forbidden", 403],
    ["itemNotFound", 404],
    ["conflictingRequest", 409],
    ["badMediaType", 415],
    ["notImplemented", 501],
    ["computeFault", 500],
  ])("%s comes with %i, and only to the request that asks", async (name, status) => {
    const answer = await asking(`${name}; message=because`);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ [name]: { code: status, message: "because" } });
    expect((await server.get(path)).status).toBe(200);
  });

  it("tells how long to wait, in the header and where the limit is exceeded in the body", async () => {
    const answer = await asking("overLimit; status=429; retry-after=7");
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(JSON.parse(answer.body).overLimit).toMatchObject({ code: 429, retryAfter: "7" });
    const other = await asking("serviceUnavailable;retry-after=3");
    expect(other.headers.get("retry-after")).toBe("3");
    expect(JSON.parse(other.body).serviceUnavailable).not.toHaveProperty("retryAfter");
  });

  it("speaks XML to those who accept it", async () => {
    const demand = "overLimit; retry-after=7; message=slow; details=Only 1 GET";
    const answer = await asking(demand, { accept: "application/xml" });
    const content = "<message>slow</message><details>Only 1 GET</details>";
    const namespace = 'xmlns="http://docs.openstack.org/compute/api/v1.1"';
    expect(answer.body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><overLimit ${namespace} code="413" retryAfter="7">${content}</overLimit>`,
    );
  });

  it("can make a success 203, and leaves failures alone", async () => {
    expect(await asking("nonAuthoritative")).toMatchObject({ status: 203, body: '{"images":[]}' });
    const missing = await server.get(`${path}/absent`, { [demandHeader]: "nonAuthoritative" });
    expect(missing.status).toBe(404);
  });

  it("lasts for a number of answers to the project, with the header or without", async () => {
    const statuses: number[] = [];
    const demand = { [demandHeader]: "serviceUnavailable; times=3" };
    for (const headers of [demand, {}, demand, {}, demand]) statuses.push((await server.get(path, headers)).status);
    expect(statuses).toEqual([503, 503, 503, 200, 200]);
  });

  it("leaves other projects alone", async () => {
    expect((await asking("serviceUnavailable; times=2; id=one")).status).toBe(503);
    expect((await server.get(path, { "x-auth-token": "alt" })).status).toBe(200);
    expect((await server.get(path)).status).toBe(503);
    expect((await server.get(path)).status).toBe(200);
  });

  it("comes again where another parameter makes it another demand", async () => {
    expect((await asking("badMethod; times=1; id=first")).status).toBe(405);
    expect((await asking("badMethod; times=1; id=first")).status).toBe(200);
    expect((await asking("badMethod; times=1; id=second")).status).toBe(405);
  });

  it.each([
    ["bogus", "x-glance-local-fault names no fault: 'bogus'."],
    ["overLimit; times=x", "x-glance-local-fault cannot have 'x' as times."],
    ["overLimit; status=99", "x-glance-local-fault cannot have '99' as status."],
  ])("refuses %s", async (demand, reason) => {
    const { status, body } = await asking(demand);
    expect(status).toBe(400);
    expect(JSON.parse(body).badRequest.message).toContain(reason);
  });
});
