import { contractOf } from "../suite";

contractOf("compute", "versions", (server) => {
  const url = (path: string) => `${server.cloud.apis.compute}${path}`;
  const older = { id: "v2.0", status: "DEPRECATED", version: "", min_version: "", updated: "2025-07-04T12:00:00Z" };
  const newer = {
    id: "v2.1",
    status: "CURRENT",
    version: "2.104",
    min_version: "2.1",
    updated: "2013-07-23T11:33:21Z",
  };
  const mediaTypes = (version: string) => [
    { base: "application/json", type: `application/vnd.openstack.compute+json;version=${version}` },
  ];

  it("lists both generations to anybody", async () => {
    const { status, body } = await server.anonymous("GET", "/");
    expect(status).toBe(200);
    expect(body).toEqual({
      versions: [
        { ...older, links: [{ rel: "self", href: url("/v2/") }] },
        { ...newer, links: [{ rel: "self", href: url("/v2.1/") }] },
      ],
    });
  });

  it.each([
    ["/v2.1", newer, "2.1"],
    ["/v2", older, "2"],
  ])("shows %s to anybody", async (path, facts, version) => {
    const links = [
      { rel: "self", href: url(`${path}/`) },
      { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
    ];
    for (const each of [path, `${path}/`]) {
      const { status, body } = await server.anonymous("GET", each);
      expect(status).toBe(200);
      expect(body).toEqual({ version: { ...facts, links, "media-types": mediaTypes(version) } });
    }
  });

  it("announces the microversion with the newer one", async () => {
    const headers = { "x-openstack-nova-api-version": "2.50" };
    const answer = await server.anonymous("GET", "/v2.1/", { headers });
    expect(answer.headers).toMatchObject({ "openstack-api-version": "compute 2.50", ...headers });
  });

  it.each(["/v3/images", "/nothing"])("offers both in place of %s", async (path) => {
    const { status, body } = await server.anonymous("GET", path);
    expect(status).toBe(300);
    const choice = ({ id, status }: typeof older, generation: string, version: string) => ({
      id,
      status,
      links: [{ rel: "self", href: url(generation + path) }],
      "media-types": mediaTypes(version),
    });
    expect(body).toEqual({ choices: [choice(older, "/v2", "2"), choice(newer, "/v2.1", "2.1")] });
  });
});
