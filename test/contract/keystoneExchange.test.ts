import { keystoneError, requestToken, subjectToken, tokenIdentity, tokenOf, unauthorized, validate } from "./keystone";
import { passwordIdentity, projectScope } from "./session";
import { contract } from "./suite";

contract("keystone: exchanging and reading tokens", (server) => {
  const { alt, demo } = server.cloud;
  const unscoped = async () => subjectToken(await requestToken(server, { identity: passwordIdentity(demo) }));

  it("exchanges a token for another one that expires at the same moment", async () => {
    const first = await requestToken(server, { identity: passwordIdentity(demo), scope: projectScope(demo) });
    const identity = tokenIdentity(subjectToken(first));
    const second = await requestToken(server, { identity, scope: projectScope(demo) });
    expect(second.status).toBe(201);
    expect(subjectToken(second)).not.toBe(subjectToken(first));
    expect(tokenOf(second)).toMatchObject({ expires_at: tokenOf(first).expires_at, project: { name: "demo" } });
    expect([...tokenOf(second).methods].sort()).toEqual(["password", "token"]);
  });

  it("scopes an unscoped token to a project", async () => {
    const answer = await requestToken(server, { identity: tokenIdentity(await unscoped()), scope: projectScope(demo) });
    expect(answer).toMatchObject({ status: 201, body: { token: { project: { name: "demo" } } } });
  });

  it("answers 401 when the bearer has no role in the wanted project", async () => {
    const { token } = await server.demo.logIn();
    const answer = await requestToken(server, { identity: tokenIdentity(token), scope: projectScope(alt) });
    expect(answer).toMatchObject(unauthorized);
  });

  it("answers 404, not 401, when the token to exchange is none", async () => {
    const answer = await requestToken(server, { identity: tokenIdentity("nonsense"), scope: projectScope(demo) });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 404, title: "Not Found" } } });
  });

  it("describes a token to its own bearer, catalog and expiry included", async () => {
    const issued = await requestToken(server, { identity: passwordIdentity(demo), scope: projectScope(demo) });
    const read = await validate(server, subjectToken(issued));
    expect(read.status).toBe(200);
    expect(read.headers["x-subject-token"]).toBe(subjectToken(issued));
    const { token } = read.body as { token: { roles: unknown[] } };
    expect({ ...token, roles: token.roles.length }).toEqual({ ...tokenOf(issued), roles: 2 });
  });

  it("describes an unscoped token, too", async () => {
    const read = await validate(server, await unscoped());
    expect(read).toMatchObject({ status: 200, body: { token: { user: { name: "demo" } } } });
    expect(tokenOf(read)).not.toHaveProperty("project");
  });

  it("describes anybody's token to an administrator", async () => {
    const [{ token }, administrator] = await Promise.all([server.demo.logIn(), server.admin.logIn()]);
    const read = await validate(server, token, administrator.token);
    expect(read).toMatchObject({ status: 200, body: { token: { user: { name: "demo" } } } });
  });

  it("answers 403 for the token of another user", async () => {
    const [{ token }, other] = await Promise.all([server.demo.logIn(), server.alt.logIn()]);
    const reason = "You are not authorized to perform the requested action: identity:validate_token.";
    expect(await validate(server, token, other.token)).toMatchObject(keystoneError(403, reason));
  });

  it("answers 404 for a token to describe that is none", async () => {
    const { token } = await server.demo.logIn();
    expect(await validate(server, "nonsense", token)).toMatchObject({ status: 404, body: { error: { code: 404 } } });
  });

  it("answers 401 when the bearer's token is none", async () => {
    const { token } = await server.demo.logIn();
    expect(await validate(server, token, "nonsense")).toMatchObject(unauthorized);
  });

  it("answers 401 without a token", async () => {
    const { token } = await server.demo.logIn();
    const answer = await server.keystone("GET", "/auth/tokens", { headers: { "x-subject-token": token } });
    expect(answer).toMatchObject(unauthorized);
    expect(answer.headers["www-authenticate"]).toBe(`Keystone uri="${server.cloud.authUrl}"`);
  });
});
