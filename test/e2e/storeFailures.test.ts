import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultProxy } from "../../provider/local/faults/proxy";
import { must } from "../contract/client";
import { storesOf } from "../contract/importing";
import { type ImageBody, User } from "../contract/user";
import { rawImage } from "../tools/images";
import { behindProxy, type Proxied } from "./behindProxy";
import { type Catalog, type Declared, describeDoors, said, stepsOf } from "./catalog";
import { dynamic, native } from "./doors";

const bytes = rawImage(30_000);
const raw = { diskFormat: "raw", containerFormat: "bare", localFile: "disk.raw" };

describeDoors("a store that fails", [dynamic, native], (cloud, door) => {
  const admin = new User(cloud, cloud.admin, () => {});
  let catalog: Catalog;
  /** Holds a request, so that there is a moment between an image's id and its data. */
  let proxy: FaultProxy;
  let close: Proxied["close"];
  beforeAll(async () => {
    ({ catalog, proxy, close } = await behindProxy(cloud, cloud.admin, door));
    await writeFile(join(catalog.stack.folder, "disk.raw"), bytes);
  }, 120_000);
  afterAll(() => close(), 120_000);
  jest.setTimeout(180_000);

  const named = async (name: string) => {
    const [image] = await admin.list({ name });
    return image as ImageBody;
  };
  /** No store takes an image for which it has a file already. */
  const blockIn = async (store: string, id: string) => {
    const path = join(cloud.storesFolder ?? "", store, id);
    await writeFile(path, "");
    return () => rm(path, { force: true });
  };
  /** Runs an `up` in which the cheap store fails for the image that it makes. */
  const upWithout = async (images: Declared, name: string) => {
    const [imported] = proxy.inject({
      method: "POST",
      path: "/v2/images/*/import",
      when: "before",
      fault: { kind: "hold" },
    });
    await catalog.declare(images);
    const { ended } = catalog.stack.begin("up");
    await imported?.reached;
    const unblock = await blockIn("cheap", (await named(name)).id);
    imported?.release();
    const output = await ended;
    await unblock();
    return output;
  };

  const both = { ...raw, name: "half-both", stores: ["fast", "cheap"] };

  test("fails the create and is named; nothing is left", async () => {
    expect(await upWithout({ both }, "half-both")).toMatch(/Image "half-both" .* failed in the store "cheap": /);
    expect(await admin.list({ name: "half-both" })).toEqual([]);
  });

  test("is a warning where not all must succeed, and the next run tries again", async () => {
    const lenient = { both: { ...both, allStoresMustSucceed: false } };
    expect(await upWithout(lenient, "half-both")).toMatch(/warning: .*the store "cheap" did not get its data/);
    expect(await named("half-both")).toMatchObject({ status: "active", stores: "fast" });
    expect(stepsOf(await catalog.up())).toEqual({ both: "update" });
    expect(storesOf(await named("half-both"))).toEqual(["cheap", "fast"]);
    expect(stepsOf(await catalog.up())).toEqual({});
  });

  test("is named when it is added later; the others keep the data, and the next run tries again", async () => {
    const one = { ...raw, name: "half-one", stores: ["fast"] };
    await catalog.up({ one });
    const { id } = await named("half-one");
    const unblock = await blockIn("cheap", id);
    const wider = { one: { ...one, stores: ["fast", "cheap"] } };
    expect(await catalog.failingUp(wider)).toMatch(
      /Image "half-one" \([0-9a-f-]+\): the store "cheap" did not get its data/,
    );
    const warned = await catalog.up({ one: { ...wider.one, allStoresMustSucceed: false } });
    expect(said(warned)).toMatch(/warning: .*the store "cheap" did not get its data/);
    expect(await named("half-one")).toMatchObject({ status: "active", stores: "fast" });
    await unblock();
    expect(stepsOf(await catalog.up())).toEqual({ one: "update" });
    expect(storesOf(await named("half-one"))).toEqual(["cheap", "fast"]);
    expect(must(await admin.get(`/v2/images/${id}/file`), 200).bytes.equals(bytes)).toBe(true);
  });
});
