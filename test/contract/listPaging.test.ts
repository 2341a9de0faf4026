import { refused } from "./refusals";
import { contract, unique } from "./suite";
import type { ImageBody, User } from "./user";

interface Page {
  images: ImageBody[];
  first: string;
  next?: string;
  schema: string;
}

contract("list: pages", (server) => {
  const tag = unique("tag");
  const page = async (query: string, user: User = server.demo) =>
    (await user.get("/v2/images", `tag=${tag}&${query}`)).body as Page;
  const create = async (...names: string[]) => {
    const images: ImageBody[] = [];
    for (const name of names) images.push(await server.demo.createImage({ name, tags: [tag, "second"] }));
    return images;
  };
  const namesOf = ({ images }: Page) => images.map(({ name }) => name);

  it("answers 200 with images like those that show shows", async () => {
    const [image] = await create("a");
    const shown = (await server.demo.show(image?.id ?? "")).body as ImageBody;
    const listed = await page("");
    for (const { tags } of [shown, ...listed.images]) tags.sort();
    expect(listed).toEqual({
      images: [shown],
      first: `/v2/images?tag=${tag}`,
      schema: "/v2/schemas/images",
    });
  });

  it("names the next page with the last image as marker", async () => {
    const [a, b] = await create("a", "b", "c");
    const first = await page("sort=name:asc&limit=2");
    expect(namesOf(first)).toEqual(["a", "b"]);
    expect(first.first).toBe(`/v2/images?tag=${tag}&sort=name%3Aasc&limit=2`);
    expect(first.next).toBe(`/v2/images?tag=${tag}&sort=name%3Aasc&limit=2&marker=${b?.id}`);
    expect(namesOf(await page(`sort=name:asc&limit=2&marker=${a?.id}`))).toEqual(["b", "c"]);
  });

  it("leaves first without the marker of a later page", async () => {
    const [a] = await create("a", "b");
    expect((await page(`sort=name:asc&marker=${a?.id}`)).first).toBe(`/v2/images?tag=${tag}&sort=name%3Aasc`);
  });

  it("continues after the marker in descending order, too", async () => {
    const [, b] = await create("a", "b", "c");
    expect(namesOf(await page(`sort=name:desc&marker=${b?.id}`))).toEqual(["a"]);
  });

  it("names a next page when the last one is full; that page is empty", async () => {
    const [, b] = await create("a", "b");
    expect((await page("sort=name:asc&limit=2")).next).toBeDefined();
    const last = await page(`sort=name:asc&limit=2&marker=${b?.id}`);
    expect(last.images).toEqual([]);
    expect(last).not.toHaveProperty("next");
  });

  it("names no next page when fewer images came than the limit", async () => {
    await create("a");
    expect(await page("limit=2")).not.toHaveProperty("next");
  });

  it("answers an empty page without a next one for limit=0", async () => {
    await create("a");
    const empty = await page("limit=0");
    expect(empty.images).toEqual([]);
    expect(empty).not.toHaveProperty("next");
  });

  it("lists 25 images without a limit", async () => {
    await create(...Array.from({ length: 26 }, (_, index) => `image ${index}`));
    const listed = await page("");
    expect(listed.images).toHaveLength(25);
    expect(listed.next).toMatch(/&marker=/);
  });

  it.each(["5000", "99999999999999999999"])("takes the limit %s", async (limit) => {
    await create("a");
    expect(namesOf(await page(`limit=${limit}`))).toEqual(["a"]);
  });

  it("forgets all but the last of repeated parameters in first and next", async () => {
    await create("a", "b");
    const { first, next } = await page("tag=second&limit=1");
    expect(first).toBe("/v2/images?tag=second&limit=1");
    expect(next).toMatch(/^\/v2\/images\?tag=second&limit=1&marker=/);
  });

  it.each([
    ["limit=-1", "limit param must be positive"],
    ["limit=abc", "limit param must be an integer"],
    ["limit=1.5", "limit param must be an integer"],
    ["limit=", "limit param must be an integer"],
    ["marker=nope", "No image found with ID nope"],
    ["marker=", "No image found with ID "],
  ])("answers 400 for %s", async (query, reason) => {
    expect(await server.demo.get("/v2/images", query)).toMatchObject(refused(400, reason));
  });

  it("answers 400 when the marker was deleted meanwhile", async () => {
    const { id } = await server.demo.createImage();
    await server.demo.delete(`/v2/images/${id}`);
    const answer = await server.demo.get("/v2/images", { marker: id });
    expect(answer).toMatchObject(refused(400, `No image found with ID ${id}`));
  });

  it("answers 403 when the marker is another project's", async () => {
    const { id } = await server.alt.createImage({ visibility: "private" });
    const answer = await server.demo.get("/v2/images", { marker: id });
    expect(answer).toMatchObject(refused(403, `Forbidding request, image ${id} not visible`));
  });
});
