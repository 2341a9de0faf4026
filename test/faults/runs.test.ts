import { describeClouds } from "../tools/clouds/current";
import { Bench, type Place } from "./bench";
import { patience } from "./cases";
import { CloudSide, dataOf } from "./cloudSide";
import { files } from "./operations";

const raw = { diskFormat: "raw", containerFormat: "bare" };
const whole = dataOf(files["one.raw"] as Buffer);

/** What a run does or leaves, beyond one image and one fault. */
describeClouds("runs", (cloud) => {
  const side = new CloudSide(cloud);
  let bench: Bench;
  let place: Place;

  beforeAll(async () => {
    bench = await Bench.open(cloud);
  });
  beforeEach(async () => {
    place = await bench.place();
  });
  afterEach(async () => {
    place.wire.clear();
    expect((await place.stack.destroy()).errors).toEqual([]);
    expect(await side.named(place.materials.name)).toEqual([]);
    await bench.leave(place);
  });
  afterAll(() => bench.close());
  jest.setTimeout(patience * 1000);

  const uploaded = () => ({ ...raw, name: place.materials.name, localFile: "one.raw" });
  const listsOf = () => place.wire.seen.filter(({ method, path }) => method === "GET" && path.endsWith("/v2/images"));

  test("twenty creates look for leftovers with one list", async () => {
    const names = Array.from({ length: 20 }, (_, at) => `image-${at}`);
    const program = Object.fromEntries(names.map((name) => [name, { ...raw, name: place.materials.name }]));
    expect(await place.stack.up(program)).toMatchObject({ errors: [], left: [] });
    expect(listsOf()).toHaveLength(1);
    expect(await side.named(place.materials.name)).toHaveLength(20);
  });

  test("a killed run of several images leaves none behind", async () => {
    const names = Array.from({ length: 6 }, (_, at) => `image-${at}`);
    const program = Object.fromEntries(names.map((name) => [name, uploaded()]));
    const hold = { when: "after", fault: { kind: "hold" } } as const;
    const injected = place.wire.inject({ method: "PUT", path: "/file", nth: 4, ...hold });
    // None is whole when the plugin dies: of such an image only the answer could bring the id into the state.
    place.wire.inject({ method: "PATCH", times: Number.POSITIVE_INFINITY, ...hold, when: "before" });
    const run = place.stack.begin(program);
    await injected.reached;
    await run.kill();
    await run.ended;
    place.wire.clear();
    expect(await place.stack.up(program)).toMatchObject({ errors: [], left: [] });
    const images = await side.named(place.materials.name);
    expect(images.map(({ id }) => id).sort()).toEqual([...place.stack.state.values()].map(({ id }) => id).sort());
    for (const image of images) expect(image).toMatchObject(whole);
  });

  test("a targeted replace with unchanged inputs makes a new image and removes the old one", async () => {
    const program = { image: uploaded() };
    await place.stack.up(program);
    const old = place.stack.state.get("image")?.id;
    expect(await place.stack.up(program, { replace: ["image"] })).toMatchObject({
      errors: [],
      steps: ["replace image", "delete image"],
    });
    const images = await side.named(place.materials.name);
    expect(images).toEqual([expect.objectContaining({ ...whole, id: place.stack.state.get("image")?.id })]);
    expect(images[0]?.id).not.toBe(old);
  });

  test("two stacks with the same resource names never touch each other's images", async () => {
    const other = await bench.place();
    const cut = async ({ stack, wire }: Place) => {
      const injected = wire.inject({ method: "PUT", path: "/file", when: "before", fault: { kind: "hold" } });
      const run = stack.begin({ image: { ...uploaded(), name: place.materials.name } });
      await injected.reached;
      await run.kill();
      await run.ended;
      wire.clear();
    };
    await cut(place);
    await cut(other);
    expect(await side.named(place.materials.name)).toHaveLength(2);
    await place.stack.up({ image: uploaded() });
    expect(await side.named(place.materials.name)).toHaveLength(2);
    await other.stack.up({ image: uploaded() });
    const ids = [place, other].map(({ stack }) => stack.state.get("image")?.id);
    expect((await side.named(place.materials.name)).map(({ id }) => id).sort()).toEqual(ids.sort());
    expect((await other.stack.destroy()).errors).toEqual([]);
    expect(await side.named(place.materials.name)).toHaveLength(1);
    await bench.leave(other);
  });

  test("customTimeouts end a create that waits for an answer, and the next run goes on", async () => {
    place.wire.inject({ method: "PUT", path: "/file", when: "after", fault: { kind: "hold" } });
    const { errors } = await place.stack.up({ image: uploaded() }, { timeout: 3 });
    expect(errors).toEqual([expect.stringMatching(/not finished within the 3 s of customTimeouts/)]);
    place.wire.clear();
    expect(await place.stack.up({ image: uploaded() })).toMatchObject({ errors: [], left: [] });
    expect(await side.named(place.materials.name)).toEqual([expect.objectContaining(whole)]);
  });

  test("a refresh between a create that failed and the next run changes nothing of it", async () => {
    place.wire.inject({ method: "PATCH", when: "before", times: Number.POSITIVE_INFINITY, fault: { kind: "reset" } });
    expect((await place.stack.up({ image: uploaded() })).errors).toHaveLength(1);
    place.wire.clear();
    expect((await place.stack.refresh()).errors).toEqual([]);
    expect(await place.stack.up({ image: uploaded() })).toMatchObject({ errors: [], left: [] });
    const [image, ...rest] = await side.named(place.materials.name);
    expect(rest).toEqual([]);
    expect(image).toMatchObject(whole);
    expect(image).not.toHaveProperty("pulumi_glance_state");
  });
});
