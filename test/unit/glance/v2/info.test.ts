import { answers, useCloud } from "./cloud";

const cloud = useCloud();

test("formats come from the schema, without the null that means not set", async () => {
  const properties = { disk_format: { enum: [null, "raw", "qcow2"] }, container_format: { type: "string" } };
  const { api, server } = await cloud(answers({ "GET /v2/schemas/image": { body: { name: "image", properties } } }));
  expect(await api.formats()).toEqual({ disk: ["raw", "qcow2"], container: [] });
  expect(await api.formats()).toEqual({ disk: ["raw", "qcow2"], container: [] });
  expect(server.calls).toHaveLength(1);
});

test("stores say yes as a string and no by silence", async () => {
  const stores = [
    { id: "s1", description: "Fast", default: "true" },
    { id: "ro", "read-only": "true" },
  ];
  const { api } = await cloud(answers({ "GET /v2/info/stores": { body: { stores } } }));
  expect(await api.stores()).toEqual([
    { id: "s1", description: "Fast", default: true, readOnly: false },
    { id: "ro", description: undefined, default: false, readOnly: true },
  ]);
});

test("import methods are read", async () => {
  const methods = { "import-methods": { description: "x", type: "array", value: ["web-download"] } };
  const { api } = await cloud(answers({ "GET /v2/info/import": { body: methods } }));
  expect(await api.importMethods()).toEqual(["web-download"]);
});

test("quotas are read by name, each time anew", async () => {
  const usage = { image_size_total: { limit: 1000, usage: 7 }, image_count_total: { limit: -1, usage: 2 } };
  const { api, server } = await cloud(answers({ "GET /v2/info/usage": { body: { usage } } }));
  expect(await api.quotas()).toEqual([
    { name: "image_size_total", limit: 1000, usage: 7 },
    { name: "image_count_total", limit: -1, usage: 2 },
  ]);
  await api.quotas();
  expect(server.calls).toHaveLength(2);
});

test("a server that knows neither stores nor import nor quotas has none", async () => {
  const { api, server } = await cloud(() => ({ status: 404 }));
  expect([await api.stores(), await api.importMethods(), await api.stores(), await api.quotas()]).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(server.calls).toEqual(["GET /v2/info/stores", "GET /v2/info/import", "GET /v2/info/usage"]);
});

test("a failure is not remembered", async () => {
  const good = { body: { properties: { disk_format: { enum: ["raw"] } } } };
  const { api } = await cloud(
    answers({ "GET /v2/schemas/image": [{ status: 500, body: "oops" }, { body: [] }, good] }),
  );
  await expect(api.formats()).rejects.toThrow("Image service: reading the formats failed: oops");
  await expect(api.formats()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(await api.formats()).toEqual({ disk: ["raw"], container: [] });
});

test("a cancelled question is still asked for the others", async () => {
  const { api, server } = await cloud(answers({ "GET /v2/info/stores": { body: { stores: [] } } }));
  const controller = new AbortController();
  const cancelled = api.stores({ signal: controller.signal });
  const patient = api.stores();
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: "ABORTED" });
  expect(await patient).toEqual([]);
  expect(server.calls).toHaveLength(1);
});
