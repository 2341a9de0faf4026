import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageQuery } from "../../../../provider/glance/api";
import { blankImage, type GlanceImage } from "../../../../provider/glance/image";
import { collect, useCloud } from "./cloud";

const cloud = useCloud();

const body = JSON.parse(readFileSync(join(__dirname, "../../../fixtures/seeds/v2-images.json"), "utf8"));
const id = "c92d820c-50dc-4fd1-a0bc-2f1071487b67";
const trait = "trait:CUSTOM_HCI_122E856B9E9C4D80A0F8C21591B5AFCB";

/** The images of a service that has the documented one and no other, and how it was asked. */
async function list(query: ImageQuery): Promise<{ images: GlanceImage[]; asked: string[] }> {
  const { api, server } = await cloud((seen) => ({ body: seen.query.has("marker") ? { images: [] } : body }));
  const images = await collect(api.list(query));
  return { images, asked: server.calls };
}

test("the documented list is read whole", async () => {
  const { images } = await list({});
  expect(images).toEqual([
    {
      ...blankImage(id),
      name: "cirros",
      status: "active",
      visibility: "public",
      owner: "f5d834d636c642c7bfe8af86139c6f26",
      diskFormat: "qcow2",
      containerFormat: "bare",
      minDisk: 1,
      size: 12716032,
      checksum: "443b7623e27ecf03dc9e01ee93f67afe",
      osHashAlgo: "sha512",
      osHashValue: "6513f21e44aa3da349f248188a<...>",
      createdAt: "2020-01-28T12:58:17Z",
      updatedAt: "2020-02-04T10:58:47Z",
      directUrl: "file:///mnt/vstorage/vols/datastores/glance/c92d820c-<...>",
      file: `/v2/images/${id}/file`,
      properties: {
        image_validated: "yes",
        os_distro: "linux",
        os_type: "linux",
        hw_disk_bus: "virtio",
        [trait]: "required",
      },
    },
  ]);
});

test.each<[string, ImageQuery, string]>([
  ["a placement trait", { properties: { [trait]: "required" } }, `${encodeURIComponent(trait)}=required`],
  [
    "a time with a zone",
    { createdAt: "gt:2015-08-27T09:49:58-05:00" },
    "created_at=gt%3A2015-08-27T09%3A49%3A58-05%3A00",
  ],
  ["an order of several keys", { sort: "name:asc,status:desc" }, "sort=name%3Aasc%2Cstatus%3Adesc"],
])("the documented list is filtered by %s", async (_, query, expected) => {
  const { images, asked } = await list(query);
  expect(asked[0]).toBe(`GET /v2/images?${expected}`);
  expect(images).toHaveLength(1);
});
