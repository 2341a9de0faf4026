import { readFileSync } from "node:fs";
import { join } from "node:path";
import { collect } from "../v2/cloud";
import { useCloud } from "./cloud";

const seed = (name: string): { images: Record<string, unknown>[] } =>
  JSON.parse(readFileSync(join(__dirname, "../../../fixtures/seeds", name), "utf8"));

/** The list as the documents show it, as the only page. */
const page =
  (name: string) =>
  ({ query }: { query: URLSearchParams }) => ({
    body: query.has("marker") ? { images: [] } : seed(name),
  });

const cloud = useCloud();

test("Platform9's list of images", async () => {
  const { platform9, server } = await cloud(page("platform9-images.json"));
  const images = await collect(platform9.list({ detail: false }));
  expect(server.seen[0]?.path).toBe("/v1/images");
  expect(images).toMatchObject([
    {
      id: "58ce3c31-da87-4051-9ab4-7d2bc25bdaf7",
      name: "another-test-image",
      containerFormat: "bare",
      diskFormat: "qcow2",
      checksum: "b5b206f3e980806903b1238667af2943",
      size: 19464192,
      status: "unknown",
      visibility: undefined,
      createdAt: undefined,
    },
    { name: "cirros-0.3.2-x86_64-disk.img", size: 13167616 },
  ]);
});

test("Platform9's list with details", async () => {
  const { platform9, server } = await cloud(page("platform9-images-detail.json"));
  const [image, ...more] = await collect(platform9.list({}));
  expect(server.seen[0]?.path).toBe("/v1/images/detail");
  expect(more).toEqual([]);
  expect(image).toMatchObject({
    status: "active",
    visibility: "public",
    owner: null,
    size: 19464192,
    virtualSize: 21474836480,
    createdAt: "2014-09-02T22:25:50Z",
    updatedAt: "2014-09-03T17:36:07Z",
    deletedAt: undefined,
  });
  expect(Object.keys(image?.properties ?? {}).sort()).toEqual([
    "pf9_addresses",
    "pf9_direct_download",
    "pf9_imagelib_id",
    "pf9_path",
    "pf9_port",
    "pf9_scheme",
    "pf9_virtual_size",
  ]);
  expect(JSON.parse(image?.properties.pf9_addresses ?? "")).toHaveLength(2);
});

test("the list of public images of the Image service v1, with its size as text and without an id", async () => {
  const { api } = await cloud(page("v1-images.json"));
  const images = await collect(api.list({ detail: false }));
  expect(images).toMatchObject([
    {
      id: "",
      status: "active",
      name: "Ubuntu 10.04 Plain",
      diskFormat: "vhd",
      containerFormat: "ovf",
      size: 5368709120,
    },
  ]);
});
