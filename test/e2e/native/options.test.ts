import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rawImage } from "../../tools/images";
import type { StateResource } from "../../tools/pulumi";
import { type Declared, describeCatalog, said, stepsOf, succeeded } from "../catalog";
import { native } from "../doors";

const raw = { diskFormat: "raw", containerFormat: "bare" };

/** What Pulumi itself does with resources, as far as it needs the provider's help. */
describeCatalog(
  "Pulumi's options of an image",
  (catalog) => {
    const file = (path: string, seed: string) => writeFile(join(catalog().stack.folder, path), rawImage(50_000, seed));
    const imageOf = async (name: string) => catalog().image((await catalog().ids())[name]);
    const resource = async (name: string) =>
      (await catalog().stack.resources()).find(({ urn }) => urn.endsWith(`::${name}`)) as StateResource;

    const images = {
      kept: { ...raw, name: "options-kept", tags: ["mine"], properties: { a: "1", b: "1" }, localFile: "kept.raw" },
      other: { ...raw, name: "options-other", minDisk: 1, localFile: "other.raw" },
    } satisfies Declared;

    beforeAll(async () => {
      await Promise.all([file("kept.raw", "kept"), file("other.raw", "other")]);
      await catalog().up(images);
    }, 60_000);

    test("ignoreChanges leaves alone what others changed and what the program changes", async () => {
      const { kept: id } = await catalog().ids();
      await catalog().other.patch(id as string, [
        { op: "replace", path: "/tags", value: ["theirs"] },
        { op: "replace", path: "/a", value: "theirs" },
      ]);
      succeeded(await catalog().stack.refresh());
      await file("kept.raw", "changed");
      const options = { ignoreChanges: ["tags", "properties.a", "localFile"] };
      const properties = { a: "2", b: "2" };
      const result = await catalog().up({ ...images, kept: { ...images.kept, tags: ["new"], properties, options } });
      expect(stepsOf(result)).toEqual({ kept: "update" });
      expect(await imageOf("kept")).toMatchObject({ id, tags: ["theirs"], a: "theirs", b: "2" });
      await file("kept.raw", "kept");
      await catalog().up(images);
      expect(await imageOf("kept")).toMatchObject({ id, tags: ["mine"], a: "1", b: "1" });
    });

    test("replaceOnChanges replaces for what would change in place", async () => {
      const before = (await catalog().ids()).other;
      const options = { replaceOnChanges: ["minDisk"] };
      const result = await catalog().up({ ...images, other: { ...images.other, minDisk: 2, options } });
      expect(result.steps.filter(({ name }) => name === "other").map(({ op }) => op)).toContain("create-replacement");
      expect((await catalog().ids()).other).not.toBe(before);
      expect(await catalog().image(before)).toBeUndefined();
    });

    test("--target changes one image only", async () => {
      await catalog().declare({ kept: { ...images.kept, minRam: 64 }, other: { ...images.other, minRam: 64 } });
      const { urn } = await resource("other");
      expect(stepsOf(succeeded(await catalog().stack.up({ args: ["--target", urn] })))).toEqual({ other: "update" });
      expect(await imageOf("other")).toMatchObject({ min_ram: 64 });
      expect(await imageOf("kept")).toMatchObject({ min_ram: 0 });
    });

    test("up --refresh repairs drift at once", async () => {
      await catalog().up(images);
      const { kept: id } = await catalog().ids();
      await catalog().other.patch(id as string, [{ op: "replace", path: "/name", value: "options-drifted" }]);
      succeeded(await catalog().stack.up({ args: ["--refresh"] }));
      expect(await imageOf("kept")).toMatchObject({ id, name: "options-kept" });
    });

    test("an alias keeps the image of a renamed resource", async () => {
      const { other: id } = await catalog().ids();
      const renamed = { kept: images.kept, renamed: { ...images.other, options: { aliases: [{ name: "other" }] } } };
      expect(stepsOf(await catalog().up(renamed))).toEqual({});
      expect((await catalog().ids()).renamed).toBe(id);
      await catalog().up({ kept: images.kept });
      expect(await catalog().image(id)).toBeUndefined();
    });

    test("deleteBeforeReplace has the old image gone first", async () => {
      await file("kept.raw", "fresh");
      const options = { deleteBeforeReplace: true };
      const { steps } = await catalog().up({ kept: { ...images.kept, options } });
      const ops = steps.filter(({ name }) => name === "kept").map(({ op }) => op);
      expect(ops.indexOf("delete-replaced")).toBeLessThan(ops.indexOf("create-replacement"));
      expect(await catalog().names("options-")).toEqual(["options-kept"]);
    });

    test("customTimeouts that are too short say so; more time makes the image", async () => {
      const url = catalog().mirror.set("/slow.raw", { content: rawImage(50_000, "slow"), stallAfter: 1000 });
      const slow = { ...raw, name: "options-slow", copyFrom: url };
      const text = await catalog().failingUp({
        kept: images.kept,
        slow: { ...slow, options: { customTimeouts: { create: "2s" } } },
      });
      expect(text).toMatch(/2 s.*customTimeouts/s);
      catalog().mirror.release("/slow.raw");
      await catalog().up({
        kept: images.kept,
        slow: { ...slow, options: { customTimeouts: { create: "2m", update: "2m" } } },
      });
      expect(await imageOf("slow")).toMatchObject({ status: "active", size: 50_000 });
      expect(await catalog().names("options-slow")).toEqual(["options-slow"]);
    });

    test("retainOnDelete leaves the image in the cloud", async () => {
      const retained = { ...images.other, name: "options-retained", options: { retainOnDelete: true } };
      await catalog().up({ kept: images.kept, retained });
      const { retained: id } = await catalog().ids();
      await catalog().up({ kept: images.kept });
      expect(await catalog().image(id)).toMatchObject({ status: "active" });
      await catalog().other.delete(`/v2/images/${id}`);
    });

    describe("of an image that is guarded", () => {
      const guarded = { ...images.other, name: "options-guarded" };
      const options = { protect: true, additionalSecretOutputs: ["checksum"] };

      test("additionalSecretOutputs has an output encrypted in the state", async () => {
        await catalog().up({ kept: images.kept, guarded: { ...guarded, options } });
        const { outputs } = await resource("guarded");
        expect(outputs).toMatchObject({ checksum: { ciphertext: expect.any(String) }, size: 50_000 });
        expect(JSON.stringify(outputs)).not.toContain((await imageOf("guarded"))?.checksum);
      });

      test("protect keeps the image until it is taken back", async () => {
        const { guarded: id } = await catalog().ids();
        expect(await catalog().failingUp({ kept: images.kept })).toMatch(/protect/);
        expect(await catalog().image(id)).toMatchObject({ status: "active" });
        await catalog().up({ kept: images.kept, guarded });
        await catalog().up({ kept: images.kept });
        expect(await catalog().image(id)).toBeUndefined();
      });
    });

    test("a misspelt input fails in the preview", async () => {
      await catalog().declare({ kept: { ...images.kept, min_disk: 1 } });
      expect(said(await catalog().stack.preview())).toMatch(/min_disk.*minDisk/s);
      await catalog().up({ kept: images.kept });
    });
  },
  [native],
);
