import { malformed, requestToken, tokenOf, unauthorized } from "./keystone";
import { passwordIdentity, projectScope } from "./session";
import { contract } from "./suite";

contract("keystone: scopes", (server) => {
  const { admin, alt, demo } = server.cloud;
  const scoped = (scope: unknown, credentials = demo) =>
    requestToken(server, { identity: passwordIdentity(credentials), scope });

  it("scopes to a project by id", async () => {
    const { projectId } = await server.demo.logIn();
    expect(await scoped({ project: { id: projectId } })).toMatchObject({
      status: 201,
      body: { token: { project: { id: projectId, name: "demo" } } },
    });
  });

  it("scopes to a project by name and domain name", async () => {
    const answer = await scoped({ project: { name: "demo", domain: { name: "Default" } } });
    expect(answer).toMatchObject({ status: 201, body: { token: { project: { name: "demo" } } } });
  });

  it.each([
    ["without a scope", undefined],
    ["with the scope unscoped", "unscoped"],
  ])("issues a token without project, roles and catalog %s", async (_, scope) => {
    const answer = await scoped(scope);
    expect(answer.status).toBe(201);
    expect(Object.keys(tokenOf(answer)).sort()).toEqual(["audit_ids", "expires_at", "issued_at", "methods", "user"]);
  });

  it("scopes an administrator to the system, without a project", async () => {
    const answer = await scoped({ system: { all: true } }, admin);
    expect(answer).toMatchObject({ status: 201, body: { token: { system: { all: true } } } });
    expect(tokenOf(answer)).not.toHaveProperty("project");
  });

  it.each([
    ["an unknown project name", { project: { name: "nope", domain: { id: "default" } } }],
    ["an unknown project id", { project: { id: "nope" } }],
    ["a project in which the user has no role", projectScope(alt)],
    ["a domain on which the user has no role", { domain: { id: "default" } }],
    ["a domain by name on which the user has no role", { domain: { name: "Default" } }],
    ["the system without a role on it", { system: { all: true } }],
  ])("answers 401 for %s", async (_, scope) => {
    expect(await scoped(scope)).toMatchObject(unauthorized);
  });

  it("answers 400 for a project name without a domain", async () => {
    expect(await scoped({ project: { name: "demo" } })).toMatchObject(malformed("domain in project"));
  });

  it.each([
    ["two scopes", { project: { id: "p" }, domain: { id: "default" } }],
    ["an empty scope", {}],
    ["a scope in an unknown word", "everything"],
  ])("answers 400 for %s", async (_, scope) => {
    const kinds = "system, project, domain, OS-TRUST:trust or unscoped in scope";
    expect(await scoped(scope)).toMatchObject(malformed(kinds));
  });
});
