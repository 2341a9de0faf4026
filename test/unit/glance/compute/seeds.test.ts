import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer, Seen } from "../server";
import { collect } from "../v2/cloud";
import { useCloud, xmlAnswer } from "./cloud";

const seed = (name: string) => readFileSync(join(__dirname, "../../../fixtures/seeds", name), "utf8");
const json = JSON.parse(seed("compute-images-detail.json"));
const xml = seed("compute-images-detail.xml");
const empty = '<images xmlns="http://docs.openstack.org/compute/api/v1.1"/>';

/** The list as the documents show it, as the only page, in the format that is asked for. */
const page = ({ query, headers }: Seen): Answer => {
  const isLast = query.has("marker");
  if (headers.accept !== "application/xml") return { body: isLast ? { images: [] } : json };
  return xmlAnswer(isLast ? empty : xml);
};

const cloud = useCloud();

test("the list of images with details in JSON", async () => {
  const images = await collect((await cloud(page)).json.list({}));
  expect(images.map(({ name }) => name)).toEqual([
    "fakeimage7",
    "fakeimage123456",
    "fakeimage123456",
    "fakeimage6",
    "fakeimage123456",
    "fakeimage123456",
    "fakeimage123456",
  ]);
  expect(images[0]).toMatchObject({
    id: "70a599e0-31e7-49b7-b260-868f441e862b",
    status: "active",
    progress: 100,
    minDisk: 0,
    minRam: 0,
    size: null,
    createdAt: "2011-01-01T01:02:03Z",
    updatedAt: "2011-01-01T01:02:03Z",
    properties: { architecture: "x86_64", auto_disk_config: "True", kernel_id: "nokernel", ramdisk_id: "nokernel" },
    file: "http://glance.openstack.example.com/openstack/images/70a599e0-31e7-49b7-b260-868f441e862b",
  });
});

test("a ramdisk that is null is none", async () => {
  const images = await collect((await cloud(page)).json.list({}));
  expect(images[4]?.properties).toEqual({ kernel_id: "155d900f-4e14-4e4c-a73d-069cbf4541e6" });
});

test("the same list in XML, where null is None", async () => {
  const { json: inJson, xml: inXml } = await cloud(page);
  expect(await collect(inXml.list({}))).toEqual(await collect(inJson.list({})));
});
