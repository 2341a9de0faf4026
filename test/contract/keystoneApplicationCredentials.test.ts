import { must } from "./client";
import { keystoneError, malformed, requestToken, subjectToken, tokenIdentity, unauthorized } from "./keystone";
import { projectScope } from "./session";
import { contract, unique } from "./suite";

interface Credential {
  id: string;
  name: string;
  secret: string;
}

contract("keystone: application credentials", (server) => {
  const { demo } = server.cloud;
  let credential: Credential;
  let path: string;

  const asOwner = async (method: string, target: string, json?: unknown) => {
    const { token } = await server.demo.logIn();
    return server.keystone(method, target, { headers: { "x-auth-token": token }, json });
  };
  const identity = (fields: Record<string, unknown>) => ({
    methods: ["application_credential"],
    application_credential: fields,
  });

  beforeAll(async () => {
    const { userId } = await server.demo.logIn();
    const collection = `/users/${userId}/application_credentials`;
    const answer = must(await asOwner("POST", collection, { application_credential: { name: unique() } }), 201);
    credential = (answer.body as { application_credential: Credential }).application_credential;
    path = `${collection}/${credential.id}`;
  });

  afterAll(() => asOwner("DELETE", path));

  it("issues a token for id and secret, bound to the project that it was made in", async () => {
    const { id, secret } = credential;
    const answer = await requestToken(server, { identity: identity({ id, secret }) });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        token: {
          methods: ["application_credential"],
          user: { name: "demo" },
          project: { name: "demo" },
          catalog: expect.any(Array),
        },
      },
    });
  });

  it("issues tokens that the image service takes", async () => {
    const { id, secret } = credential;
    const token = subjectToken(await requestToken(server, { identity: identity({ id, secret }) }));
    const headers = { "x-auth-token": token };
    expect((await server.anonymous("GET", "/v2/images", { headers, query: { limit: "1" } })).status).toBe(200);
  });

  it("takes the name together with the user", async () => {
    const { name, secret } = credential;
    const user = { name: demo.username, domain: { id: "default" } };
    expect((await requestToken(server, { identity: identity({ name, secret, user }) })).status).toBe(201);
  });

  it("takes the name together with the user's id", async () => {
    const { name, secret } = credential;
    const { userId } = await server.demo.logIn();
    expect((await requestToken(server, { identity: identity({ name, secret, user: { id: userId } }) })).status).toBe(
      201,
    );
  });

  it("answers 400 for a name without a user", async () => {
    const { name, secret } = credential;
    const answer = await requestToken(server, { identity: identity({ name, secret }) });
    expect(answer).toMatchObject(malformed("user in application credential"));
  });

  it.each([["a project", projectScope(demo)] as const, ["unscoped", "unscoped"] as const])(
    "answers 401 when a scope is asked for: %s",
    async (_, scope) => {
      const { id, secret } = credential;
      const reason =
        "Error authenticating with application credential: Application credentials cannot request a scope.";
      const answer = await requestToken(server, { identity: identity({ id, secret }), scope });
      expect(answer).toMatchObject(keystoneError(401, reason));
    },
  );

  it("answers 401 for a wrong secret", async () => {
    const answer = await requestToken(server, { identity: identity({ id: credential.id, secret: "wrong" }) });
    expect(answer).toMatchObject(unauthorized);
  });

  it("answers 404, not 401, for an id that it does not know", async () => {
    const answer = await requestToken(server, { identity: identity({ id: "nope", secret: "x" }) });
    expect(answer).toMatchObject(keystoneError(404, "Could not find Application Credential: nope."));
  });

  it("answers 403 when such a token is to be exchanged", async () => {
    const { id, secret } = credential;
    const token = subjectToken(await requestToken(server, { identity: identity({ id, secret }) }));
    const answer = await requestToken(server, { identity: tokenIdentity(token), scope: projectScope(demo) });
    expect(answer).toMatchObject({
      status: 403,
      body: {
        error: { message: expect.stringContaining("Using a delegated token to create another token is not allowed.") },
      },
    });
  });
});
