import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rawImage } from "../tools/images";
import { describeCatalog, stepsOf, succeeded } from "./catalog";
import { dynamic, native } from "./doors";

const image = { diskFormat: "raw", containerFormat: "bare", name: "resume-one", localFile: "disk.raw" };
const content = rawImage(30_000);

/** Only an image that a cut-off create left, and that no state knows, is ever taken over. */
describeCatalog(
  "creates that were cut off",
  (catalog) => {
    let stamp: unknown;
    let stack: unknown;

    beforeAll(async () => {
      await writeFile(join(catalog().stack.folder, "disk.raw"), content);
    });

    test("an image carries its stamp, and the same one in every run", async () => {
      await catalog().up({ one: image });
      const made = await catalog().image((await catalog().ids()).one);
      stamp = made?.pulumi_glance_urn;
      stack = made?.pulumi_glance_stack;
      expect(stack).toMatch(/^[0-9a-f]{64}$/);
      expect(stamp).toMatch(/^[0-9a-f]{64}$/);
    });

    test("a targeted replace with unchanged inputs makes a new image", async () => {
      const [before] = await catalog().stack.resources();
      succeeded(await catalog().stack.up({ args: ["--target-replace", before?.urn ?? ""] }));
      const after = (await catalog().ids()).one;
      expect(after).not.toBe(before?.id);
      expect(await catalog().names("resume-")).toEqual(["resume-one"]);
      expect(await catalog().image(after)).toMatchObject({ status: "active", pulumi_glance_urn: stamp });
    });

    test("a leftover makes way for the next up: one image, right bytes", async () => {
      succeeded(await catalog().stack.destroy());
      const left = await catalog().other.createImage({
        name: "resume-one",
        disk_format: "raw",
        container_format: "bare",
        pulumi_glance_urn: stamp,
        pulumi_glance_stack: stack,
        pulumi_glance_state: "creating",
      });
      expect(stepsOf(await catalog().up())).toEqual({ one: "create" });
      expect(await catalog().names("resume-")).toEqual(["resume-one"]);
      expect(await catalog().image(left.id)).toBeUndefined();
      const finished = await catalog().image((await catalog().ids()).one);
      expect(finished).toMatchObject({ status: "active", size: content.length });
      expect(finished).not.toHaveProperty("pulumi_glance_state");
    });

    test("two stacks with the same names leave each other's images alone", async () => {
      const ours = (await catalog().ids()).one;
      const foreign = await catalog().other.createImage({
        name: "resume-foreign",
        pulumi_glance_urn: "f".repeat(64),
        pulumi_glance_state: "creating",
      });
      await catalog().up({ one: image, two: { ...image, name: "resume-two" } });
      expect((await catalog().ids()).one).toBe(ours);
      expect(await catalog().image(foreign.id)).toMatchObject({ status: "queued" });
      await catalog().other.delete(`/v2/images/${foreign.id}`);
    });
  },
  [dynamic, native],
);
