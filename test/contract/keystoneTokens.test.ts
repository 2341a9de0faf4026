import { malformed, requestToken, subjectToken, tokenOf, unauthorized } from "./keystone";
import { passwordIdentity, projectScope } from "./session";
import { contract } from "./suite";

contract("keystone: tokens for a password", (server) => {
  const { demo } = server.cloud;
  const identity = passwordIdentity(demo);
  const withUser = (user: Record<string, unknown>) => ({ methods: ["password"], password: { user } });

  it("answers 201 with the token in a header and its description in the body", async () => {
    const answer = await requestToken(server, { identity, scope: projectScope(demo) });
    const domain = { id: "default", name: "Default" };
    const microseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
    expect(answer.status).toBe(201);
    expect(subjectToken(answer)).toMatch(/^\S{32,}$/);
    expect(answer.headers).toMatchObject({ "content-type": "application/json", vary: "X-Auth-Token" });
    expect(tokenOf(answer)).toEqual({
      methods: ["password"],
      user: { id: expect.any(String), name: "demo", domain, password_expires_at: null },
      audit_ids: [expect.any(String)],
      issued_at: expect.stringMatching(microseconds),
      expires_at: expect.stringMatching(microseconds),
      project: { id: expect.any(String), name: "demo", domain },
      is_domain: false,
      roles: expect.any(Array),
      catalog: expect.any(Array),
    });
  });

  it("names the roles in the project", async () => {
    const answer = await requestToken(server, { identity, scope: projectScope(demo) });
    expect(
      tokenOf(answer)
        .roles?.map(({ name }) => name)
        .sort(),
    ).toEqual(["member", "reader"]);
  });

  it("issues tokens that last an hour", async () => {
    const { issued_at, expires_at } = tokenOf(await requestToken(server, { identity }));
    // Both are whole seconds, taken one after the other.
    expect(Math.abs(Date.parse(expires_at) - Date.parse(issued_at) - 3_600_000)).toBeLessThanOrEqual(1000);
  });

  it("gives every answer a request id", async () => {
    const answers = [await requestToken(server, { identity }), await requestToken(server, {})];
    for (const { headers } of answers) expect(headers["x-openstack-request-id"]).toMatch(/^req-[0-9a-f-]{36}$/);
  });

  it("takes the user by id, without a domain", async () => {
    const { userId } = await server.demo.logIn();
    const answer = await requestToken(server, { identity: withUser({ id: userId, password: demo.password }) });
    expect(answer).toMatchObject({ status: 201, body: { token: { user: { id: userId, name: "demo" } } } });
  });

  it("takes the user's domain by name", async () => {
    const user = { name: demo.username, password: demo.password, domain: { name: "Default" } };
    expect((await requestToken(server, { identity: withUser(user) })).status).toBe(201);
  });

  it.each([
    ["a wrong password", { name: "demo", domain: { id: "default" }, password: "wrong" }],
    ["no password", { name: "demo", domain: { id: "default" } }],
    ["an unknown user", { name: "nobody", domain: { id: "default" }, password: "demo" }],
    ["an unknown user id", { id: "nobody", password: "demo" }],
    ["an unknown domain", { name: "demo", domain: { name: "nowhere" }, password: "demo" }],
  ])("answers the same 401 for %s", async (_, user) => {
    const answer = await requestToken(server, { identity: withUser(user) });
    expect(answer).toMatchObject(unauthorized);
    expect(answer.headers["www-authenticate"]).toBe(`Keystone uri="${server.cloud.authUrl}"`);
    expect(answer.headers["x-subject-token"]).toBeUndefined();
  });

  it("answers 400 for a user name without a domain", async () => {
    const answer = await requestToken(server, { identity: withUser({ name: "demo", password: "demo" }) });
    expect(answer).toMatchObject(malformed("domain in user"));
  });

  it.each([
    ["a method that it does not know", { methods: ["bogus"] }, "bogus in identity"],
    ["a method without its data", { methods: ["password"] }, "password in identity"],
  ])("answers 400 for %s", async (_, bad, what) => {
    expect(await requestToken(server, { identity: bad })).toMatchObject(malformed(what));
  });

  it("answers 401 for an empty list of methods", async () => {
    expect(await requestToken(server, { identity: { methods: [] } })).toMatchObject(unauthorized);
  });

  it.each([
    ["no auth", { json: {} }, "auth in request body"],
    ["no body", {}, "auth in request body"],
    ["a list", { json: [] }, "valid JSON in request body"],
    ["broken JSON", { body: "{", headers: { "content-type": "application/json" } }, "valid JSON in request body"],
    [
      "another media type",
      { body: "{}", headers: { "content-type": "text/plain" } },
      "application/json in Content-Type header",
    ],
  ])("answers 400 for a body with %s", async (_, message, what) => {
    expect(await server.keystone("POST", "/auth/tokens", message)).toMatchObject(malformed(what));
  });
});
