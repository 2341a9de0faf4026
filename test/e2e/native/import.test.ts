import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { rawImage } from "../../tools/images";
import { describeCatalog, said, stepsOf, succeeded } from "../catalog";
import { native, yamlProgram } from "../doors";

const raw = { diskFormat: "raw", containerFormat: "bare" };

/** Images that somebody else made. */
describeCatalog(
  "images that exist already",
  (catalog) => {
    let id: string;

    beforeAll(async () => {
      const made = await catalog().other.createImage({
        name: "import-golden",
        disk_format: "raw",
        container_format: "bare",
        min_disk: 2,
        tags: ["b", "a"],
        hw_disk_bus: "virtio",
        "os.type": "linux",
      });
      id = made.id;
      await catalog().other.upload(id, rawImage(40_000, "import"));
      await writeFile(join(catalog().stack.folder, "other.raw"), rawImage(10_000, "other"));
    }, 60_000);

    afterAll(() => catalog().other.delete(`/v2/images/${id}`));

    const importing = (type: string, name: string, resourceId: string, out = "imported.yaml") =>
      catalog().stack.run([
        "import",
        type,
        name,
        resourceId,
        "--yes",
        "--skip-preview",
        "--protect=false",
        "--out",
        out,
      ]);

    test("are imported with inputs that lead to no difference", async () => {
      await catalog().declare({});
      expect(succeeded({ ...(await importing("glance:index:Image", "golden", id)), summary: {}, steps: [] }).code).toBe(
        0,
      );
      const [resource] = await catalog().stack.resources();
      expect(resource).toMatchObject({ id, inputs: { ...raw, name: "import-golden", minDisk: 2 } });
      const { __defaults: _none, ...inputs } = resource?.inputs ?? {};
      const result = await catalog().up({ golden: inputs });
      expect(stepsOf(result)).toEqual({});
      expect((await catalog().ids()).golden).toBe(id);
    });

    test("the code that Pulumi generates for them leads to no difference either", async () => {
      const { resources } = parse(await readFile(join(catalog().stack.folder, "imported.yaml"), "utf8"));
      expect(resources.golden.properties).toMatchObject({ minDisk: 2, properties: { hw_disk_bus: "virtio" } });
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
      await catalog().stack.write("Pulumi.yaml", yamlProgram({ resources, outputs: { golden: "${golden.id}" } }));
      expect(Object.keys(succeeded(await catalog().stack.up()).summary)).toEqual(["same"]);
    });

    test("a source declared afterwards must be what the image holds, unless nobody shall compare; it replaces nothing", async () => {
      const [resource] = await catalog().stack.resources();
      const other = { ...resource?.inputs, localFile: "other.raw" };
      expect(await catalog().failingUp({ golden: other })).toMatch(
        /does not hold the bytes of its source.*Nothing was changed/s,
      );
      const declared = { ...other, verify: "none" };
      expect(stepsOf(await catalog().up({ golden: declared }))).toEqual({ golden: "update" });
      expect((await catalog().ids()).golden).toBe(id);
      expect(stepsOf(await catalog().up({ golden: declared }))).toEqual({});
    });

    test("one that is not there does not exist", async () => {
      const { code, stdout, stderr } = await importing("glance:index:Image", "lost", crypto.randomUUID());
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(/does not exist/);
    });

    test("a member is imported by the ids of its image and its project", async () => {
      const shared = await catalog().other.createImage({ name: "import-shared", visibility: "shared" });
      const { projectId } = await catalog().other.logIn();
      const member = "0123456789abcdef0123456789abcdef";
      const added = await catalog().other.post(`/v2/images/${shared.id}/members`, { member });
      expect([200, projectId]).toEqual([added.status, expect.any(String)]);
      const done = await importing("glance:index:ImageMember", "member", `${shared.id}/${member}`);
      expect(succeeded({ ...done, summary: {}, steps: [] }).code).toBe(0);
      const found = (await catalog().stack.resources()).find(({ type }) => type === "glance:index:ImageMember");
      expect(found?.inputs).toMatchObject({ imageId: shared.id, memberId: member });
      await catalog().stack.run(["state", "delete", found?.urn ?? "", "--yes"]);
      await catalog().other.delete(`/v2/images/${shared.id}`);
    });

    describe("that a program only looks at", () => {
      const looking = (imageId: string) =>
        yamlProgram({
          resources: { seen: { type: "glance:Image", get: { id: imageId } } },
          // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
          outputs: { name: "${seen.name}", bus: "${seen.properties}", status: "${seen.status}" },
        });

      beforeAll(async () => {
        for (const { urn } of await catalog().stack.resources())
          await catalog().stack.run(["state", "delete", urn, "--yes"]);
      });

      test("are there with all they have", async () => {
        await catalog().stack.write("Pulumi.yaml", looking(id));
        succeeded(await catalog().stack.up());
        expect(await catalog().stack.outputs()).toEqual({
          name: "import-golden",
          bus: expect.objectContaining({ hw_disk_bus: "virtio", "os.type": "linux" }),
          status: "active",
        });
      });

      test("stay so after a refresh", async () => {
        const before = await catalog().stack.outputs();
        succeeded(await catalog().stack.refresh());
        expect(Object.keys(succeeded(await catalog().stack.up()).summary)).not.toContain("update");
        expect(await catalog().stack.outputs()).toEqual(before);
        const [seen] = await catalog().stack.resources();
        expect(seen?.outputs?.properties).toMatchObject({ hw_disk_bus: "virtio" });
      });

      test("are said not to exist where they do not", async () => {
        await catalog().stack.write("Pulumi.yaml", looking(crypto.randomUUID()));
        expect(said(await catalog().stack.up())).toMatch(/does not exist/);
      });

      test("and outlive the stack", async () => {
        succeeded(await catalog().stack.destroy());
        expect(await catalog().image(id)).toMatchObject({ status: "active" });
      });
    });
  },
  [native],
);
