import { localServer, passwordAuth, requestToken, send } from "../client";

describe("tokens whose lifetime is over", () => {
  const expired = localServer({ tokenLifetime: 0 });
  const headersOf = async () => {
    const { status, headers } = await requestToken(expired.current, passwordAuth("demo", "demo", "demo"));
    const token = headers.get("x-subject-token") ?? "";
    return { status, "X-Auth-Token": token, "X-Subject-Token": token, Accept: "application/json" };
  };

  it("are refused by the image service with 401", async () => {
    const { status, ...headers } = await headersOf();
    const answer = await send("GET", `${expired.current.imageUrl}/v2/images`, undefined, headers);
    expect([status, answer.status]).toEqual([201, 401]);
  });

  it("are refused by Keystone with 401", async () => {
    const { status, ...headers } = await headersOf();
    const answer = await send("GET", `${expired.current.authUrl}/auth/tokens`, undefined, headers);
    expect([status, answer.status]).toEqual([201, 401]);
  });
});

describe("the lifetime of tokens", () => {
  const server = localServer({ tokenLifetime: 90 });

  it("is what the server was started with, in seconds", async () => {
    const { body } = await requestToken(server.current, passwordAuth("demo", "demo", "demo"));
    expect(Date.parse(body.token.expires_at) - Date.parse(body.token.issued_at)).toBe(90_000);
  });
});

describe("system tokens", () => {
  const server = localServer();

  it("may not use the image service, where everything belongs to projects", async () => {
    const { identity } = passwordAuth("admin", "secret", "admin");
    const { status, headers } = await requestToken(server.current, { identity, scope: { system: { all: true } } });
    const sent = { "X-Auth-Token": headers.get("x-subject-token") ?? "", Accept: "application/json" };
    const answer = await send("GET", `${server.current.imageUrl}/v2/images`, undefined, sent);
    expect([status, answer.status]).toEqual([201, 403]);
  });
});
