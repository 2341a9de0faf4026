import { serverError } from "../refusals";
import { contractOf, unique } from "../suite";
import { create, names, reserve } from "./images";
import { refusedByRegistry, refusedInDetail, registrySays } from "./refusals";

contractOf("v1", "filters of GET /v1/images", ({ demo }) => {
  const mark = unique("mark");
  const marked = { "x-image-meta-property-mark": mark };
  const found = async (query: Record<string, string>) =>
    (await names(demo, { "property-mark": mark, ...query })).sort();

  beforeAll(async () => {
    await create(demo, {
      ...marked,
      "x-image-meta-name": "small",
      "x-image-meta-min_ram": "64",
      "x-image-meta-min_disk": "1",
      "x-image-meta-property-os_distro": "debian",
    });
    await create(demo, { ...marked, "x-image-meta-name": "a:b", "x-image-meta-protected": "True" }, "x".repeat(20));
    await create(demo, {
      ...marked,
      "x-image-meta-name": "amazon",
      "x-image-meta-disk_format": "ami",
      "x-image-meta-container_format": "ami",
    });
    await reserve(demo, { ...marked, "x-image-meta-name": "queued" });
  });

  it.each([
    [{ name: "small" }, ["small"]],
    [{ name: "none" }, []],
    [{ name: "" }, []],
    [{ name: "eq:a:b" }, ["a:b"]],
    [{ name: "in:small,queued" }, ["queued", "small"]],
    [{ status: "active" }, ["a:b", "amazon", "small"]],
    [{ status: "queued" }, ["queued"]],
    [{ status: "killed" }, []],
    [{ status: "bogus" }, []],
    [{ disk_format: "ami" }, ["amazon"]],
    [{ container_format: "ami" }, ["amazon"]],
    [{ disk_format: "floppy" }, []],
    [{ min_ram: "64" }, ["small"]],
    [{ min_disk: "1" }, ["small"]],
    [{ size_min: "12" }, ["a:b"]],
    [{ size_min: "11", size_max: "11" }, ["amazon", "small"]],
    [{ size_max: "0" }, ["queued"]],
    [{ protected: "True" }, ["a:b"]],
    [{ protected: "1" }, ["a:b"]],
    [{ protected: "false" }, ["amazon", "queued", "small"]],
    [{ "property-os_distro": "debian" }, ["small"]],
    [{ "property-os-distro": "debian" }, []],
    [{ "property-none": "x" }, []],
    [{ is_public: "False" }, ["a:b", "amazon", "queued", "small"]],
    [{ is_public: "True" }, ["a:b", "amazon", "queued", "small"]],
    [{ owner: "nobody", checksum: "x", bogus: "x", deleted: "True" }, ["a:b", "amazon", "queued", "small"]],
  ] as [Record<string, string>, string[]][])("%j", async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it("takes the last of repeated parameters", async () => {
    const { body } = await demo.send("GET", "/v1/images", { query: `property-mark=${mark}&name=small&name=queued` });
    expect(body).toMatchObject({ images: [{ name: "queued" }] });
  });

  it.each([
    ["size_min", "abc"],
    ["size_min", "-1"],
    ["size_max", ""],
    ["min_ram", "1.5"],
    ["protected", "maybe"],
    ["is_public", "bogus"],
  ])("refuses %s=%s", async (name, value) => {
    const refusal = refusedInDetail(400, `Bad value passed to filter ${name} got ${value}`);
    expect(await demo.get("/v1/images", { [name]: value })).toMatchObject(refusal);
    expect(await demo.get("/v1/images/detail", { [name]: value })).toMatchObject(refusal);
  });

  it("refuses protected=none", async () => {
    const said = registrySays.detail(400, "protected must be True, or False");
    expect(await demo.get("/v1/images", { protected: "none" })).toMatchObject(refusedByRegistry(400, said));
  });

  it.each(["a:b", "gt:x", 'in:"x'])("stumbles over name=%s", async (name) => {
    expect(await demo.get("/v1/images", { name })).toMatchObject(serverError);
  });
});
