import { Readable } from "node:stream";
import { wireImage } from "../fixtures";
import { useCloud } from "./cloud";

const { id } = wireImage;
const path = `/v2/images/${id}`;
const cloud = useCloud();
const body = (text: string, length?: number) => ({ open: () => Readable.from([Buffer.from(text)]), length });

test("an upload carries its length and its store", async () => {
  const { api, server, session } = await cloud(() => ({ status: 204 }));
  await api.upload(id, body("bytes", 5), { store: "fast" });
  expect(server.calls).toEqual([`PUT ${path}/file`]);
  expect(server.seen[0]).toMatchObject({
    body: "bytes",
    headers: {
      "content-type": "application/octet-stream",
      "x-openstack-image-size": "5",
      "x-image-meta-store": "fast",
    },
  });
  expect(session.validFor).toEqual([1800]);
});

test("what is not known is not sent", async () => {
  const { api, server } = await cloud(() => ({ status: 204 }));
  await api.stage(id, body("bytes"));
  expect(server.calls).toEqual([`PUT ${path}/stage`]);
  expect(Object.keys(server.seen[0]?.headers ?? {})).not.toContain("x-openstack-image-size");
  expect(Object.keys(server.seen[0]?.headers ?? {})).not.toContain("x-image-meta-store");
});

test.each(["upload", "stage"] as const)("cancelling a %s ends its wait for Keystone", async (call) => {
  const { api, server, session } = await cloud(() => ({ status: 204 }));
  const stop = new AbortController();
  session.ensureValidFor = () => {
    setImmediate(() => stop.abort());
    return new Promise<void>(() => undefined);
  };
  await expect(api[call](id, body("bytes", 5), { signal: stop.signal })).rejects.toMatchObject({ code: "ABORTED" });
  expect(server.calls).toEqual([]);
});

test.each([
  ["upload", "upload", 415],
  ["stage", "staging", 409],
] as const)("a refused %s says so", async (call, step, status) => {
  const { api } = await cloud(() => ({ status, body: "no" }));
  await expect(api[call](id, body("bytes", 5))).rejects.toMatchObject({
    status,
    message: expect.stringContaining(`Image ${id}: ${step} failed: no`),
    facts: { requestId: "req-answer" },
  });
});

describe("a download", () => {
  const read = async (stream: Readable | undefined) => Buffer.concat((await stream?.toArray()) ?? []).toString();

  test("asks for bytes, and for errors as JSON", async () => {
    const { api, server } = await cloud(() => ({ body: "hello world" }));
    expect(await read(await api.download(id))).toBe("hello world");
    expect(server.seen[0]?.headers).toMatchObject({ accept: "application/octet-stream, application/json;q=0.5" });
    expect(server.seen[0]?.headers.range).toBeUndefined();
  });

  test("may ask for a part", async () => {
    const { api, server } = await cloud(() => ({ status: 206, body: "hello" }));
    expect(await read(await api.download(id, { range: [0, 4] }))).toBe("hello");
    expect(server.seen[0]?.headers.range).toBe("bytes=0-4");
  });

  test("is nothing while there is no data", async () => {
    const { api } = await cloud(() => ({ status: 204 }));
    expect(await api.download(id)).toBeUndefined();
  });

  test("never takes the whole for a part", async () => {
    const { api } = await cloud(() => ({ body: "hello world" }));
    await expect(api.download(id, { range: [0, 4] })).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("of a deactivated image fails", async () => {
    const { api } = await cloud(() => ({ status: 403, body: "deactivated" }));
    await expect(api.download(id)).rejects.toMatchObject({ status: 403 });
  });
});
