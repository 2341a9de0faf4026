import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { rawImage } from "../tools/images";
import { Catalog, type Declared, said, stepsOf, succeeded } from "./catalog";

const raw = { api: "alliance", diskFormat: "raw", containerFormat: "bare" };
const bytes = rawImage(100_000, "al");

describeClouds(
  "an image through the Alliance Glance API",
  (cloud) => {
    jest.setTimeout(180_000);
    const url = cloud.apis.alliance as string;
    let catalog: Catalog;
    let tenancy: Record<string, string>;
    const other = new User(cloud, cloud.demo, () => {}, url);

    beforeAll(async () => {
      const { projectId } = await other.logIn();
      tenancy = { "x-target-ns": "ccsr1", "x-environment-id": projectId };
      const env = { GLANCE_ALLIANCE_URL: url, GLANCE_TARGET_NS: "ccsr1", GLANCE_ENVIRONMENT_ID: projectId };
      catalog = await Catalog.create(cloud, { ...environmentOf(cloud, cloud.demo), ...env });
      await writeFile(join(catalog.stack.folder, "a.raw"), bytes);
    }, 120_000);
    afterAll(() => catalog?.close(), 120_000);

    /** The image of the stack as the service shows it. */
    const seen = async (name: string) => {
      const { status, body } = await other.send("GET", `/images/${(await catalog.ids())[name]}`, { headers: tenancy });
      return status === 200 ? (body as Record<string, unknown>) : undefined;
    };
    const copied = (more = {}): Declared => ({
      copied: { ...raw, name: "alliance-a", minDisk: 2, copyFrom: catalog.mirror.set("/al.raw", bytes), ...more },
    });

    test("a preview fails for whatever the API does not carry, and names it", async () => {
      const wrong = { tags: ["a"], protected: true, visibility: "public", properties: { a: "1" }, localFile: "a.raw" };
      await catalog.declare({ wrong: { ...raw, ...wrong } });
      const result = await catalog.stack.preview();
      expect(result.code).not.toBe(0);
      for (const input of Object.keys(wrong))
        expect(said(result)).toMatch(new RegExp(`${input}\\W.*the Alliance Glance API does not carry it`));
    });

    test("up copies from a URL and waits until the image is active", async () => {
      await catalog.up(copied());
      expect(await seen("copied")).toMatchObject({
        name: "alliance-a",
        status: "active",
        size: bytes.length,
        disk_format: "raw",
        min_disk: 2,
      });
    });

    test("up again changes nothing", async () => {
      expect(stepsOf(await catalog.up())).toEqual({});
    });

    test("the name changes in place", async () => {
      const before = await catalog.ids();
      expect(stepsOf(await catalog.up(copied({ name: "alliance-b" })))).toEqual({ copied: "update" });
      expect(await catalog.ids()).toEqual(before);
      expect(await seen("copied")).toMatchObject({ name: "alliance-b", min_disk: 2 });
    });

    test("an image that others deleted is made anew", async () => {
      const { copied: before } = await catalog.ids();
      await other.send("DELETE", `/images/${before}`, { headers: tenancy });
      succeeded(await catalog.stack.refresh());
      expect(stepsOf(await catalog.up())).toEqual({ copied: "create" });
      expect(await seen("copied")).toMatchObject({ name: "alliance-b", status: "active" });
    });

    test("destroy deletes the image", async () => {
      const { copied: id } = await catalog.ids();
      succeeded(await catalog.stack.destroy());
      expect((await other.send("GET", `/images/${id}`, { headers: tenancy })).status).toBe(404);
    });
  },
  "alliance",
);
