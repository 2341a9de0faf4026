import { contractOf, unique } from "../suite";
import type { ImageBody } from "../user";
import { faulted } from "./faults";
import { type ComputeList, list, namesIn } from "./images";

contractOf("compute", "list pages", (server) => {
  const batch = unique();
  const mine = `property-batch=${batch}`;
  const names = ["c", "b", "a"];
  let images: ImageBody[];

  beforeAll(async () => {
    images = [];
    for (const name of [...names].reverse()) images.unshift(await server.v2.demo.createImage({ batch, name }));
  });

  const id = (index: number) => images[index]?.id ?? "";

  it("walks through all images by the link to the next page, up to an empty one", async () => {
    const found: unknown[] = [];
    let path = `/v2.1/images?${mine}&limit=2`;
    for (;;) {
      const page = (await server.demo.get(path)).body as ComputeList;
      found.push(namesIn(page));
      const next = page.images_links?.[0]?.href;
      if (next === undefined) break;
      path = next.slice((server.cloud.apis.compute ?? "").length);
    }
    expect(found).toEqual([["c", "b"], ["a"]]);
  });

  it.each([
    ["limit=1", ["c"], 0],
    ["limit=3", names, 2],
    ["limit=4", names, undefined],
    ["limit=100000", names, undefined],
    ["limit=99999999999999999999", names, undefined],
    ["limit=01", ["c"], 0],
    ["limit=1&limit=2", ["c", "b"], 1],
    ["page_size=1", names, undefined],
    ["offset=2", names, undefined],
    ["marker=", names, undefined],
  ])("%s finds %j and links to what follows image %s", async (query, expected, last) => {
    const { images_links, ...page } = await list(server.demo, `${mine}&${query}`);
    expect(namesIn(page)).toEqual(expected);
    const marker = last === undefined ? undefined : `marker=${id(last)}`;
    expect(images_links?.[0]?.href.split("&").at(-1)).toBe(marker);
  });

  it("begins after the marker", async () => {
    expect(namesIn(await list(server.demo, `${mine}&marker=${id(0)}`))).toEqual(["b", "a"]);
    expect(await list(server.demo, `${mine}&marker=${id(2)}`)).toEqual({ images: [] });
  });

  it("sorts the parameters of a link, keeps the place of the marker and drops those that it does not know", async () => {
    const query = `${mine}&name=in:b,x&minDisk=0&limit=1&foo=%C3%BC&marker=${id(0)}&changes-since=2020-01-01T00:00:00Z`;
    const { images_links } = await list(server.demo, query);
    const since = "changes-since=2020-01-01T00%3A00%3A00Z";
    const parameters = `${since}&limit=1&marker=${id(1)}&minDisk=0&name=in%3Ab%2Cx&${mine}`;
    expect(images_links).toEqual([{ rel: "next", href: `${server.cloud.apis.compute}/v2.1/images?${parameters}` }]);
  });

  it("links the detailed list to the detailed list", async () => {
    const { images_links } = await list(server.demo, `${mine}&limit=1`, "/v2/images/detail");
    const href = `${server.cloud.apis.compute}/v2/images/detail?limit=1&${mine}&marker=${id(0)}`;
    expect(images_links).toEqual([{ rel: "next", href }]);
  });

  it.each([
    ["limit=0", "limit. Value: 0. 0 is less than the minimum of 1"],
    ["limit=-1", "limit. Value: -1. '-1' does not match '^[0-9]*$'"],
    ["limit=abc", "limit. Value: abc. 'abc' does not match '^[0-9]*$'"],
    ["limit=1.5", "limit. Value: 1.5. '1.5' does not match '^[0-9]*$'"],
    ["limit=", "limit. Value: . '' should be non-empty"],
    ["limit=0&limit=1", "limit. Value: 0. 0 is less than the minimum of 1"],
    ["page_size=0", "page_size. Value: 0. 0 is less than the minimum of 1"],
    ["page_size=abc", "page_size. Value: abc. 'abc' does not match '^[0-9]*$'"],
    ["offset=0", "offset. Value: 0. 0 is less than the minimum of 1"],
    ["offset=abc&limit=x", "limit. Value: x. 'x' does not match '^[0-9]*$'"],
  ])("answers 400 for %s", async (query, reason) => {
    for (const path of ["/v2.1/images", "/v2/images/detail"]) {
      expect(await server.demo.get(path, query)).toMatchObject(
        faulted(400, `Invalid input for query parameters ${reason}`),
      );
    }
  });

  it.each(["11111111-1111-4111-8111-111111111111", "abc"])("answers 400 for the marker %s", async (marker) => {
    const fault = faulted(400, `HTTP 400 Bad Request: No image found with ID ${marker}`);
    expect(await server.demo.get("/v2.1/images", { marker })).toMatchObject(fault);
  });

  it("answers 400 for a deleted marker and 403 for one of another project", async () => {
    const gone = await server.v2.demo.createImage();
    await server.v2.demo.delete(`/v2/images/${gone.id}`);
    expect(await server.demo.get("/v2.1/images", { marker: gone.id })).toMatchObject(
      faulted(400, `HTTP 400 Bad Request: No image found with ID ${gone.id}`),
    );
    const foreign = await server.v2.alt.createImage({ visibility: "private" });
    expect(await server.demo.get("/v2.1/images", { marker: foreign.id })).toMatchObject(
      faulted(403, `HTTP 403 Forbidden: Forbidding request, image ${foreign.id} not visible`),
    );
  });
});
