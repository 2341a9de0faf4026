import { must } from "../contract/client";
import { type ImageBody, rawFormats, User } from "../contract/user";
import { environmentOf } from "../tools/clouds/environment";
import { rawImage } from "../tools/images";
import { Catalog, describeDoors, said, stepsOf } from "./catalog";
import { dynamic, native } from "./doors";

const bytes = rawImage(300_000, "other region");
const raw = { diskFormat: "raw", containerFormat: "bare" };

describeDoors("an image of another region", [dynamic, native], (cloud, door) => {
  const { region = "", imageUrl } = cloud.other ?? {};
  const there = new User(cloud, cloud.demo, () => {}, imageUrl);
  let catalog: Catalog;
  let origin: ImageBody;
  beforeAll(async () => {
    catalog = await Catalog.create(cloud, environmentOf(cloud, cloud.demo), door);
    const { id } = await there.createImage({ ...rawFormats, name: "origin", hw_disk_bus: "virtio", note: "there" });
    must(await there.upload(id, bytes), 204);
    origin = must(await there.show(id), 200).body as ImageBody;
  }, 120_000);
  afterAll(async () => {
    await catalog.close();
    must(await there.delete(`/v2/images/${origin.id}`), 204);
  }, 120_000);
  jest.setTimeout(180_000);

  const shown = async (name: string) => {
    const [image] = await catalog.other.list({ name });
    return image as ImageBody;
  };
  const from = (name: string, more: object = {}) => ({
    ...raw,
    name: `region-${name}`,
    sourceImage: { imageId: origin.id, region },
    ...more,
  });
  const images = () => ({
    fetched: from("fetched", { properties: { hw_disk_bus: "scsi", note: "here" } }),
    asked: from("asked", { importMethod: "glance-download" }),
    streamed: from("streamed", { importMethod: "upload" }),
  });

  test("is copied by the image service where nothing else is asked for", async () => {
    const result = await catalog.up(images());
    expect(said(result)).not.toMatch(/warning/);
    for (const name of ["fetched", "asked", "streamed"]) {
      const image = await shown(`region-${name}`);
      expect(image).toMatchObject({ status: "active", size: bytes.length, os_hash_value: origin.os_hash_value });
      const answer = must(await catalog.other.get(`/v2/images/${image.id}/file`), 200);
      expect(answer.bytes.equals(bytes)).toBe(true);
    }
    const tasks = async (name: string) => {
      const { id } = await shown(`region-${name}`);
      const { body } = must(await catalog.other.get(`/v2/images/${id}/tasks`), 200);
      return (body as { tasks: { input: { import_req: { method: object } } }[] }).tasks;
    };
    for (const name of ["fetched", "asked"]) {
      const method = { name: "glance-download", glance_region: region, glance_image_id: origin.id };
      expect([name, await tasks(name)]).toMatchObject([
        name,
        [{ status: "success", input: { import_req: { method } } }],
      ]);
    }
    expect(await tasks("streamed")).toEqual([]);
  });

  test("brings properties that the image service copies, but none over a declared one", async () => {
    expect(await shown("region-fetched")).toMatchObject({ hw_disk_bus: "scsi", note: "here" });
    expect(await shown("region-asked")).toMatchObject({ hw_disk_bus: "virtio" });
    expect(await shown("region-asked")).not.toHaveProperty("note");
  });

  test("is verified by its hash, and stays as it is", async () => {
    const resources = await catalog.stack.resources();
    const made = resources.filter(({ type }) => /Image|dynamic/.test(type));
    expect(made.map(({ outputs }) => outputs?.verifiedBy)).toEqual(["hash", "hash", "hash"]);
    expect(stepsOf(await catalog.up(images()))).toEqual({});
  });

  test("with other formats than declared is not copied by the image service", async () => {
    const { id } = await there.createImage({ disk_format: "aki", container_format: "aki" });
    must(await there.upload(id, bytes), 204);
    const sourceImage = { imageId: id, region };
    const text = await catalog.failingUp({
      ...images(),
      odd: from("odd", { sourceImage, importMethod: "glance-download" }),
    });
    expect(text).toMatch(/glance-download: it takes over the formats of the source, aki in aki/);
    await catalog.up({ ...images(), odd: from("odd", { sourceImage }) });
    expect(await shown("region-odd")).toMatchObject({
      status: "active",
      ...rawFormats,
    });
    must(await there.delete(`/v2/images/${id}`), 204);
  });

  test("that does not exist is refused before anything is made", async () => {
    const sourceImage = { imageId: "00000000-0000-4000-8000-000000000000", region };
    const text = await catalog.failingUp({ ...images(), gone: from("gone", { sourceImage }) });
    expect(text).toMatch(/image 00000000-0000-4000-8000-000000000000 of region RegionTwo, does not exist/);
    expect(await catalog.names("region-gone")).toEqual([]);
  });
});
