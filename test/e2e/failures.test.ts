import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { environmentOf } from "../tools/clouds/environment";
import { qcow2Image, rawImage } from "../tools/images";
import { Catalog, describeCatalog, said, succeeded } from "./catalog";
import { dynamic, native } from "./doors";

const raw = { diskFormat: "raw", containerFormat: "bare" };
const trace = /^\s+at .*\(.*:\d+:\d+\)/m;

describeCatalog(
  "failures",
  (catalog) => {
    afterEach(async () => {
      await catalog().declare({});
      succeeded(await catalog().stack.up());
      expect(await catalog().names("fail-")).toEqual([]);
    });

    test("an import of a URL that is not there: task message, URL, request id and a hint; nothing is left", async () => {
      const missing = catalog().mirror.url("/missing.raw?signature=s3cret");
      const text = await catalog().failingUp({ gone: { ...raw, name: "fail-gone", copyFrom: missing } });
      expect(text).toMatch(
        /Image "fail-gone" \([0-9a-f-]{36}\): the import of http:\/\/127\.0\.0\.1:\d+\/missing\.raw failed/,
      );
      expect(text).toMatch(/request id req-/);
      expect(text).toMatch(/Check that Glance itself can reach the source/);
      expect(text).not.toContain("waitTimeout");
      expect(text).not.toMatch(trace);
      expect(await catalog().names("fail-")).toEqual([]);
      expect(await catalog().stack.resources()).toEqual([]);
    });

    test("a URL that Glance refuses", async () => {
      const copyFrom = "http://robot:hunter2@localhost:1/disk.raw?sig=t0psecret";
      const text = await catalog().failingUp({ refused: { ...raw, name: "fail-url", copyFrom } });
      expect(text).toMatch(
        /"fail-url".*does not pass filtering: http:\/\/localhost:1\/disk\.raw.*hosts and ports that its operator allows/s,
      );
      expect(text.replaceAll(copyFrom, "")).not.toMatch(/hunter2|t0psecret/);
      expect(await catalog().names("fail-")).toEqual([]);
    });

    test("content that is not what diskFormat says, found by us or only by the image service", async () => {
      await writeFile(join(catalog().stack.folder, "disk.raw"), rawImage(10_000));
      const wrong = { ...raw, name: "fail-format", localFile: "disk.raw" };
      const seen = await catalog().failingUp({ wrong: { ...wrong, diskFormat: "qcow2" } });
      expect(seen).toMatch(/resource 'wrong'.* diskFormat says qcow2, but .*"disk.raw.* does not begin like one/);
      const text = await catalog().failingUp({ wrong: { ...wrong, diskFormat: "vmdk" } });
      expect(text).toMatch(/fail-format.*diskFormat/s);
      expect(await catalog().names("fail-")).toEqual([]);
      expect(await catalog().stack.resources()).toEqual([]);
    });

    test("a format that the cloud does not have: its list is in the message", async () => {
      const text = await catalog().failingUp({ odd: { ...raw, name: "fail-odd", diskFormat: "floppy" } });
      expect(text).toMatch(/diskFormat "floppy" is unknown to this cloud. Choose one of .*qcow2/);
    });

    test("a quota that is used up", async () => {
      const properties = Object.fromEntries(Array.from({ length: 140 }, (_, n) => [`p${n}`, "x"]));
      const text = await catalog().failingUp({ crowded: { ...raw, name: "fail-crowded", properties } });
      expect(text).toMatch(/A quota of the project is used up.*413/s);
    });

    test("a visibility that the credentials do not allow", async () => {
      const text = await catalog().failingUp({ public: { ...raw, name: "fail-public", visibility: "public" } });
      expect(text).toMatch(/403/);
      expect(text).toMatch(/administrators/);
    });

    test("a protected image is not destroyed, and says how to", async () => {
      const kept = { ...raw, name: "fail-kept", protected: true };
      await catalog().up({ kept });
      const destroyed = await catalog().stack.destroy();
      expect(destroyed.code).not.toBe(0);
      expect(said(destroyed)).toMatch(/is protected and cannot be deleted\. Set protected to false/);
      expect(said(destroyed)).not.toMatch(trace);
      expect(await catalog().names("fail-")).toEqual(["fail-kept"]);
      await catalog().up({ kept: { ...kept, protected: false } });
    });

    test("an update that fails forgets nothing: what it was to take back goes back with the next one", async () => {
      const before = { ...raw, name: "fail-undo", minDisk: 5, protected: true, properties: { a: "1" } };
      await catalog().up({ undo: before });
      await catalog().failingUp({ undo: { ...raw, name: "fail-undo", visibility: "public" } });
      await catalog().up({ undo: { ...raw, name: "fail-undo" } });
      const image = await catalog().image((await catalog().ids()).undo);
      expect(image).toMatchObject({ min_disk: 0, protected: false });
      expect(image).not.toHaveProperty("a");
    });

    test("a fixed id is never given up for a replacement that Glance would refuse", async () => {
      const imageId = crypto.randomUUID();
      const copyFrom = catalog().mirror.set("/fixed.raw", rawImage(1000));
      await catalog().up({ fixed: { ...raw, name: "fail-fixed", imageId, copyFrom } });
      const other = catalog().mirror.set("/other.raw", rawImage(2000));
      const text = await catalog().failingUp({ fixed: { ...raw, name: "fail-fixed", imageId, copyFrom: other } });
      expect(text).toMatch(/Glance never gives an id out twice/);
      expect(await catalog().image(imageId)).toMatchObject({ status: "active", size: 1000 });
    });

    describe("an import that is not finished in time", () => {
      const stalled = () => ({
        slow: {
          ...raw,
          name: "fail-slow",
          waitTimeout: 1,
          // The provider looks at the first 64 KiB: they come at once.
          copyFrom: catalog().mirror.set("/slow.raw", { content: rawImage(200_000), stallAfter: 100_000 }),
        },
      });
      const unfinished = async () => {
        const text = await catalog().failingUp(stalled());
        expect(text).toMatch(/was not finished after 1 s.*The image is kept: the next `pulumi up` goes on with it/s);
        expect(await catalog().stack.resources()).toHaveLength(1);
      };

      test("is kept in the state; refresh and destroy work on it", async () => {
        await unfinished();
        expect((await catalog().stack.refresh()).code).toBe(0);
        succeeded(await catalog().stack.destroy());
      });

      test("is finished by the next up, on the same image", async () => {
        await unfinished();
        const [before] = await catalog().stack.resources();
        catalog().mirror.release("/slow.raw");
        await catalog().up({ slow: { ...stalled().slow, waitTimeout: 100 } });
        const { slow } = await catalog().ids();
        expect(slow).toBe(before?.id);
        expect(await catalog().image(slow)).toMatchObject({ status: "active", size: 200_000 });
        expect(Object.keys((await catalog().up()).summary)).toEqual(["same"]);
      });

      test("is replaced when the program names another source", async () => {
        await unfinished();
        const [before] = await catalog().stack.resources();
        const good = catalog().mirror.set("/good.raw", rawImage(20_000));
        await catalog().up({ slow: { ...stalled().slow, copyFrom: good, waitTimeout: 100 } });
        const { slow } = await catalog().ids();
        expect(slow).not.toBe(before?.id);
        expect(await catalog().image(slow)).toMatchObject({ status: "active", size: 20_000 });
        expect(await catalog().names("fail-")).toEqual(["fail-slow"]);
      });
    });

    test("a qcow2 that is one becomes active with its virtual size", async () => {
      await writeFile(join(catalog().stack.folder, "disk.qcow2"), qcow2Image(5 * 2 ** 20));
      await catalog().up({
        good: { containerFormat: "bare", diskFormat: "qcow2", name: "fail-not", localFile: "disk.qcow2" },
      });
      expect(await catalog().image((await catalog().ids()).good)).toMatchObject({
        status: "active",
        virtual_size: 5 * 2 ** 20,
      });
    });
  },
  [dynamic, native],
);

describeCatalog(
  "clouds that cannot be reached",
  (catalog) => {
    const one = { one: { ...raw, name: "unreachable" } };

    async function upWith(env: Record<string, string>): Promise<string> {
      const { cloud, door } = catalog();
      const other = await Catalog.create(cloud, { ...environmentOf(cloud, cloud.demo), ...env }, door);
      try {
        const text = await other.failingUp(one);
        expect(text).not.toMatch(trace);
        expect(text).not.toContain("wr0ng-secret");
        return text;
      } finally {
        await other.close();
      }
    }

    test("a wrong password", async () => {
      const text = await upWith({ OS_PASSWORD: "wr0ng-secret" });
      expect(text).toMatch(/Keystone at http:\/\/127.0.0.1:\d+\S* did not accept the user "demo"/);
      expect(text).toMatch(/pulumi destroy/);
    });

    test("an unknown cloud of clouds.yaml", async () => {
      const text = await upWith({ OS_CLOUD: "atlantis" });
      expect(text).toMatch(/no cloud "atlantis"/);
    });

    test("a region without an image endpoint", async () => {
      const text = await upWith({ OS_REGION_NAME: "Atlantis" });
      expect(text).toMatch(/no public endpoint of the image service in region "Atlantis".*public in RegionOne/s);
    });

    test("nobody listens", async () => {
      const text = await upWith({ OS_AUTH_URL: "http://127.0.0.1:9/v3" });
      expect(text).toMatch(/Keystone at http:\/\/127.0.0.1:9\/v3: no connection/);
    });

    test("credentials that are not complete", async () => {
      const text = await upWith({ OS_PASSWORD: "" });
      expect(text).toMatch(/password \(OS_PASSWORD\) is missing/);
    });
  },
  [native],
);
