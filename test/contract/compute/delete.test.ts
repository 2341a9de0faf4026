import { contractOf } from "../suite";
import { faulted, imageNotFound } from "./faults";

const forbidden = faulted(403, "You are not allowed to delete the image.");

contractOf("compute", "delete", (server) => {
  it("answers 204 without a body, and the image is gone", async () => {
    for (const generation of ["/v2.1", "/v2"]) {
      const { id } = await server.v2.demo.createActiveImage();
      const answer = await server.demo.delete(`${generation}/images/${id}`);
      expect(answer).toMatchObject({ status: 204, body: undefined, headers: { "content-type": "application/json" } });
      expect((await server.v2.demo.show(id)).status).toBe(404);
      expect(await server.demo.delete(`${generation}/images/${id}`)).toMatchObject(imageNotFound);
      expect(await server.demo.get(`${generation}/images/${id}`)).toMatchObject(imageNotFound);
      expect(await server.demo.get(`${generation}/images/${id}/metadata`)).toMatchObject(imageNotFound);
    }
  });

  it.each(["11111111-1111-4111-8111-111111111111", "detail"])("answers 404 for the id %s", async (id) => {
    expect(await server.demo.delete(`/v2.1/images/${id}`)).toMatchObject(imageNotFound);
  });

  it("answers 403 for a protected image", async () => {
    const { id } = await server.v2.demo.createImage({ protected: true });
    expect(await server.demo.delete(`/v2.1/images/${id}`)).toMatchObject(forbidden);
    expect((await server.v2.demo.show(id)).status).toBe(200);
  });

  it("answers 403 for a public image of another project and to a reader, 404 for a private one", async () => {
    const shown = await server.v2.admin.createImage({ visibility: "public" });
    expect(await server.demo.delete(`/v2.1/images/${shown.id}`)).toMatchObject(forbidden);
    const own = await server.v2.demo.createImage();
    expect(await server.reader.delete(`/v2.1/images/${own.id}`)).toMatchObject(forbidden);
    const secret = await server.v2.alt.createImage({ visibility: "private" });
    expect(await server.demo.delete(`/v2.1/images/${secret.id}`)).toMatchObject(imageNotFound);
  });

  it("deletes a deactivated image", async () => {
    const { id } = await server.v2.demo.createActiveImage();
    await server.v2.demo.post(`/v2/images/${id}/actions/deactivate`);
    expect((await server.demo.delete(`/v2.1/images/${id}`)).status).toBe(204);
  });
});
