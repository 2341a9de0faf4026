import { inspect } from "node:util";
import type { GlanceError } from "../../../provider/http/errors";
import { cloudAt, FakeCloud, sessionFor } from "./fakeCloud";

let fake: FakeCloud;

beforeEach(async () => {
  fake = await FakeCloud.start();
});

afterEach(() => fake.close());

const failure = async (more = {}): Promise<GlanceError> =>
  sessionFor(cloudAt(fake.url, more))
    .projectId()
    .then(
      () => Promise.reject(new Error("it was accepted")),
      (error) => error,
    );

test("wrong credentials: who, where, what to check, and no secret", async () => {
  fake.onTokenRequest = () => ({
    status: 401,
    body: { error: { code: 401, message: "The request requires authentication." } },
  });
  const error = await failure();
  const { code, message } = error;
  expect(code).toBe("AUTH");
  expect(message).toContain(
    `Keystone at ${fake.url}/v3 did not accept the user "alice" of domain "default" for project "demo"`,
  );
  expect(message).toContain("The request requires authentication.");
  expect(message).toContain('the cloud "lab" in clouds.yaml');
  expect(message).toMatch(
    /`pulumi refresh` use the configuration that the last .* prefer OS_\* variables or clouds.yaml/,
  );
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("s3cret");
});

test("a wrong application credential is named by its id", async () => {
  fake.onTokenRequest = () => ({ status: 401, body: {} });
  const auth = { applicationCredentialId: "ac-1", applicationCredentialSecret: "s3cret" };
  const { message } = await failure({ authType: "application_credential", auth });
  expect(message).toContain("did not accept the application credential with id ac-1");
  expect(message).not.toContain("s3cret");
});

test("a token that Keystone quotes is not shown", async () => {
  fake.onTokenRequest = () => ({
    status: 404,
    body: { error: { code: 404, message: "Could not find token: s3cret-token." } },
  });
  const error = await failure({ authType: "token", auth: { token: "s3cret-token" } });
  expect(error.message).toContain("did not accept the given token: Could not find token: ***");
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("s3cret");
});

test("a second factor is explained", async () => {
  fake.onTokenRequest = () => ({
    status: 401,
    headers: { "openstack-auth-receipt": "receipt" },
    body: {
      receipt: {},
      required_auth_methods: [
        ["password", "totp"],
        ["password", "custom"],
      ],
    },
  });
  const { code, message } = await failure();
  expect(code).toBe("AUTH");
  expect(message).toMatch(/more than one factor from the user "alice".*: password and totp, or password and custom/);
  expect(message).toContain("use an application credential");
});

test.each([300, 404])("status %i points to the auth URL", async (status) => {
  fake.onTokenRequest = () => ({ status, body: { versions: {} } });
  const error = await failure();
  expect(error).toMatchObject({ code: "CONFIG", status });
  expect(error.message).toMatch(/no Identity API v3 at .*\/v3.*OS_AUTH_URL.*usually ends in \/v3/s);
});

test("a redirect is not followed, and its target is shown", async () => {
  fake.onTokenRequest = () => ({ status: 301, headers: { location: "https://cloud.example:5000/v3/auth/tokens" } });
  expect((await failure()).message).toContain("points to https://cloud.example:5000/v3/auth/tokens");
});

test("nobody there: the auth URL is in the message", async () => {
  const cloud = cloudAt(fake.url);
  await fake.close();
  const error: GlanceError = await sessionFor(cloud)
    .projectId()
    .catch((failed) => failed);
  expect(error.code).toBe("CONNECT");
  expect(error.message).toMatch(/Keystone at http:\/\/127.*\/v3: no connection.*OS_AUTH_URL/s);
});

test.each<[string, object]>([
  ["no token header", { status: 201, body: { token: {} } }],
  ["no token body", { status: 201, headers: { "x-subject-token": "t" }, body: { hello: 1 } }],
  ["no JSON", { status: 201, headers: { "x-subject-token": "t" }, body: "<html>" }],
  ["a wrong catalog", { status: 201, headers: { "x-subject-token": "t" }, body: { token: { catalog: "none" } } }],
])("an answer of another kind (%s) is no token", async (_, answer) => {
  fake.onTokenRequest = () => answer;
  expect((await failure()).code).toBe("BAD_RESPONSE");
});
