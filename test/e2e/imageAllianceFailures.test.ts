import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { rawImage } from "../tools/images";
import { TestStack } from "../tools/pulumi";
import { Catalog, said, stepsOf, succeeded } from "./catalog";

jest.setTimeout(180_000);

const raw = { api: "alliance", diskFormat: "raw", containerFormat: "bare" };
const bytes = rawImage(50_000, "alliance");

describeClouds(
  "trouble through the Alliance Glance API",
  (cloud) => {
    const other = new User(cloud, cloud.demo, () => {});
    const url = cloud.apis.alliance as string;
    let catalog: Catalog;
    let environmentId: string;

    beforeAll(async () => {
      environmentId = (await other.logIn()).projectId;
      const env = { GLANCE_ALLIANCE_URL: url, GLANCE_TARGET_NS: "ccsr1", GLANCE_ENVIRONMENT_ID: environmentId };
      catalog = await Catalog.create(cloud, { ...environmentOf(cloud, cloud.demo), ...env });
    }, 120_000);
    afterAll(() => catalog?.close(), 120_000);

    test("a change that the service takes and does not make is an error that names the field", async () => {
      const image = { ...raw, name: "al-trouble", minRam: 256 };
      await catalog.up({ image });
      const text = await catalog.failingUp({ image: { ...image, diskFormat: "iso", minRam: 512 } });
      expect(text).toMatch(/al-trouble.*did not make it: diskFormat stays "raw"/s);
      expect(await catalog.image((await catalog.ids()).image)).toMatchObject({ min_ram: 512, disk_format: "raw" });
      expect(stepsOf(await catalog.up({ image }))).toEqual({ image: "update" });
    });

    test("a copy that fails is told, and nothing is left of it", async () => {
      const copyFrom = catalog.mirror.set("/broken.raw", { content: bytes, closeAfter: 100 });
      const text = await catalog.failingUp({ broken: { ...raw, name: "al-broken", copyFrom } });
      expect(text).toMatch(/"al-broken" \([0-9a-f-]{36}\): the import of http:.*\/broken\.raw failed/);
      expect(text).toMatch(/the Alliance Glance API gives no reason; the image is killed/);
      expect(await catalog.names("al-broken")).toEqual([]);
    });

    test("a copy that is not finished in time is waited for by the next up, on the same image", async () => {
      const copyFrom = catalog.mirror.set("/slow.raw", { content: bytes, stallAfter: 100 });
      const slow = { ...raw, name: "al-slow", copyFrom };
      const text = await catalog.failingUp({ slow: { ...slow, waitTimeout: 1 } });
      expect(text).toMatch(/was not finished after 1 s.*The image is kept: the next `pulumi up` goes on with it/s);
      const begun = (await catalog.stack.resources()).find(({ urn }) => urn.endsWith("::slow"));
      catalog.mirror.release("/slow.raw");
      await catalog.up({ slow });
      const { slow: id } = await catalog.ids();
      expect(id).toBe(begun?.id);
      expect(await catalog.image(id)).toMatchObject({ status: "active", size: bytes.length });
    });

    describe("without Keystone", () => {
      let stack: TestStack;
      const program = `
        const { getImages } = require("pulumi-glance");
        exports.ids = getImages({ api: "alliance", name: "al-listed" }).then(({ ids }) => ids);
      `;
      // Nothing answers at that address: whoever asked Keystone would fail.
      const env = { OS_AUTH_TYPE: "none", OS_AUTH_URL: "http://127.0.0.1:9", GLANCE_ALLIANCE_URL: url };
      beforeAll(async () => {
        stack = await TestStack.create({ program, env });
      }, 60_000);
      afterAll(() => stack?.remove());

      test("each option that every request needs is asked for by its name", async () => {
        const needed = [
          ["targetNs", "GLANCE_TARGET_NS", "ccsr1"],
          ["environmentId", "GLANCE_ENVIRONMENT_ID", environmentId],
        ] as const;
        for (const [option, variable, value] of needed) {
          const text = said(await stack.preview());
          expect(text).toMatch(new RegExp(`needs the option ${option}.*glance:${option}.*${variable}`, "s"));
          await stack.setConfig(`glance:${option}`, value);
        }
      });

      test("images are listed", async () => {
        const { id } = await other.createImage({ name: "al-listed" });
        succeeded(await stack.up());
        await other.delete(`/v2/images/${id}`);
        expect(await stack.outputs()).toEqual({ ids: [id] });
      });
    });
  },
  "alliance",
);
