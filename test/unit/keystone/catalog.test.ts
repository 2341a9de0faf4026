import { type Catalog, catalogSchema, endpointIn, serviceUrl } from "../../../provider/keystone/catalog";
import type { Cloud } from "../../../provider/keystone/types";
import { cloudAt } from "./fakeCloud";

const at = (region: string, iface: string, url: string | null = `http://${iface}.${region}`) => ({
  interface: iface,
  region,
  region_id: region,
  url,
});

const catalog: Catalog = [
  {
    type: "image",
    name: "glance",
    endpoints: [at("R1", "public", ""), at("R1", "admin"), at("R1", "public"), at("R2", "public")],
  },
  { type: "image", name: "mirror", endpoints: [at("R1", "public", "http://mirror")] },
  { type: "compute", name: "nova", endpoints: null },
];

function find(more: Partial<Cloud> = {}, given = catalog) {
  const warnings: string[] = [];
  const url = endpointIn(given, cloudAt("http://k", more), "image", (text) => warnings.push(text));
  return { url, warnings };
}

test("by region and interface, without those that have no URL", () => {
  expect(find({ region: "R2" }).url).toBe("http://public.R2");
  expect(find({ region: "R1", interface: "admin" }).url).toBe("http://admin.R1");
  expect(find({ region: "R1" }).url).toBe("http://public.R1");
});

test("settings of the service beat those of the cloud", () => {
  const services = { image: { interface: "admin", region: "R1" } } as const;
  expect(find({ region: "R2", services }).url).toBe("http://admin.R1");
});

test("by the service's name", () => {
  expect(find({ region: "R1", services: { image: { serviceName: "mirror" } } }).url).toBe("http://mirror");
});

test("by the service's type", () => {
  const given = [{ type: "imagev9", endpoints: [at("R1", "public")] }];
  expect(find({ services: { image: { serviceType: "imagev9" } } }, given).url).toBe("http://public.R1");
});

test("without a region the first is taken, with a warning where there are several", () => {
  expect(find()).toEqual({ url: "http://public.R1", warnings: [expect.stringMatching(/R1, R2 the first is used/)] });
  expect(find({ interface: "admin" })).toEqual({ url: "http://admin.R1", warnings: [] });
});

test("endpoints in the form of Identity API v2", () => {
  const old = [{ type: "image", endpoints: [{ region: "R1", publicURL: "http://p", internalURL: "http://i" }] }];
  expect(find({ interface: "internal", region: "R1" }, old).url).toBe("http://i");
});

test("what has another shape in it is passed over", () => {
  const odd = [
    null,
    "image",
    { type: 7 },
    { type: "image", endpoints: "none" },
    { type: "image", name: {}, endpoints: [at("R1", "public", "http://wrong")] },
    { type: "image", endpoints: [null, { interface: "public", url: 7 }, { ...at("R1", "public"), region_id: [] }] },
  ];
  const read = catalogSchema.parse([...odd, { type: "image", endpoints: [at("R1", "public", "http://right")] }]);
  expect(find({ region: "R1" }, read).url).toBe("http://right");
  expect(() => find({}, catalogSchema.parse(odd))).toThrow(expect.objectContaining({ code: "NO_ENDPOINT" }));
});

test.each<[string, Partial<Cloud>, Catalog, RegExp]>([
  [
    "another region",
    { region: "r1" },
    catalog,
    /no public endpoint of the image service in region "r1".* has admin in R1, public in R1, public in R2/,
  ],
  ["another interface", { interface: "internal" }, catalog, /no internal endpoint.*OS_INTERFACE/],
  ["another service", {}, [{ type: "volume", endpoints: [] }], /no image service, only volume/],
  ["nothing", {}, [], /empty: set a project/],
])("there is none: %s", (_, more, given, message) => {
  expect(() => find(more, given)).toThrow(
    expect.objectContaining({ code: "NO_ENDPOINT", message: expect.stringMatching(message) }),
  );
});

test.each([
  ["image", "http://img:9292", "http://img:9292"],
  ["image", "http://img:9292/", "http://img:9292"],
  ["image", "http://img/image/v2/", "http://img/image"],
  ["image", "http://img/v1", "http://img"],
  ["image", "http://img/v2.17", "http://img"],
  ["image", "http://img/v2/extra", "http://img/v2/extra"],
  ["compute", "http://nova/v2.1/", "http://nova/v2.1"],
])("the %s service at %s has its root at %s", (type, url, root) => {
  expect(serviceUrl(type, url)).toBe(root);
});
