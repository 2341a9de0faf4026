import { contractOf, unique } from "../suite";
import { rawFormats } from "../user";
import { Environment, refused } from "./environment";

contractOf("alliance", "get, update and delete an image", ({ admin, alt, demo, v2 }) => {
  const environment = new Environment(demo);
  const others = new Environment(alt);
  const unknown = "00000000-0000-4000-8000-000000000000";
  const noImage = (id: string) => refused(404, `There is no image ${id}.`);

  it("shows the properties that other APIs set, among the fields", async () => {
    const image = await v2.demo.createImage({ name: unique(), color: "red", tags: ["a"] });
    expect((await environment.get(`/images/${image.id}`)).body).toMatchObject({ color: "red", tags: ["a"] });
  });

  it.each(["PATCH", "PUT"])("updates by %s the name and the sizes, and answers with the bare image", async (method) => {
    const { id } = await environment.create({ name: unique(), ...rawFormats });
    const wanted = { name: unique(), min_ram: 3, min_disk: 4 };
    const answer = await environment.send(method, `/images/${id}`, { json: { image: wanted } });
    expect(answer).toMatchObject({ status: 200, body: { id, ...wanted, ...rawFormats } });
    expect((await environment.get(`/images/${id}`)).body).toEqual(answer.body);
  });

  it("leaves what is not named as it is, and the formats in any case", async () => {
    const image = await environment.create({ name: unique(), ...rawFormats, min_ram: 3, min_disk: 4 });
    const answer = await environment.patch(image.id, { disk_format: "ari", container_format: "ari" });
    expect(answer).toMatchObject({ status: 200, body: { ...image, updated_at: expect.any(String) } });
  });

  it("updates by PUT the image of a name that only one has", async () => {
    const [name, renamed] = [unique(), unique()];
    const { id } = await environment.create({ name });
    const put = (to: string) => environment.send("PUT", `/images/${name}`, { json: { image: { name: to } } });
    expect(await put(renamed)).toMatchObject({ status: 200, body: { id, name: renamed } });
    expect(await put(renamed)).toMatchObject(noImage(name));
    await environment.create({ name });
    await environment.create({ name });
    expect(await put(renamed)).toMatchObject(refused(409, `Several images are called ${name}.`));
  });

  it("answers 400 to an update of where the bytes come from", async () => {
    const { id } = await environment.create();
    const answer = await environment.patch(id, { copy_from: "http://example.com/image" });
    expect(answer).toMatchObject(refused(400, expect.stringContaining("'copy_from' was unexpected")));
  });

  it("deletes with 200 and nothing, then answers 404", async () => {
    const { id } = await environment.create();
    const answer = await environment.send("DELETE", `/images/${id}`);
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 200, length: 0 });
    expect(await environment.send("DELETE", `/images/${id}`)).toMatchObject(noImage(id));
    expect(await environment.get(`/images/${id}`)).toMatchObject(noImage(id));
    expect(await environment.patch(id, { name: "a" })).toMatchObject(noImage(id));
    expect((await v2.demo.show(id)).status).toBe(404);
  });

  it("answers 404 for an unknown image and one of another environment", async () => {
    const { id } = await environment.create();
    expect(await environment.get(`/images/${unknown}`)).toMatchObject(noImage(unknown));
    expect(await others.get(`/images/${id}`)).toMatchObject(noImage(id));
    expect(await others.send("DELETE", `/images/${id}`)).toMatchObject(noImage(id));
  });

  it("answers 403 to changing an image that everybody sees and another environment owns", async () => {
    const { id } = await v2.admin.createImage({ visibility: "public" });
    const denied = (action: string) => refused(403, `You are not authorized to complete ${action} action.`);
    expect(await environment.patch(id, { name: "a" })).toMatchObject(denied("modify_image"));
    expect(await environment.send("DELETE", `/images/${id}`)).toMatchObject(denied("delete_image"));
    expect((await new Environment(admin).patch(id, { name: "a" })).status).toBe(200);
  });

  it("answers 403 to deleting a protected image", async () => {
    const { id } = await v2.demo.createImage({ protected: true });
    const answer = await environment.send("DELETE", `/images/${id}`);
    expect(answer).toMatchObject(refused(403, `Image ${id} is protected and cannot be deleted.`));
  });
});
