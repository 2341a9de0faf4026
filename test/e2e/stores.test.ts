import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "../contract/client";
import { storesOf } from "../contract/importing";
import { type ImageBody, User } from "../contract/user";
import { environmentOf } from "../tools/clouds/environment";
import { rawImage } from "../tools/images";
import { Catalog, describeDoors, stepsOf, succeeded } from "./catalog";
import { dynamic, native } from "./doors";

const bytes = rawImage(30_000);
const raw = { diskFormat: "raw", containerFormat: "bare", localFile: "disk.raw" };

describeDoors("the stores of an image", [dynamic, native], (cloud, door) => {
  // By default only administrators copy between stores and delete from one.
  const admin = new User(cloud, cloud.admin, () => {});
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await Catalog.create(cloud, environmentOf(cloud, cloud.admin), door);
    await writeFile(join(catalog.stack.folder, "disk.raw"), bytes);
  }, 120_000);
  afterAll(() => catalog.close(), 120_000);
  jest.setTimeout(180_000);

  const stored = async () => {
    const ids = Object.entries(await catalog.ids());
    const shown = ids.map(async ([name, id]) => {
      const image = must(await admin.show(id), 200).body as ImageBody;
      expect(image).toMatchObject({ status: "active", size: bytes.length });
      return [name, storesOf(image)];
    });
    return Object.fromEntries(await Promise.all(shown));
  };

  test("that the cloud does not have are refused with those that it has", async () => {
    const text = await catalog.failingUp({ odd: { ...raw, name: "store-odd", stores: ["fast", "nope"] } });
    expect(text).toMatch(/stores cannot be followed: this cloud has no store "nope"; it has .*"fast" \(the default\)/s);
    expect(text).toMatch(/"cheap"/);
    expect(await catalog.stack.resources()).toEqual([]);
  });

  const begun = {
    both: { ...raw, name: "store-both", stores: ["fast", "cheap"] },
    one: { ...raw, name: "store-one", stores: ["cheap"] },
    every: { ...raw, name: "store-every", allStores: true },
    moved: { ...raw, name: "store-moved", importMethod: "copy-image", stores: ["cheap", "fast"] },
  };
  const changed = {
    both: { ...begun.both, stores: ["cheap"] },
    one: { ...begun.one, stores: ["cheap", "fast"] },
    every: { ...begun.every, allStoresMustSucceed: false },
    moved: { ...begun.moved, stores: ["fast"] },
  };

  test("get the data with the image, one or several or all", async () => {
    await catalog.up(begun);
    expect(await stored()).toEqual({
      both: ["cheap", "fast"],
      one: ["cheap"],
      every: ["cheap", "fast"],
      moved: ["cheap", "fast"],
    });
  });

  test("are changed in place", async () => {
    const before = await catalog.ids();
    expect(stepsOf(await catalog.up(changed))).toEqual({
      both: "update",
      one: "update",
      every: "update",
      moved: "update",
    });
    expect(await catalog.ids()).toEqual(before);
    expect(await stored()).toEqual({
      both: ["cheap"],
      one: ["cheap", "fast"],
      every: ["cheap", "fast"],
      moved: ["fast"],
    });
    const { one } = before;
    expect((await admin.get(`/v2/images/${one}/file`)).bytes.equals(bytes)).toBe(true);
  });

  test("that lost the data get it again; the order has no meaning", async () => {
    const { one, every } = await catalog.ids();
    must(await admin.delete(`/v2/stores/fast/${one}`), 204);
    must(await admin.delete(`/v2/stores/cheap/${every}`), 204);
    succeeded(await catalog.stack.refresh());
    expect(stepsOf(await catalog.up())).toEqual({ one: "update", every: "update" });
    expect(await stored()).toMatchObject({ one: ["cheap", "fast"], every: ["cheap", "fast"] });
    const turned = { ...changed, one: { ...changed.one, stores: ["fast", "cheap"] } };
    expect(stepsOf(await catalog.preview(turned))).toEqual({});
  });
});
