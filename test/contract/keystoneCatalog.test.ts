import { send } from "./client";
import { keystoneError, requestToken, subjectToken, tokenOf, unauthorized, validate } from "./keystone";
import { passwordIdentity, projectScope } from "./session";
import { contract } from "./suite";

contract("keystone: service catalog and versions", (server) => {
  const { authUrl, demo, imageUrl, region } = server.cloud;
  const identity = passwordIdentity(demo);
  const root = (path: string) => send("GET", authUrl.replace(/\/v3$/, path));
  const version = {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href: `${authUrl}/` }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
  };

  it("lists the image service with one endpoint per interface in its region", async () => {
    const { catalog } = tokenOf(await requestToken(server, { identity, scope: projectScope(demo) }));
    const image = catalog?.find(({ type }) => type === "image");
    expect(image).toMatchObject({ id: expect.any(String), name: "glance", type: "image" });
    const endpoint = { id: expect.any(String), region, region_id: region, url: imageUrl };
    const endpoints = image?.endpoints.filter((one) => one.region === region) ?? [];
    expect(endpoints.sort((a, b) => String(a.interface).localeCompare(String(b.interface)))).toEqual(
      ["admin", "internal", "public"].map((name) => ({ ...endpoint, interface: name })),
    );
  });

  it("lists itself under its own address", async () => {
    const { catalog } = tokenOf(await requestToken(server, { identity, scope: projectScope(demo) }));
    const identityService = catalog?.find(({ type }) => type === "identity");
    expect(identityService?.endpoints.map(({ url }) => url)).toEqual([authUrl, authUrl, authUrl]);
  });

  it("leaves the catalog out of an answer to ?nocatalog", async () => {
    const issued = await requestToken(server, { identity, scope: projectScope(demo) }, "nocatalog");
    const read = await validate(server, subjectToken(issued), subjectToken(issued), "nocatalog");
    expect([issued.status, read.status]).toEqual([201, 200]);
    for (const answer of [issued, read]) {
      expect(tokenOf(answer)).toHaveProperty("project");
      expect(tokenOf(answer)).not.toHaveProperty("catalog");
    }
  });

  it("shows the catalog alone to the bearer of a scoped token", async () => {
    const issued = await requestToken(server, { identity, scope: projectScope(demo) });
    const answer = await server.keystone("GET", "/auth/catalog", { headers: { "x-auth-token": subjectToken(issued) } });
    expect(answer).toMatchObject({ status: 200, body: { catalog: tokenOf(issued).catalog } });
  });

  it("answers 403 for the catalog of an unscoped token", async () => {
    const token = subjectToken(await requestToken(server, { identity }));
    const answer = await server.keystone("GET", "/auth/catalog", { headers: { "x-auth-token": token } });
    expect(answer).toMatchObject(keystoneError(403, "You are not authorized to perform the requested action."));
  });

  it("answers 401 for the catalog without a token", async () => {
    expect(await server.keystone("GET", "/auth/catalog")).toMatchObject(unauthorized);
  });

  it.each(["", "/"])("shows its version at /v3%s without a token", async (slash) => {
    expect(await server.keystone("GET", slash)).toMatchObject({ status: 200, body: { version } });
  });

  it("answers 300 with the list of versions at its root", async () => {
    expect(await root("/")).toMatchObject({ status: 300, body: { versions: { values: [version] } } });
  });

  it.each(["/v2.0/", "/v2.0/tokens", "/auth/tokens"])("answers 404 at %s: only version 3 is served", async (path) => {
    expect((await root(path)).status).toBe(404);
  });

  it("answers 404 for a path that it does not know", async () => {
    expect((await server.keystone("GET", "/nope")).status).toBe(404);
  });
});
