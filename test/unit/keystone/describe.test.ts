import { cloudAt, FakeCloud, sessionFor, TestClock } from "./fakeCloud";

let fake: FakeCloud;

beforeEach(async () => {
  fake = await FakeCloud.start();
});

afterEach(() => fake.close());

const more = { user: { id: "u1", name: "alice" }, roles: [{ id: "r1", name: "member" }, { name: "reader" }] };

test("a session tells what Keystone says of its token, and how long that still lives", async () => {
  const clock = new TestClock();
  const date = new Date(Date.now() + 600_000).toUTCString();
  fake.onTokenRequest = () => {
    const answer = fake.issue("t", more);
    return { ...answer, headers: { ...answer.headers, date } };
  };
  const session = sessionFor(cloudAt(fake.url), { clock: clock.read });
  await session.projectId();
  clock.seconds += 600;
  const token = await session.describe();
  expect(token).toMatchObject({
    user: { id: "u1", name: "alice" },
    project: { id: "p1", name: "demo" },
    roles: ["member", "reader"],
    secondsLeft: 3000,
    renewable: true,
  });
  expect(token?.clockAhead).toBeGreaterThan(540);
  expect(token?.clockAhead).toBeLessThanOrEqual(600);
  expect(fake.asked).toHaveLength(1);
});

test("a token of the user's own is told to be the last", async () => {
  fake.onTokenRequest = () => ({ status: 403, body: {} });
  fake.onTokenRead = () => ({ body: fake.token(more) });
  const session = sessionFor(cloudAt(fake.url, { authType: "token", auth: { token: "mine" } }));
  expect(await session.describe()).toMatchObject({ roles: ["member", "reader"], renewable: false });
});

test.each<object>([{}, { user: "odd", roles: 7 }])(
  "what Keystone leaves out or says oddly hinders nothing: %j",
  async (odd) => {
    fake.onTokenRequest = () => fake.issue("t", odd);
    const session = sessionFor(cloudAt(fake.url));
    expect(await session.describe()).toMatchObject({ user: undefined, roles: [], renewable: true });
  },
);

test("nothing is told where Keystone is not asked", async () => {
  const services = { image: { endpointOverride: `${fake.url}/image` } };
  expect(await sessionFor(cloudAt(fake.url, { authType: "none", auth: {}, services })).describe()).toBeUndefined();
  expect(fake.server.calls).toEqual([]);
});
