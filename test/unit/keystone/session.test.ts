import { Readable } from "node:stream";
import { cloudAt, FakeCloud, sessionFor, TestClock } from "./fakeCloud";

const list = { method: "GET", path: "/v2/images" } as const;

let fake: FakeCloud;

beforeEach(async () => {
  fake = await FakeCloud.start();
});

afterEach(() => fake.close());

describe("a password", () => {
  test("gets a token, finds the endpoint and sends the token along", async () => {
    const session = sessionFor(cloudAt(fake.url));
    const response = await session.request("image", list);
    expect(response.json()).toEqual({ path: "/image/v2/images" });
    expect(fake.asked).toEqual([
      {
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name: "alice", domain: { id: "default" }, password: "s3cret" } },
          },
          scope: { project: { name: "demo", domain: { id: "default" } } },
        },
      },
    ]);
    expect(fake.imageTokens).toEqual(["token-1"]);
    expect(await session.endpoint("image")).toBe(`${fake.url}/image`);
    expect(await session.projectId()).toBe("p1");
  });

  test("nothing is sent before the first call", async () => {
    await sessionFor(cloudAt(fake.url)).close();
    expect(fake.server.seen).toEqual([]);
  });

  test("calls at the same time share one token request", async () => {
    const session = sessionFor(cloudAt(fake.url));
    await Promise.all([session.request("image", list), session.request("image", list), session.projectId()]);
    expect(fake.asked).toHaveLength(1);
  });

  test("a failure is not remembered", async () => {
    const session = sessionFor(cloudAt(fake.url));
    fake.onTokenRequest = () => ({ status: 503, body: "" });
    await expect(session.projectId()).rejects.toMatchObject({ status: 503 });
    fake.onTokenRequest = () => fake.issue("later");
    expect(await session.projectId()).toBe("p1");
  });

  test("one caller's cancelling leaves the token request to the others", async () => {
    const session = sessionFor(cloudAt(fake.url));
    const cancel = new AbortController();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    fake.onTokenRequest = async () => {
      cancel.abort();
      await answered;
      return fake.issue("shared");
    };
    const patient = session.request("image", list);
    await expect(session.request("image", { ...list, signal: cancel.signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
    answer();
    expect((await patient).status).toBe(200);
    expect(fake.asked).toHaveLength(1);
  });
});

describe("renewal", () => {
  const clock = new TestClock();

  test("a token is replaced when fewer than 120 seconds remain", async () => {
    const session = sessionFor(cloudAt(fake.url), { clock: clock.read });
    await session.projectId();
    clock.seconds += 3600 - 120;
    await session.projectId();
    expect(fake.asked).toHaveLength(1);
    clock.seconds += 1;
    await session.projectId();
    expect(fake.asked).toHaveLength(2);
  });

  test("tokens that live shorter than that are used for most of their life", async () => {
    fake.life = 60;
    const session = sessionFor(cloudAt(fake.url), { clock: clock.read });
    await session.request("image", list);
    await session.request("image", list);
    expect(fake.asked).toHaveLength(1);
  });

  test("before a long transfer it is renewed, but not for ever when no token lives that long", async () => {
    const session = sessionFor(cloudAt(fake.url), { clock: clock.read });
    await session.projectId();
    clock.seconds += 1800;
    await session.ensureValidFor(1700);
    expect(fake.asked).toHaveLength(1);
    await session.ensureValidFor(7200);
    expect(fake.asked).toHaveLength(2);
    await session.ensureValidFor(7200);
    expect(fake.asked).toHaveLength(2);
  });

  test("a 401 of the service renews the token and repeats the request once", async () => {
    const session = sessionFor(cloudAt(fake.url));
    await session.request("image", list);
    fake.valid.clear();
    const response = await session.request("image", { method: "POST", path: "/v2/images", json: { name: "x" } });
    expect(response.status).toBe(200);
    expect(fake.imageTokens).toEqual(["token-1", "token-1", "token-2"]);
  });

  test("several 401 for one token renew it once", async () => {
    const session = sessionFor(cloudAt(fake.url));
    await session.request("image", list);
    fake.valid.clear();
    await Promise.all([session.request("image", list), session.request("image", list)]);
    expect(fake.asked).toHaveLength(2);
  });

  test("a service that refuses the new token as well is named in an AUTH error", async () => {
    const session = sessionFor(cloudAt(fake.url));
    fake.onTokenRequest = (_, count) => {
      const answer = fake.issue(`token-${count}`);
      fake.valid.clear();
      return answer;
    };
    await expect(session.request("image", list)).rejects.toMatchObject({
      code: "AUTH",
      message: expect.stringMatching(/image service does not accept a token that Keystone has just issued/),
    });
    expect(fake.asked).toHaveLength(2);
  });

  test("a transfer is not repeated, but the next call has a new token", async () => {
    const session = sessionFor(cloudAt(fake.url));
    await session.projectId();
    fake.valid.clear();
    let opened = 0;
    const open = () => {
      opened += 1;
      return Readable.from(["data"]);
    };
    const upload = session.request("image", { method: "PUT", path: "/v2/images/i/file", body: { open, length: 4 } });
    await expect(upload).rejects.toMatchObject({ code: "HTTP_STATUS", status: 401 });
    expect(opened).toBe(1);
    expect((await session.request("image", list)).status).toBe(200);
  });
});

test("a token without a catalog has it fetched", async () => {
  fake.onTokenRequest = () => fake.issue("t", { catalog: undefined });
  fake.onCatalogRead = ({ headers }) => {
    expect(headers["x-auth-token"]).toBe("t");
    return { body: { catalog: fake.catalog } };
  };
  expect(await sessionFor(cloudAt(fake.url)).endpoint("image")).toBe(`${fake.url}/image`);
});

test("an unscoped token has no catalog, which is said", async () => {
  fake.onTokenRequest = () => fake.issue("t", { catalog: undefined, project: undefined });
  fake.onCatalogRead = () => ({ status: 403, body: {} });
  await expect(sessionFor(cloudAt(fake.url)).endpoint("image")).rejects.toMatchObject({
    code: "NO_ENDPOINT",
    message: expect.stringMatching(/It is empty: set a project \(OS_PROJECT_NAME/),
  });
});

test("closing ends a token request that hangs", async () => {
  const session = sessionFor(cloudAt(fake.url));
  const asked = new Promise<void>((resolve) => {
    fake.onTokenRequest = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  const waiting = expect(session.projectId()).rejects.toMatchObject({ code: "ABORTED" });
  await asked;
  await session.close();
  await waiting;
});
