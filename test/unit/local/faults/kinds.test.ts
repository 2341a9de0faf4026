import { once } from "node:events";
import { request } from "node:http";
import { type FaultProxy, type FaultRule, startFaultProxy } from "../../../../provider/local/faults/proxy";
import { rawImage } from "../../../tools/images";
import { type Answer, Client, localServer, octets, rawFormats } from "../client";

const size = 200_000;
const content = rawImage(size);

/** What a client that failed was told. */
const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "none",
    (error) => error.cause?.code ?? error.name,
  );

describe("a fault", () => {
  const server = localServer();
  let direct: Client;
  let proxy: FaultProxy;
  let client: Client;

  beforeAll(async () => {
    direct = await Client.logIn(server.current);
  });
  beforeEach(async () => {
    proxy = await startFaultProxy({ upstream: server.current.url });
    const { url } = proxy;
    client = await Client.logIn({ ...server.current, url, authUrl: `${url}/identity/v3`, imageUrl: `${url}/image` });
    proxy.forget();
  });
  afterEach(() => proxy.close());

  const inject = (rule: FaultRule) => proxy.inject(rule)[0];
  const named = async (name: string): Promise<unknown[]> =>
    (await direct.send("GET", `/images?name=${name}`)).body.images;
  const create = (name: string) => client.send("POST", "/images", { name });
  const whole = async () => {
    const { id } = await direct.create(rawFormats);
    await direct.upload(id, content);
    return id as string;
  };

  describe("that resets the connection", () => {
    it("before: the server never sees the request", async () => {
      const rule = inject({ when: "before", fault: { kind: "reset" } });
      expect(await failureOf(create("reset-before"))).toBe("ECONNRESET");
      expect(await named("reset-before")).toEqual([]);
      expect(await rule.reached).toEqual({
        method: "POST",
        path: "/image/v2/images",
        fault: "reset",
        bytes: 0,
        status: undefined,
        serverStatus: undefined,
      });
      expect((await create("reset-before")).status).toBe(201);
    });

    it("after: the server has done it", async () => {
      const rule = inject({ when: "after", fault: { kind: "reset" } });
      expect(await failureOf(create("reset-after"))).toBe("ECONNRESET");
      expect(await rule.reached).toMatchObject({ serverStatus: 201, status: undefined });
      expect(await named("reset-after")).toHaveLength(1);
    });
  });

  describe("that answers instead", () => {
    const glanceStatuses = [
      [401, "Unauthorized"],
      [409, "Conflict"],
      [413, "Request Entity Too Large"],
      [429, "Too Many Requests"],
      [500, "Internal Server Error"],
    ] as const;

    it.each(glanceStatuses)("%i %s: in Glance's words, with its request id", async (status, title) => {
      inject({ when: "before", fault: { kind: "answer", status, retryAfter: 3, reason: "Because." } });
      const answer = await create(`before-${status}`);
      expect(answer).toMatchObject({ status, body: { code: `${status} ${title}`, title } });
      expect(answer.body.message).toMatch(/^Because\./);
      expect(answer.headers.get("retry-after")).toBe("3");
      expect(answer.headers.get("x-openstack-request-id")).toMatch(/^req-[0-9a-f-]{36}$/);
      expect(await named(`before-${status}`)).toEqual([]);
    });

    it.each([
      [502, "Bad Gateway"],
      [503, "Service Unavailable"],
    ] as const)("%i %s: as a load balancer's page", async (status, title) => {
      inject({ when: "before", fault: { kind: "answer", status } });
      const answer = await create(`before-${status}`);
      expect(answer).toMatchObject({ status, body: expect.stringContaining(`<h1>${status} ${title}</h1>`) });
      expect(answer.headers.get("content-type")).toBe("text/html");
      expect(answer.headers.get("retry-after")).toBeNull();
    });

    it("after: the server has done it", async () => {
      const rule = inject({ when: "after", fault: { kind: "answer", status: 503 } });
      expect((await create("answer-after")).status).toBe(503);
      expect(await rule.reached).toMatchObject({ serverStatus: 201, status: 503 });
      expect(await named("answer-after")).toHaveLength(1);
    });

    it("an upload: it reads the body before and after all the same", async () => {
      const { id } = await direct.create(rawFormats);
      inject({ when: "before", fault: { kind: "answer", status: 503 } });
      expect((await client.upload(id, content)).status).toBe(503);
      expect(await direct.show(id)).toMatchObject({ status: "queued" });
      inject({ when: "after", fault: { kind: "answer", status: 502 } });
      expect((await client.upload(id, content)).status).toBe(502);
      expect(await direct.show(id)).toMatchObject({ status: "active", size });
    });
  });

  describe("that is slow", () => {
    it.each(["before", "after"] as const)(
      "%s: the answer is the right one, and does not come before its time",
      async (when) => {
        const rule = inject({ when, fault: { kind: "slow", seconds: 3600 } });
        let answer: Answer | undefined;
        const answered = create(`slow-${when}`).then((arrived) => {
          answer = arrived;
        });
        await rule.reached;
        expect(await named(`slow-${when}`)).toHaveLength(when === "after" ? 1 : 0);
        expect(answer).toBeUndefined();
        rule.release();
        await answered;
        expect(answer).toMatchObject({ status: 201 });
      },
    );

    it("lets go by itself", async () => {
      inject({ when: "before", fault: { kind: "slow", seconds: 0.01 } });
      expect((await create("slow-short")).status).toBe(201);
    });
  });

  describe("that holds", () => {
    it.each(["before", "after"] as const)("%s: nothing happens until it is released", async (when) => {
      const rule = inject({ when, fault: { kind: "hold" } });
      const answered = create(`hold-${when}`);
      expect(await rule.reached).toMatchObject({ fault: "hold", serverStatus: when === "after" ? 201 : undefined });
      expect(await named(`hold-${when}`)).toHaveLength(when === "after" ? 1 : 0);
      proxy.clear();
      expect((await answered).status).toBe(201);
      expect(rule.struck).toBe(1);
    });

    it("before: a client that left meanwhile never reaches the server", async () => {
      const rule = inject({ when: "before", fault: { kind: "hold" } });
      const control = new AbortController();
      const { url, seen } = proxy;
      const headers = { "content-type": "application/json", "x-auth-token": client.token };
      const leaving = request(`${url}/image/v2/images`, { method: "POST", headers, signal: control.signal });
      leaving.end(JSON.stringify({ name: "left" }));
      await rule.reached;
      control.abort();
      await once(leaving, "error");
      proxy.clear();
      // The next one comes to the server later than the first would have.
      expect((await create("left-after")).status).toBe(201);
      expect(await named("left")).toEqual([]);
      expect(seen.map(({ serverStatus }) => serverStatus)).toEqual([undefined, 201]);
    });
  });

  describe("that stalls", () => {
    it("before: half of an upload arrives, and the image takes another when it is released", async () => {
      const { id } = await direct.create(rawFormats);
      const rule = inject({ method: "PUT", when: "before", fault: { kind: "stall" } });
      const uploaded = failureOf(client.upload(id, content));
      expect(await rule.reached).toMatchObject({ bytes: size / 2, fault: "stall" });
      while ((await direct.show(id)).status !== "saving");
      rule.release();
      expect(await uploaded).toBe("ECONNRESET");
      while ((await direct.show(id)).status !== "queued");
      expect((await client.upload(id, content)).status).toBe(204);
      expect(await direct.show(id)).toMatchObject({ status: "active", size });
    });

    it("before: an upload whose client leaves is broken off", async () => {
      const { id } = await direct.create(rawFormats);
      const rule = inject({ method: "PUT", when: "before", fault: { kind: "stall" } });
      const control = new AbortController();
      const headers = { "x-auth-token": client.token, ...octets, "content-length": size };
      const url = `${proxy.url}/image/v2/images/${id}/file`;
      const upload = request(url, { method: "PUT", headers, signal: control.signal }).end(content);
      const failed = once(upload, "error");
      await rule.reached;
      control.abort();
      await failed;
      while ((await direct.show(id)).status !== "queued");
    });

    it("after: half of a download arrives", async () => {
      const id = await whole();
      const rule = inject({ when: "after", fault: { kind: "stall" } });
      const headers = { "x-auth-token": client.token };
      const { status, body } = await fetch(`${proxy.url}/image/v2/images/${id}/file`, { headers });
      const reader = body?.getReader();
      let arrived = 0;
      while (arrived < size / 2) arrived += (await reader?.read())?.value?.length ?? 0;
      await rule.reached;
      rule.release();
      expect(await failureOf(Promise.resolve(reader?.read()))).toBe("ECONNRESET");
      expect({ status, arrived }).toEqual({ status: 200, arrived: size / 2 });
    });
  });

  describe("that cuts", () => {
    it("before: half of an upload arrives, and the image takes another", async () => {
      const { id } = await direct.create(rawFormats);
      const rule = inject({ when: "before", method: "PUT", fault: { kind: "cut" } });
      expect(await failureOf(client.upload(id, content))).toBe("ECONNRESET");
      expect(await rule.reached).toMatchObject({ bytes: size / 2, status: undefined, serverStatus: undefined });
      while ((await direct.show(id)).status !== "queued");
      expect((await client.upload(id, content)).status).toBe(204);
      expect(await direct.show(id)).toMatchObject({ status: "active", size });
    });

    it("after: half of a download arrives", async () => {
      const id = await whole();
      const rule = inject({ when: "after", fault: { kind: "cut" } });
      expect(await failureOf(client.send("GET", `/images/${id}/file`))).toBe("ECONNRESET");
      expect(await rule.reached).toMatchObject({ status: 200, serverStatus: 200 });
    });

    it.each(["before", "after"] as const)("%s: what has no body is cut off from its head", async (when) => {
      const id = await whole();
      const rule = inject({ when, fault: { kind: "cut" } });
      expect(await failureOf(client.send("DELETE", `/images/${id}`))).toBe("ECONNRESET");
      expect(await rule.reached).toMatchObject({ status: undefined, serverStatus: when === "after" ? 204 : undefined });
      expect((await direct.send("GET", `/images/${id}`)).status).toBe(when === "after" ? 404 : 200);
    });
  });

  describe.each(["before", "after"] as const)("that spoils the answer, written as %s", (when) => {
    it("truncated JSON ends properly after its half", async () => {
      const rule = inject({ when, fault: { kind: "truncatedJson" } });
      const headers = { "x-auth-token": client.token };
      const ask = async () => (await fetch(`${proxy.url}/image/v2/schemas/image`, { headers })).text();
      const [half, json] = [await ask(), await ask()];
      expect(half).toBe(json.slice(0, Math.floor(json.length / 2)));
      expect(rule.struck).toBe(1);
    });

    it("a wrong length ends too early", async () => {
      const id = await whole();
      const rule = inject({ when, fault: { kind: "wrongLength" } });
      const headers = { "x-auth-token": client.token };
      const answer = await fetch(`${proxy.url}/image/v2/images/${id}/file`, { headers });
      expect(answer.headers.get("content-length")).toBe(String(size));
      expect(await failureOf(answer.arrayBuffer())).toBe("UND_ERR_SOCKET");
      expect(rule.struck).toBe(1);
    });

    it.each(["truncatedJson", "wrongLength"] as const)("%s of no body ends without an answer", async (kind) => {
      const id = await whole();
      const rule = inject({ when, fault: { kind } });
      expect(await failureOf(client.send("DELETE", `/images/${id}`))).toBe("UND_ERR_SOCKET");
      expect(await rule.reached).toMatchObject({ status: undefined, serverStatus: 204 });
    });
  });
});
