import { cloudAt, FakeCloud, sessionFor, TestClock } from "./fakeCloud";

const list = { method: "GET", path: "/v2/images" } as const;

let fake: FakeCloud;

beforeEach(async () => {
  fake = await FakeCloud.start();
});

afterEach(() => fake.close());

describe("a token of the user's own", () => {
  const bare = (more = {}) => cloudAt(fake.url, { authType: "token", auth: { token: "mine" }, ...more });

  test("is exchanged for one with the wanted scope", async () => {
    const session = sessionFor(bare({ auth: { token: "mine", projectId: "p1" } }));
    await session.request("image", list);
    expect(fake.asked).toEqual([
      { auth: { identity: { methods: ["token"], token: { id: "mine" } }, scope: { project: { id: "p1" } } } },
    ]);
    expect(fake.imageTokens).toEqual(["token-1"]);
  });

  test("serves as it is when Keystone forbids the exchange", async () => {
    fake.valid.add("mine");
    fake.onTokenRequest = () => ({ status: 403, body: { error: { message: "rescoping forbidden" } } });
    fake.onTokenRead = ({ headers }) => {
      expect(headers).toMatchObject({ "x-auth-token": "mine", "x-subject-token": "mine" });
      return { body: fake.token() };
    };
    const session = sessionFor(bare());
    await session.request("image", list);
    expect(fake.imageTokens).toEqual(["mine"]);
    expect(await session.projectId()).toBe("p1");
  });

  test("is not used in another project than the wanted one", async () => {
    fake.onTokenRequest = () => ({ status: 403, body: {} });
    fake.onTokenRead = () => ({ body: fake.token() });
    for (const auth of [{ projectId: "p2" }, { projectName: "other" }]) {
      await expect(sessionFor(bare({ auth: { token: "mine", ...auth } })).projectId()).rejects.toMatchObject({
        code: "AUTH",
        message: expect.stringMatching(
          /belongs to project demo, and Keystone forbids to exchange it for one of project (p2|other)/,
        ),
      });
    }
    const auth = { token: "mine", projectName: "demo" };
    expect(await sessionFor(bare({ auth })).projectId()).toBe("p1");
  });

  test("goes to an endpoint override without asking Keystone", async () => {
    fake.valid.add("mine");
    const session = sessionFor(bare({ services: { image: { endpointOverride: `${fake.url}/image` } } }));
    await session.request("image", list);
    await session.ensureValidFor(9999);
    expect(fake.server.calls).toEqual(["GET /image/v2/images"]);
  });

  test("its end is told as such, before it and without asking Keystone in vain", async () => {
    const clock = new TestClock();
    const session = sessionFor(bare(), { clock: clock.read });
    await session.request("image", list);
    clock.seconds += 3600;
    await expect(session.request("image", list)).rejects.toMatchObject({
      code: "AUTH",
      message: expect.stringMatching(
        /expired or was revoked, and a token alone cannot be renewed.*openstack token issue/s,
      ),
    });
    expect(fake.asked).toHaveLength(1);
  });

  test("how long an inspected token lives is counted from the server's date", async () => {
    const clock = new TestClock();
    fake.onTokenRequest = () => ({ status: 403, body: {} });
    fake.onTokenRead = () => ({
      headers: { date: "Tue, 01 Jan 2030 00:59:00 GMT" },
      body: fake.token(),
    });
    const session = sessionFor(bare(), { clock: clock.read });
    await session.projectId();
    clock.seconds += 61;
    await expect(session.projectId()).rejects.toMatchObject({ code: "AUTH" });
  });

  test("a 401 of the service is its end, too", async () => {
    const session = sessionFor(bare());
    await session.request("image", list);
    fake.valid.clear();
    await expect(session.request("image", list)).rejects.toMatchObject({ code: "AUTH", status: 401 });
  });

  test.each([
    [401, { error: { message: "no" } }],
    [404, { error: { message: "Could not recognize Fernet token" } }],
  ])("that Keystone does not know (%i) is an AUTH error", async (status, body) => {
    fake.onTokenRequest = () => ({ status, body });
    await expect(sessionFor(bare()).projectId()).rejects.toMatchObject({
      code: "AUTH",
      message: expect.stringContaining("did not accept the given token"),
    });
  });
});

describe("without Keystone", () => {
  const services = () => ({ image: { endpointOverride: `${fake.url}/image/` } });

  test("admin_token sends the token to the endpoint", async () => {
    fake.valid.add("root");
    const cloud = cloudAt(fake.url, { authType: "admin_token", auth: { token: "root" }, services: services() });
    await sessionFor(cloud).request("image", list);
    expect(fake.server.calls).toEqual(["GET /image/v2/images"]);
    expect(await sessionFor(cloud).projectId()).toBeUndefined();
  });

  test("none sends no token, and a 401 says what is missing", async () => {
    const cloud = cloudAt(fake.url, { authType: "none", auth: {}, authUrl: undefined, services: services() });
    await expect(sessionFor(cloud).request("image", list)).rejects.toMatchObject({
      code: "AUTH",
      message: expect.stringContaining("authentication type"),
    });
    expect(fake.imageTokens).toEqual([undefined]);
  });
});
