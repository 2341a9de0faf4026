import { contractOf } from "../suite";
import { faulted, resourceNotFound } from "./faults";

const common = "openstack-api-version";
const legacy = "x-openstack-nova-api-version";

contractOf("compute", "microversions", (server) => {
  const get = (headers: Record<string, string>, path = "/v2.1/images?name=absent") =>
    server.demo.send("GET", path, { headers });

  it.each([
    [{}, "2.1"],
    [{ [legacy]: "2.1" }, "2.1"],
    [{ [legacy]: "2.35" }, "2.35"],
    [{ [common]: "compute 2.35" }, "2.35"],
    [{ [common]: "image 2.36" }, "2.1"],
    [{ [common]: "compute 2.36, compute 2.1" }, "2.1"],
    [{ [common]: "compute 2.2", [legacy]: "2.36" }, "2.2"],
  ])("%j gets %s", async (headers, version) => {
    expect(await get(headers)).toMatchObject({
      status: 200,
      headers: { [common]: `compute ${version}`, [legacy]: version, vary: expect.stringContaining(legacyName) },
    });
  });

  const legacyName = "X-OpenStack-Nova-API-Version";

  it.each([
    [{ [legacy]: "2.36" }, "2.36"],
    [{ [legacy]: "latest" }, "2.104"],
    [{ [common]: "compute latest" }, "2.104"],
    [{ [common]: "compute 2.36", [legacy]: "2.35" }, "2.36"],
    [{ [common]: "image 2.1", [legacy]: "2.36" }, "2.36"],
  ])("%j no longer has images", async (headers, version) => {
    for (const path of ["/v2.1/images", "/v2.1/images/detail?limit=x", "/v2.1/images/abc"]) {
      const answer = await get(headers, path);
      expect(answer).toMatchObject(resourceNotFound);
      expect(answer.headers).toMatchObject({ [common]: `compute ${version}`, [legacy]: version });
    }
  });

  it("keeps metadata up to 2.38", async () => {
    const { id } = await server.v2.demo.createImage();
    const path = `/v2.1/images/${id}/metadata`;
    expect((await get({ [legacy]: "2.38" }, path)).status).toBe(200);
    expect(await get({ [legacy]: "2.39" }, path)).toMatchObject(resourceNotFound);
  });

  it.each(["2.999", "1.0", "3.0"])("answers 406 for %s", async (version) => {
    const range = "Minimum is 2.1 and maximum is 2.104.";
    expect(await get({ [legacy]: version })).toMatchObject(
      faulted(406, `Version ${version} is not supported by the API. ${range}`),
    );
  });

  it.each(["abc", "2", "2.01", ""])("answers 400 for %j and announces none", async (version) => {
    const answer = await get({ [legacy]: version });
    const rule = "Must be of format MajorNum.MinorNum.";
    expect(answer).toMatchObject(faulted(400, `API Version String ${version} is of invalid format. ${rule}`));
    expect(answer.headers[common]).toBeUndefined();
  });

  it("are unknown to the older generation", async () => {
    const answer = await get({ [legacy]: "2.36", [common]: "compute abc" }, "/v2/images?name=absent");
    expect(answer).toMatchObject({ status: 200, body: { images: [] } });
    expect(answer.headers).not.toHaveProperty(common);
    expect(answer.headers).not.toHaveProperty("vary");
  });
});
