import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultProxy } from "../../provider/local/faults/proxy";
import { must } from "../contract/client";
import { rawImage } from "../tools/images";
import { behindProxy, type Proxied } from "./behindProxy";
import { type Catalog, describeDoors, said, succeeded } from "./catalog";
import { dynamic, native } from "./doors";

const raw = { diskFormat: "raw", containerFormat: "bare" };

describeDoors("what becomes of an image whose resource goes", [dynamic, native], (cloud, door) => {
  let catalog: Catalog;
  /** Before the image service: through it an image can be in use, for which the cloud lacks servers and volumes. */
  let proxy: FaultProxy;
  let close: Proxied["close"];

  beforeAll(async () => {
    ({ catalog, proxy, close } = await behindProxy(cloud, cloud.demo, door));
    for (const name of ["a", "b"]) await writeFile(join(catalog.stack.folder, `${name}.raw`), rawImage(20_000, name));
  }, 120_000);
  afterAll(async () => {
    await close();
    const kept = await Promise.all(["true", "false"].map((os_hidden) => catalog.other.list({ os_hidden })));
    for (const { id } of kept.flat().filter(({ name }) => name?.startsWith("gone-"))) {
      must(await catalog.other.patch(id, [{ op: "replace", path: "/protected", value: false }]), 200);
      must(await catalog.other.delete(`/v2/images/${id}`), 204);
    }
    expect(await catalog.names("gone-")).toEqual([]);
  }, 120_000);
  jest.setTimeout(180_000);

  const localFile = "a.raw";
  const images = {
    deleted: { ...raw, name: "gone-deleted", localFile },
    hidden: { ...raw, name: "gone-hidden", localFile, onDelete: "hide", protected: true },
    deactivated: { ...raw, name: "gone-deactivated", localFile, onDelete: "deactivate" },
    retained: { ...raw, name: "gone-retained", localFile, onDelete: "retain" },
    guarded: { ...raw, name: "gone-guarded", localFile, protected: true, forceUnprotect: true },
    used: { ...raw, name: "gone-used", localFile, onInUse: "hide", protected: true, forceUnprotect: true },
    replaced: { ...raw, name: "gone-replaced", localFile, onDelete: "hide" },
  };

  test("each follows its policy, a replaced one too", async () => {
    await catalog.up(images);
    const ids = await catalog.ids();
    const [inUse] = proxy.inject({
      method: "DELETE",
      path: `/v2/images/${ids.used}`,
      // The first is refused because the image is protected.
      nth: 2,
      times: Number.POSITIVE_INFINITY,
      when: "before",
      fault: { kind: "answer", status: 409, reason: "a volume needs it" },
    });
    const told = said(await catalog.up({ replaced: { ...images.replaced, localFile: "b.raw" } }));

    const now = await Promise.all(
      Object.entries(ids).map(async ([name, id]) => [name, await catalog.image(id)] as const),
    );
    expect(Object.fromEntries(now)).toEqual({
      deleted: undefined,
      guarded: undefined,
      hidden: expect.objectContaining({ status: "active", os_hidden: true, protected: true }),
      deactivated: expect.objectContaining({ status: "deactivated", os_hidden: false }),
      retained: expect.objectContaining({ status: "active", os_hidden: false }),
      used: expect.objectContaining({ status: "active", os_hidden: true, protected: true }),
      replaced: expect.objectContaining({ status: "active", os_hidden: true }),
    });
    expect(inUse?.struck).toBe(3);
    expect(told).toMatch(
      new RegExp(`Image "gone-used" \\(${ids.used}\\) is in use and was not deleted: .*It is hidden and stays`, "s"),
    );
    expect(told).not.toMatch(/gone-(deleted|guarded|retained).*stays in the cloud/);
    expect(await catalog.image((await catalog.ids()).replaced)).toMatchObject({ status: "active", os_hidden: false });
  });

  test("an image that no create completed is deleted, whatever the policy says", async () => {
    const copyFrom = catalog.mirror.set("/slow.raw", { content: rawImage(50_000), stallAfter: 1000 });
    const slow = { ...raw, name: "gone-unfinished", copyFrom, importMethod: "web-download", onDelete: "retain" };
    expect(await catalog.failingUp({ slow: { ...slow, waitTimeout: 1 } })).toMatch(/was not finished after 1 s/);
    catalog.mirror.release("/slow.raw");
    succeeded(await catalog.stack.destroy());
    expect(await catalog.names("gone-unfinished")).toEqual([]);
  });
});
