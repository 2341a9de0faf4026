import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { describeCatalog, stepsOf, succeeded } from "../catalog";
import { native } from "../doors";

const mebibyte = 1024 * 1024;

/** Names of images, and the bytes of their files: enough for an upload that does not come to its end at once. */
const sizes = { interrupted: 1024 * mebibyte, killed: 256 * mebibyte };
type Name = keyof typeof sizes;

describeCatalog(
  "an interrupted upload",
  (catalog) => {
    const hashes = new Map<Name, string>();

    beforeAll(async () => {
      for (const name of ["interrupted", "killed"] as const) {
        const file = join(catalog().stack.folder, `${name}.raw`);
        await writeFile(file, "not only holes");
        await truncate(file, sizes[name]);
        const sha512 = createHash("sha512");
        await pipeline(createReadStream(file), sha512);
        hashes.set(name, sha512.digest("hex"));
      }
    }, 60_000);

    /** Begins an `up` and waits until the image's bytes are on their way. */
    async function uploading(name: Name) {
      await catalog().declare({
        [name]: { name, diskFormat: "raw", containerFormat: "bare", localFile: `${name}.raw` },
      });
      const running = catalog().stack.begin("up");
      while ((await ours(name)).every(({ status }) => status !== "saving")) {
        if (running.process.exitCode !== null)
          throw new Error(`it ended before its upload began: ${await running.ended}`);
      }
      return running;
    }

    const ours = (name: Name) => catalog().other.list({ name });

    async function isWhole(name: Name): Promise<void> {
      const { [name]: id } = await catalog().ids();
      expect((await ours(name)).map((one) => one.id)).toEqual([id]);
      expect(await catalog().image(id)).toMatchObject({
        status: "active",
        size: sizes[name],
        os_hash_value: hashes.get(name),
      });
      expect(await catalog().image(id)).not.toHaveProperty("pulumi_glance_state");
      expect(Object.keys((await catalog().up()).summary)).toEqual(["same"]);
    }

    test("Ctrl-C ends it, and the next up goes on: one image, right bytes", async () => {
      const running = await uploading("interrupted");
      running.process.kill("SIGINT");
      expect(await running.ended).toMatch(/the upload of "interrupted\.raw" was cancelled/);
      const [resource] = await catalog().stack.resources();
      expect(resource).toMatchObject({
        type: "glance:index:Image",
        initErrors: [expect.stringContaining("cancelled")],
      });
      expect((await ours("interrupted")).map(({ id }) => id)).toEqual([resource?.id]);
      await catalog().up();
      await isWhole("interrupted");
    }, 180_000);

    test("a killed CLI takes the plugin with it, and the next up makes it anew: one image, right bytes", async () => {
      const running = await uploading("killed");
      running.process.kill("SIGKILL");
      await running.ended;
      succeeded({ ...(await catalog().stack.run(["cancel", "--yes"])), summary: {}, steps: [] });
      expect(stepsOf(await catalog().up())).toMatchObject({ killed: "create" });
      await isWhole("killed");
    }, 180_000);

    test("destroy leaves nothing", async () => {
      succeeded(await catalog().stack.destroy());
      expect([...(await ours("interrupted")), ...(await ours("killed"))]).toEqual([]);
    });
  },
  [native],
);
