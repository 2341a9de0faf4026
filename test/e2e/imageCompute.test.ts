import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { TestStack } from "../tools/pulumi";
import { said, succeeded } from "./catalog";

jest.setTimeout(180_000);

const prelude = 'const { Image, getImages } = require("pulumi-glance");\n';
const name = "compute-e2e";

describe.each(["json", "xml"])("in %s", (format) => {
  describeClouds(
    "images through the Compute API",
    (cloud) => {
      const other = new User(cloud, cloud.demo, () => {});
      let stack: TestStack;

      beforeAll(async () => {
        const env = environmentOf(cloud, cloud.demo);
        stack = await TestStack.create({ program: prelude, env });
        await stack.setConfig("glance:format", format);
      }, 60_000);
      afterAll(async () => {
        await stack.destroy();
        await stack.remove();
      }, 120_000);

      const run = (program: string) => stack.write("index.js", prelude + program);
      const exists = async (id: string) => (await other.show(id)).status === 200;

      test("creating one fails in the preview and names the APIs that can", async () => {
        await run(`new Image("made", { api: "compute", name: "${name}" });`);
        const result = await stack.preview();
        expect(result.code).not.toBe(0);
        expect(said(result)).toMatch(/the Compute API creates and changes no images; the Image API v2 \(api: v2\)/);
      });

      test("they are looked up and listed", async () => {
        const properties = { os_distro: "debian", image_type: "snapshot" };
        const { id } = await other.createActiveImage({ name, min_ram: 64, ...properties });
        try {
          await run(`
            const image = Image.get("seen", "${id}", { api: "compute" });
            exports.image = { name: image.name, minRam: image.minRam, status: image.status, all: image.allProperties };
            const ids = (filters) => getImages({ api: "compute", name: "${name}", ...filters }).then(({ ids }) => ids);
            exports.snapshots = ids({ type: "SERVER", status: "active", minRam: 64 });
            exports.base = ids({ type: "BASE" });
            exports.brief = ids({ detail: false, limit: 1 });
            exports.later = ids({ changesSince: "2090-01-01T00:00:00Z" });
          `);
          succeeded(await stack.up());
          expect(await stack.outputs()).toEqual({
            image: { name, minRam: 64, status: "active", all: properties },
            snapshots: [id],
            base: [],
            brief: [id],
            later: [],
          });
        } finally {
          await other.delete(`/v2/images/${id}`);
        }
      });

      test("a filter of another API is named", async () => {
        await run('getImages({ api: "compute", tags: ["a"] });');
        const result = await stack.up();
        expect(result.code).not.toBe(0);
        expect(said(result)).toMatch(/The filter tags is no filter of the Compute API/);
      });

      test("an image that the stack made is read and deleted through it", async () => {
        await run(`exports.id = new Image("made", { name: "${name}", properties: { a: "1" } }).id;`);
        succeeded(await stack.up());
        const { id } = (await stack.outputs()) as { id: string };
        await stack.setConfig("glance:api", "compute");
        succeeded(await stack.refresh());
        expect(await exists(id)).toBe(true);
        succeeded(await stack.destroy());
        expect(await exists(id)).toBe(false);
      });
    },
    "compute",
  );
});
