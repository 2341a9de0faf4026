import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultProxy } from "../../provider/local/faults/proxy";
import { rawImage } from "../tools/images";
import { processesConnectedTo } from "../tools/plugin/connected";
import { untilEnded } from "../tools/plugin/ended";
import { behindProxy, type Proxied } from "./behindProxy";
import { type Catalog, describeDoors, stepsOf, succeeded } from "./catalog";
import { dynamic } from "./doors";

const content = rawImage(300_000, "killed");
const raw = { diskFormat: "raw", containerFormat: "bare", localFile: "disk.raw" };
const names = ["killed-one", "killed-three", "killed-two"];
const images = Object.fromEntries(names.map((name) => [name, { ...raw, name }]));

/** The moments at which the creates of three images stand when the CLI is killed; which is where does not matter. */
const moments = [
  { method: "PUT", path: "/v2/images/*/file", when: "before", fault: { kind: "stall" } },
  { method: "PUT", path: "/v2/images/*/file", nth: 2, when: "after", fault: { kind: "hold" } },
  // The last request, which takes the mark of an unfinished image away.
  { method: "PATCH", path: "/v2/images/*", when: "after", fault: { kind: "hold" } },
] as const;

describeDoors("a killed CLI", [dynamic], (cloud, door) => {
  let catalog: Catalog;
  let proxy: FaultProxy;
  let close: Proxied["close"];
  beforeAll(async () => {
    ({ catalog, proxy, close } = await behindProxy(cloud, cloud.demo, door));
    await writeFile(join(catalog.stack.folder, "disk.raw"), content);
  }, 120_000);
  afterAll(() => close(), 120_000);
  jest.setTimeout(180_000);

  const ours = async () =>
    (await catalog.other.list({ limit: "1000" })).filter(({ name }) => names.includes(name ?? ""));

  test("takes the provider's process with it, which leaves its images marked as unfinished", async () => {
    const struck = proxy.inject(...moments);
    await catalog.declare(images);
    const { process: cli, ended } = catalog.stack.begin("up");
    await Promise.race([
      Promise.all(struck.map(({ reached }) => reached)),
      ended.then((output) => Promise.reject(new Error(`it ended before: ${output}`))),
    ]);
    const providers = (await processesConnectedTo(proxy.port)).filter((pid) => pid !== process.pid);
    expect(providers).toHaveLength(1);
    cli.kill("SIGKILL");
    await ended;
    for (const pid of providers) await untilEnded(pid);
    proxy.clear();
    expect((await ours()).map(({ pulumi_glance_state }) => pulumi_glance_state)).toEqual(names.map(() => "creating"));
  });

  test("is followed by an up that makes one image of each, with the right bytes", async () => {
    succeeded({ ...(await catalog.stack.run(["cancel", "--yes"])), summary: {}, steps: [] });
    const steps = stepsOf(await catalog.up());
    expect(steps).toEqual(Object.fromEntries(names.map((name) => [name, "create"])));
    const ids = await catalog.ids();
    expect((await ours()).map(({ id }) => id).sort()).toEqual(Object.values(ids).sort());
    for (const id of Object.values(ids)) {
      const os_hash_value = createHash("sha512").update(content).digest("hex");
      const image = await catalog.image(id);
      expect(image).toMatchObject({ status: "active", size: content.length, os_hash_value });
      expect(image).not.toHaveProperty("pulumi_glance_state");
    }
    expect(stepsOf(await catalog.up())).toEqual({});
  });

  test("and destroy leaves nothing", async () => {
    succeeded(await catalog.stack.destroy());
    expect(await ours()).toEqual([]);
  });
});
