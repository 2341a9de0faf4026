import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type FaultProxy, startFaultProxy } from "../../../provider/local/faults/proxy";
import { processesConnectedTo } from "../../tools/plugin/connected";
import { untilEnded } from "../../tools/plugin/ended";
import { describeCatalog, stepsOf, succeeded } from "../catalog";
import { native } from "../doors";
import { halfSent } from "./halfSent";

/** Bytes of the files: more than all buffers on their way take. */
const size = 64 * 1024 * 1024;

type Name = "interrupted" | "killed";

describeCatalog(
  "an interrupted upload",
  (catalog) => {
    const hashes = new Map<Name, string>();
    let proxy: FaultProxy;

    beforeAll(async () => {
      proxy = await startFaultProxy({ upstream: catalog().cloud.imageUrl });
      await catalog().stack.setConfig("glance:endpointOverride", proxy.url);
      for (const name of ["interrupted", "killed"] as const) {
        const file = join(catalog().stack.folder, `${name}.raw`);
        await writeFile(file, "not only holes");
        await truncate(file, size);
        const sha512 = createHash("sha512");
        await pipeline(createReadStream(file), sha512);
        hashes.set(name, sha512.digest("hex"));
      }
    }, 60_000);

    afterAll(() => proxy.close());

    /** Begins an `up` that goes on until somebody ends it: half of the image's bytes are there. */
    async function uploading(name: Name) {
      await catalog().declare({
        [name]: { name, diskFormat: "raw", containerFormat: "bare", localFile: `${name}.raw` },
      });
      const half = halfSent(proxy);
      const running = catalog().stack.begin("up");
      const early = running.ended.then((output) => Promise.reject(new Error(`it ended before its upload: ${output}`)));
      await Promise.race([half, early]);
      return running;
    }

    const ours = (name: Name) => catalog().other.list({ name });

    async function isWhole(name: Name): Promise<void> {
      const { [name]: id } = await catalog().ids();
      expect((await ours(name)).map((one) => one.id)).toEqual([id]);
      expect(await catalog().image(id)).toMatchObject({
        status: "active",
        size,
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
      const plugins = await processesConnectedTo(proxy.port);
      expect(plugins).toHaveLength(1);
      running.process.kill("SIGKILL");
      await running.ended;
      for (const pid of plugins) await untilEnded(pid);
      proxy.clear();
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
