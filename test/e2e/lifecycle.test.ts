import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rawImage } from "../tools/images";
import { type Catalog, describeCatalog, stepsOf, succeeded } from "./catalog";
import { dynamic, native } from "./doors";

const raw = { diskFormat: "raw", containerFormat: "bare" };
const bytes = rawImage(100_000, "a");

describeCatalog(
  "the life of an image",
  (catalog) => {
    const write = (path: string, content: Buffer) => writeFile(join(catalog().stack.folder, path), content);
    const imageOf = async (name: string) => catalog().image((await catalog().ids())[name]);

    /** Every attribute that can change in place. */
    const full = {
      ...raw,
      name: "life-full",
      minDisk: 3,
      minRam: 256,
      visibility: "private",
      hidden: true,
      tags: ["b", "a"],
      properties: { hw_disk_bus: "virtio", "a/b~c": "x" },
      localFile: "full.raw",
    };
    const images = () => ({
      full,
      bare: { ...raw },
      url: { ...raw, name: "life-url", copyFrom: catalog().mirror.set("/url.raw", bytes) },
    });

    test("a preview creates nothing", async () => {
      await write("full.raw", bytes);
      expect(stepsOf(await catalog().preview(images()))).toEqual({ full: "create", bare: "create", url: "create" });
      expect(await catalog().names("life-")).toEqual([]);
    });

    test("up creates the images and waits until they are active", async () => {
      await catalog().up(images());
      expect(await imageOf("full")).toMatchObject({
        name: "life-full",
        status: "active",
        size: bytes.length,
        min_disk: 3,
        min_ram: 256,
        visibility: "private",
        os_hidden: true,
        protected: false,
        hw_disk_bus: "virtio",
        "a/b~c": "x",
      });
      expect((await imageOf("full"))?.tags.sort()).toEqual(["a", "b"]);
      expect(await imageOf("url")).toMatchObject({ status: "active", size: bytes.length });
      expect(await imageOf("full")).not.toHaveProperty("pulumi_glance_state");
    });

    test("the bytes are those of the file and of the URL", async () => {
      for (const name of ["full", "url"]) {
        const answer = await catalog().other.get(`/v2/images/${(await catalog().ids())[name]}/file`);
        expect(answer.bytes.equals(bytes)).toBe(true);
      }
    });

    test("an image without a source is queued and carries the resource's name", async () => {
      expect(await imageOf("bare")).toMatchObject({ status: "queued", name: "bare" });
    });

    test("the state holds no absolute path, no password and a small provider", async () => {
      const resources = await catalog().stack.resources();
      const text = JSON.stringify(resources);
      expect(text).not.toContain(catalog().stack.folder);
      for (const { outputs } of resources) {
        expect(String(outputs?.__provider).length).toBeLessThanOrEqual(600);
        expect(Object.keys(outputs ?? {})).not.toContain("password");
      }
    });

    test("up again changes nothing, not even with the tags in another order", async () => {
      const { summary } = await catalog().up({ ...images(), full: { ...full, tags: ["a", "b"] } });
      expect(Object.keys(summary)).toEqual(["same"]);
    });

    test("every attribute changes in place", async () => {
      const before = (await catalog().ids()).full;
      const changed = {
        ...full,
        name: "life-renamed",
        minDisk: 4,
        minRam: 512,
        visibility: "community",
        hidden: false,
        protected: true,
        tags: ["c"],
        properties: { hw_disk_bus: "scsi", fresh: "1" },
        deactivated: true,
      };
      const result = await catalog().up({ ...images(), full: changed });
      expect(stepsOf(result)).toEqual({ full: "update" });
      expect((await catalog().ids()).full).toBe(before);
      const image = await imageOf("full");
      expect(image).toMatchObject({
        name: "life-renamed",
        min_disk: 4,
        min_ram: 512,
        visibility: "community",
        os_hidden: false,
        protected: true,
        tags: ["c"],
        hw_disk_bus: "scsi",
        fresh: "1",
        status: "deactivated",
      });
      expect(image).not.toHaveProperty("a/b~c");
    });

    test("what is no longer declared goes back; name and visibility stay", async () => {
      await catalog().up({ ...images(), full: { ...raw, localFile: "full.raw" } });
      const image = await imageOf("full");
      expect(image).toMatchObject({
        name: "life-renamed",
        visibility: "community",
        min_disk: 0,
        min_ram: 0,
        os_hidden: false,
        protected: false,
        tags: [],
        status: "active",
      });
      expect(image).not.toHaveProperty("hw_disk_bus");
      expect(image).not.toHaveProperty("fresh");
    });

    test("drift made by others is seen by a refresh and repaired by up; what nobody declared is left alone", async () => {
      await catalog().up({ ...images(), full });
      const { full: id } = await catalog().ids();
      const drifted = await catalog().other.patch(id as string, [
        { op: "replace", path: "/name", value: "life-drifted" },
        { op: "replace", path: "/tags", value: ["foreign"] },
        { op: "replace", path: "/hw_disk_bus", value: "ide" },
        { op: "add", path: "/foreign", value: "stays" },
      ]);
      expect(drifted.status).toBe(200);
      succeeded(await catalog().stack.refresh());
      expect(stepsOf(await catalog().preview({ ...images(), full }))).toEqual({ full: "update" });
      await catalog().up();
      const image = await imageOf("full");
      expect(image).toMatchObject({ name: "life-full", hw_disk_bus: "virtio", foreign: "stays" });
      expect(image?.tags.sort()).toEqual(["a", "b"]);
    });

    test("a refresh without drift leaves nothing to do", async () => {
      succeeded(await catalog().stack.refresh());
      expect(Object.keys((await catalog().up()).summary)).toEqual(["same"]);
    });

    test("an image deleted by others is made anew after a refresh", async () => {
      const { url: id } = await catalog().ids();
      expect((await catalog().other.delete(`/v2/images/${id}`)).status).toBe(204);
      succeeded(await catalog().stack.refresh());
      expect(stepsOf(await catalog().up())).toEqual({ url: "create" });
      expect(await imageOf("url")).toMatchObject({ status: "active" });
    });

    test("a source for a queued image is brought into it", async () => {
      const before = (await catalog().ids()).bare;
      await write("late.raw", bytes);
      const result = await catalog().up({ ...images(), full, bare: { ...raw, localFile: "late.raw" } });
      expect(stepsOf(result)).toEqual({ bare: "update" });
      expect((await catalog().ids()).bare).toBe(before);
      expect(await imageOf("bare")).toMatchObject({ status: "active", size: bytes.length });
    });

    test("dropping a source changes nothing", async () => {
      expect(stepsOf(await catalog().up({ ...images(), full, bare: { ...raw } }))).toEqual({});
      expect(await imageOf("bare")).toMatchObject({ status: "active" });
    });

    describe("replacements: the new image is made before the old one goes", () => {
      async function replaced(
        name: string,
        change: (catalog: Catalog) => Promise<Record<string, unknown>> | Record<string, unknown>,
      ) {
        const before = (await catalog().ids())[name];
        const args = await change(catalog());
        const declared = { ...images(), full, bare: { ...raw }, [name]: args };
        const result = await catalog().up(declared);
        const after = (await catalog().ids())[name];
        expect(after).not.toBe(before);
        expect(await catalog().image(before)).toBeUndefined();
        const ops = result.steps.filter((step) => step.name === name).map(({ op }) => op);
        expect(ops.indexOf("create-replacement")).toBeLessThan(ops.indexOf("delete-replaced"));
        return catalog().image(after);
      }

      test("other content under the same path", async () => {
        const image = await replaced("full", async () => {
          await write("full.raw", rawImage(50_000, "b"));
          return full;
        });
        expect(image).toMatchObject({ status: "active", size: 50_000 });
      });

      test("the same content under another path does not", async () => {
        await write("moved.raw", rawImage(50_000, "b"));
        const before = (await catalog().ids()).full;
        const result = await catalog().up({ ...images(), bare: { ...raw }, full: { ...full, localFile: "moved.raw" } });
        expect(stepsOf(result)).toEqual({ full: "update" });
        expect((await catalog().ids()).full).toBe(before);
        await catalog().up({ ...images(), full, bare: { ...raw } });
      });

      test("another URL", async () => {
        const other = catalog().mirror.set("/other.raw", rawImage(70_000, "c"));
        const image = await replaced("url", () => ({ ...raw, name: "life-url", copyFrom: other }));
        expect(image).toMatchObject({ status: "active", size: 70_000 });
      });

      test("what would change in place, with replaceOnChanges", async () => {
        const options = { replaceOnChanges: ["minDisk"] };
        expect(await replaced("full", () => ({ ...full, minDisk: 2, options }))).toMatchObject({ min_disk: 2 });
      });

      test("another format", async () => {
        const image = await replaced("full", () => ({ ...full, containerFormat: "ova" }));
        expect(image).toMatchObject({ container_format: "ova", status: "active" });
      });

      test("an id of one's own", async () => {
        const imageId = crypto.randomUUID();
        expect(await replaced("full", () => ({ ...full, imageId }))).toMatchObject({ id: imageId });
      });
    });

    test("destroy leaves nothing", async () => {
      const ids = Object.values(await catalog().ids());
      succeeded(await catalog().stack.destroy());
      for (const id of ids) expect(await catalog().image(id)).toBeUndefined();
      expect(await catalog().names("life-")).toEqual([]);
    });
  },
  [dynamic, native],
);
