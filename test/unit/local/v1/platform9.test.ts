import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imageServer } from "./server";

const server = imageServer();

/** The images of an example in Platform9's documentation. */
function documented(name: string): Record<string, unknown>[] {
  const file = join(__dirname, "../../../fixtures/seeds", name);
  return JSON.parse(readFileSync(file, "utf8")).images;
}

const port = () => new URL(server.current.url).port;

const own = [
  "pf9_virtual_size",
  "pf9_path",
  "pf9_scheme",
  "pf9_port",
  "pf9_direct_download",
  "pf9_imagelib_id",
  "pf9_addresses",
];

const detail = async (query = "") => {
  const { status, body } = await server.current.send("GET", `/glance/v1/images/detail${query}`);
  expect(status).toBe(200);
  return body.images;
};

const create = (headers: Record<string, string>, body?: string) => server.current.create(headers, body, "/glance/v1");

it("shows where the bytes are in properties, all of them texts", async () => {
  await create({ "x-image-meta-name": "another test image", "x-image-meta-property-pf9_description": "mine" }, "abc");
  const [{ properties }] = await detail("?name=another%20test%20image");
  expect(properties).toEqual({
    pf9_description: "mine",
    pf9_virtual_size: "3",
    pf9_path: "/v1/images/snapshot/another%20test%20image",
    pf9_scheme: "http",
    pf9_port: port(),
    pf9_direct_download: "1",
    pf9_imagelib_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    pf9_addresses: expect.any(String),
  });
  expect(JSON.parse(properties.pf9_addresses)).toEqual([
    { broadcast: "127.255.255.255", netmask: "255.0.0.0", addr: "127.0.0.1" },
  ]);
});

it("shows the size of the disk where it is known", async () => {
  const { id } = await create({ "x-image-meta-virtual_size": "21474836480" }, "abc");
  const { headers } = await server.current.send("HEAD", `/glance/v1/images/${id}`);
  expect(headers.get("x-image-meta-property-pf9_virtual_size")).toBe("21474836480");
});

it("lists the six fields of Glance in brief", async () => {
  const { id } = await create({});
  const { body } = await server.current.send("GET", "/glance/v1/images?limit=1");
  expect(body.images).toEqual([
    { id, name: null, size: 0, disk_format: "raw", container_format: "bare", checksum: null },
  ]);
});

it("shows each field that is documented, as the same type", async () => {
  const types = (image: object) =>
    Object.fromEntries(Object.entries(image).map(([name, value]) => [name, value === null ? "null" : typeof value]));
  const { id } = await create({ "x-image-meta-name": "documented" }, "abc");
  const [detailed] = await detail("?name=documented");
  for (const { properties, ...example } of documented("platform9-images-detail.json")) {
    expect(types(detailed)).toMatchObject({ ...types(example), owner: "string" });
    expect(types(detailed.properties)).toEqual(types(properties as object));
  }
  const { body } = await server.current.send("GET", "/glance/v1/images?name=documented");
  expect(body.images).toMatchObject([{ id }]);
  for (const image of documented("platform9-images.json")) expect(types(body.images[0])).toEqual(types(image));
});

it("lets nobody write what is the server's", async () => {
  const headers = Object.fromEntries(own.map((name) => [`x-image-meta-property-${name}`, "mine"]));
  const image = await create({ ...headers, "x-image-meta-property-hers": "1" });
  expect(image.properties).toMatchObject({ pf9_scheme: "http", hers: "1" });
  const changed = await server.current.send("PUT", `/glance/v1/images/${image.id}`, { headers });
  expect(changed.body.image.properties).toMatchObject({ pf9_scheme: "http", pf9_port: port() });
  expect(changed.body.image.properties).not.toHaveProperty("hers");
  const { body } = await server.current.send("GET", `/image/v2/images/${image.id}`);
  for (const name of own) expect(body).not.toHaveProperty(name);
});

it("filters by its own properties", async () => {
  const { id } = await create({}, "0123456789");
  const found = await detail("?property-pf9_virtual_size=10");
  expect(found.map((image: { id: string }) => image.id)).toEqual([id]);
  expect(await detail("?property-pf9_scheme=ftp")).toEqual([]);
});

it("has the images of the other APIs", async () => {
  const { id } = await server.current.create({ "x-image-meta-name": "plain" }, "abc");
  const [image] = await detail("?name=plain");
  expect(image).toMatchObject({ id, properties: { pf9_virtual_size: "3" } });
  const { body } = await server.current.send("GET", "/image/v1/images/detail?name=plain");
  expect(body.images[0].properties).toEqual({});
});
