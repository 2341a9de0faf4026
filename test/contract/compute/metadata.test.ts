import { contractOf } from "../suite";
import { faulted, resourceNotFound } from "./faults";

contractOf("compute", "metadata", (server) => {
  const create = async (properties: Record<string, string> = {}) => {
    const { id } = await server.v2.demo.createImage({ visibility: "private", ...properties });
    return `/v2.1/images/${id}/metadata`;
  };
  const metadata = async (path: string) => {
    const { body } = await server.demo.get(path);
    return (body as { metadata: unknown }).metadata;
  };

  it("shows all properties and one", async () => {
    const path = await create({ os_distro: "debian", "trait:CUSTOM_X": "required" });
    expect(await metadata(path)).toEqual({ os_distro: "debian", "trait:CUSTOM_X": "required" });
    expect((await server.demo.get(`${path}/trait:CUSTOM_X`)).body).toEqual({ meta: { "trait:CUSTOM_X": "required" } });
    expect(await server.demo.get(`${path}/absent`)).toMatchObject(resourceNotFound);
    expect(await server.demo.get(`${path}/constructor`)).toMatchObject(resourceNotFound);
  });

  it("POST adds to what is there and shows all", async () => {
    const path = await create({ kept: "1", changed: "1" });
    const answer = await server.demo.post(path, { metadata: { changed: "2", "two words": "ü", empty: "" } });
    const expected = { kept: "1", changed: "2", "two words": "ü", empty: "" };
    expect(answer).toMatchObject({ status: 200, body: { metadata: expected } });
    expect(await metadata(path)).toEqual(expected);
  });

  it("PUT replaces everything", async () => {
    const path = await create({ dropped: "1", changed: "1" });
    const answer = await server.demo.put(path, { metadata: { changed: "2", "a.b": "3" } });
    expect(answer).toMatchObject({ status: 200, body: { metadata: { changed: "2", "a.b": "3" } } });
    expect(await metadata(path)).toEqual({ changed: "2", "a.b": "3" });
    await server.demo.put(path, { metadata: {} });
    expect(await metadata(path)).toEqual({});
  });

  it("PUT sets one property and DELETE removes one", async () => {
    const path = await create({ kept: "1" });
    const answer = await server.demo.put(`${path}/added`, { meta: { added: "2" } });
    expect(answer).toMatchObject({ status: 200, body: { meta: { added: "2" } } });
    expect(await metadata(path)).toEqual({ kept: "1", added: "2" });
    const removed = await server.demo.delete(`${path}/added`);
    expect(removed).toMatchObject({ status: 204, body: undefined });
    expect(await metadata(path)).toEqual({ kept: "1" });
    expect(await server.demo.delete(`${path}/added`)).toMatchObject(faulted(404, "Invalid metadata key"));
  });

  it("does nothing for names of attributes", async () => {
    const path = await create({ kept: "1" });
    const names = ["name", "id", "owner", "min_ram", "visibility", "checksum", "disk_format", "os_hidden"];
    const answer = await server.demo.post(path, { metadata: Object.fromEntries(names.map((name) => [name, "x"])) });
    expect(answer).toMatchObject({ status: 200, body: { metadata: { kept: "1" } } });
    expect(await metadata(path)).toEqual({ kept: "1" });
  });

  it("does nothing where a kernel or ramdisk is set to none", async () => {
    const path = await create({ ramdisk_id: "abc" });
    const answer = await server.demo.put(path, { metadata: { ramdisk_id: "", kernel_id: " NONE " } });
    expect(answer.body).toEqual({ metadata: { ramdisk_id: "", kernel_id: " NONE " } });
    expect(await metadata(path)).toEqual({ ramdisk_id: "abc" });
  });

  it.each(["shared", "community"])("makes a %s image private with every change", async (visibility) => {
    const { id } = await server.v2.demo.createImage({ visibility });
    await server.demo.post(`/v2.1/images/${id}/metadata`, { metadata: { any: "1" } });
    expect((await server.v2.demo.show(id)).body).toMatchObject({ visibility: "private", any: "1" });
  });

  it("leaves a public image public", async () => {
    const { id } = await server.v2.admin.createImage({ visibility: "public" });
    await server.admin.post(`/v2.1/images/${id}/metadata`, { metadata: { any: "1" } });
    expect((await server.v2.admin.show(id)).body).toMatchObject({ visibility: "public", any: "1" });
  });

  it.each([undefined, "text/plain", "application/json; charset=utf-8", "application/vnd.openstack.compute+json"])(
    "reads JSON whose media type is %s",
    async (type) => {
      const path = await create();
      const message = { body: '{"metadata": {"a": "b"}}', headers: { "content-type": type } };
      expect(await server.demo.send("POST", path, message)).toMatchObject({
        status: 200,
        body: { metadata: { a: "b" } },
      });
    },
  );
});
