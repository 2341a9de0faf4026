import { identityUrl, tokenRequest } from "../../../provider/keystone/tokenRequest";
import type { Cloud } from "../../../provider/keystone/types";
import { cloudAt } from "./fakeCloud";

type Auth = Cloud["auth"];

const requestFor = (auth: Auth, authType: Cloud["authType"] = "password") =>
  tokenRequest(cloudAt("http://k", { auth, authType })) as { auth: { identity: unknown; scope?: unknown } };

describe("the identity", () => {
  test("a password, with the user's name and domain", () => {
    const { auth } = requestFor({ userName: "alice", userDomainName: "Corp", password: "s" });
    expect(auth).toEqual({
      identity: {
        methods: ["password"],
        password: { user: { name: "alice", domain: { name: "Corp" }, password: "s" } },
      },
    });
  });

  test("a user's id needs no domain", () => {
    const { identity } = requestFor({ userId: "u1", userDomainId: "d", password: "s" }).auth;
    expect(identity).toMatchObject({ password: { user: { id: "u1", password: "s" } } });
    expect(JSON.stringify(identity)).not.toContain("domain");
  });

  test("a domain's id beats its name; without either it is the one called default", () => {
    const user = (auth: Auth) => requestFor({ userName: "a", password: "s", ...auth }).auth.identity;
    expect(user({ userDomainId: "i", userDomainName: "n" })).toMatchObject({
      password: { user: { domain: { id: "i" } } },
    });
    expect(user({})).toMatchObject({ password: { user: { domain: { id: "default" } } } });
  });

  test("a token", () => {
    const { identity } = requestFor({ token: "t" }, "token").auth;
    expect(identity).toEqual({ methods: ["token"], token: { id: "t" } });
  });

  test.each<[string, Auth, object]>([
    ["by id", { applicationCredentialId: "i", applicationCredentialName: "n" }, { id: "i" }],
    ["by name", { applicationCredentialName: "n", userId: "u" }, { name: "n", user: { id: "u" } }],
    [
      "by name and the user's",
      { applicationCredentialName: "n", userName: "a", userDomainId: "d" },
      { name: "n", user: { name: "a", domain: { id: "d" } } },
    ],
  ])("an application credential %s, never with a scope", (_, auth, expected) => {
    const given = { ...auth, applicationCredentialSecret: "s", projectId: "p", password: "x" };
    expect(requestFor(given, "application_credential").auth).toEqual({
      identity: { methods: ["application_credential"], application_credential: { ...expected, secret: "s" } },
    });
  });
});

test.each<[string, Auth, unknown]>([
  ["none", {}, undefined],
  ["a project's id", { projectId: "p", projectName: "n", projectDomainId: "d" }, { project: { id: "p" } }],
  ["a project's name", { projectName: "n", projectDomainName: "D" }, { project: { name: "n", domain: { name: "D" } } }],
  ["a domain's id", { domainId: "d" }, { domain: { id: "d" } }],
  ["a domain's name", { domainName: "D" }, { domain: { name: "D" } }],
  ["the system", { systemScope: "all" }, { system: { all: true } }],
  ["a trust", { trustId: "t" }, { "OS-TRUST:trust": { id: "t" } }],
])("the scope: %s", (_, auth, scope) => {
  expect(requestFor({ userId: "u", password: "s", ...auth }).auth.scope).toEqual(scope);
});

test.each([
  ["http://k:5000", "http://k:5000/v3"],
  ["http://k:5000/", "http://k:5000/v3"],
  ["http://k:5000/v3", "http://k:5000/v3"],
  ["http://k:5000/v3/", "http://k:5000/v3"],
  ["http://k:5000/v2.0", "http://k:5000/v3"],
  ["http://k/identity", "http://k/identity/v3"],
  ["http://k/identity/v3//", "http://k/identity/v3"],
])("the auth URL %s means %s", (given, root) => {
  expect(identityUrl(given)).toBe(root);
});
