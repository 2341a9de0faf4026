import { randomUUID } from "node:crypto";
import { must } from "../client";
import { contractOf, unique } from "../suite";
import type { ImageBody } from "../user";
import { Environment, refused } from "./environment";

contractOf("alliance", "list images", ({ admin, demo, v2 }) => {
  // Other topics have images in the users' own environments meanwhile.
  const id = randomUUID().replaceAll("-", "");
  const environment = new Environment(demo, id);
  const idsOf = (images: ImageBody[]) => images.filter(({ owner }) => owner === id).map((image) => image.id);
  let expected: string[];
  beforeEach(async () => {
    const older = await environment.create({ name: unique() });
    const newer = await environment.create({ name: unique() });
    expected = [newer.id, older.id];
  });

  it("shows the images of the environment, the newest first, in an object in a list", async () => {
    expect(idsOf(await environment.list())).toEqual(expected);
    expect(idsOf(await new Environment(demo).list())).toEqual([]);
  });

  it("shows what everybody sees, and what each image is", async () => {
    const { id } = await v2.admin.createActiveImage({ name: unique(), visibility: "public" });
    const shown = (await environment.list()).find((image) => image.id === id);
    expect(shown).toMatchObject({ status: "active", visibility: "public", owner: (await admin.logIn()).projectId });
    expect(shown).toEqual((await environment.get(`/images/${id}`)).body);
  });

  it("is the same with a slash at the end of the address", async () => {
    expect(idsOf(await environment.list("/images/"))).toEqual(expected);
  });

  describe("on demand", () => {
    const header = "x-glance-local-list";
    const list = async (form: string) => must(await environment.get("/images", { [header]: form }), 200);

    it.each([
      ["wrapped", (images: ImageBody[]) => [{ images }]],
      ["object", (images: ImageBody[]) => ({ images })],
      ["bare", (images: ImageBody[]) => images],
      ["single", (images: ImageBody[]) => images.map((image) => ({ images: image }))],
      ["image", (images: ImageBody[]) => images.map((image) => ({ image }))],
    ])("has the form %s", async (form, formed) => {
      const { body } = await list(form);
      const images = imagesIn(body);
      expect(body).toEqual(formed(images));
      expect(idsOf(images)).toEqual(expected);
    });

    it("has the documented form, which is no JSON", async () => {
      // The client of these tests throws for a body that it cannot read.
      await expect(list("documented")).rejects.toThrow(SyntaxError);
    });

    it("is refused in an unknown form", async () => {
      const message = `${header} must be one of wrapped, object, bare, single, image, documented.`;
      expect(await environment.get("/images", { [header]: "bogus" })).toMatchObject(refused(400, message));
    });
  });
});

/** Whatever looks like an image, wherever it is. */
function imagesIn(value: unknown): ImageBody[] {
  if (typeof value !== "object" || value === null) return [];
  return "id" in value ? [value as ImageBody] : Object.values(value).flatMap(imagesIn);
}
