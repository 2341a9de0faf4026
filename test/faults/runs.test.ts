import { randomUUID } from "node:crypto";
import type { FaultRule } from "../../provider/local/faults/proxy";
import { type ImageBody, User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { Bench, type Place } from "./bench";
import { patience } from "./cases";
import { CloudSide, dataOf } from "./cloudSide";
import type { Program } from "./engine";
import { files } from "./operations";

const raw = { diskFormat: "raw", containerFormat: "bare" };
const whole = dataOf(files["one.raw"] as Buffer);
const formats = { disk_format: "raw", container_format: "bare" };

const marksOf = (image: ImageBody) =>
  Object.fromEntries(Object.entries(image).filter(([name]) => name.startsWith("pulumi_glance_")));

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
  const user = new User(cloud, cloud.demo, () => {});
  const listsOf = () => place.wire.seen.filter(({ method, path }) => method === "GET" && path.endsWith("/v2/images"));

  /** A run that is killed where the rule strikes. */
  const killedAt = async (rule: FaultRule, program: Program, { stack, wire } = place) => {
    const injected = wire.inject(rule);
    const run = stack.begin(program);
    await injected.reached;
    await run.kill();
    await run.ended;
    wire.clear();
  };
  /** Id of an image that the state holds, with all its data and still with its mark. */
  const withoutItsLastRequest = async (program: Program) => {
    const lost = { when: "before", times: Number.POSITIVE_INFINITY, fault: { kind: "reset" } } as const;
    place.wire.inject({ method: "PATCH", ...lost });
    expect((await place.stack.up(program)).errors).toHaveLength(1);
    place.wire.clear();
    return place.stack.state.get("image")?.id;
  };
  const snapshotOf = async (image: ImageBody) => {
    const written = { image_type: "snapshot", instance_uuid: randomUUID(), base_image_ref: image.id };
    const name = place.materials.name;
    return (await user.createImage({ ...formats, name, ...marksOf(image), ...written })).id;
  };

  test("twenty creates look for leftovers with one list, and one of hidden images", async () => {
    const names = Array.from({ length: 20 }, (_, at) => `image-${at}`);
    const program = Object.fromEntries(names.map((name) => [name, { ...raw, name: place.materials.name }]));
    expect(await place.stack.up(program)).toMatchObject({ errors: [], left: [] });
    expect(listsOf()).toHaveLength(2);
    expect(await side.named(place.materials.name)).toHaveLength(20);
  });

  test("a killed run of several images leaves none behind", async () => {
    const names = Array.from({ length: 6 }, (_, at) => `image-${at}`);
    const program = Object.fromEntries(names.map((name) => [name, uploaded()]));
    const hold = { when: "after", fault: { kind: "hold" } } as const;
    // None is whole when the plugin dies: of such an image only the answer could bring the id into the state.
    place.wire.inject({ method: "PATCH", times: Number.POSITIVE_INFINITY, ...hold, when: "before" });
    await killedAt({ method: "PUT", path: "/file", nth: 4, ...hold }, program);
    expect(await place.stack.up(program)).toMatchObject({ errors: [], left: [] });
    const images = await side.named(place.materials.name);
    expect(images.map(({ id }) => id).sort()).toEqual([...place.stack.state.values()].map(({ id }) => id).sort());
    for (const image of images) expect(image).toMatchObject(whole);
  });

  test("a targeted replace with unchanged inputs makes a new image and removes the old one", async () => {
    const program = { image: uploaded() };
    await place.stack.up(program);
    const old = place.stack.state.get("image")?.id;
    const replaced = await place.stack.up(program, { replace: ["image"] });
    expect(replaced).toMatchObject({ errors: [], steps: ["replace image", "delete image"] });
    expect(replaced.messages).toEqual([
      expect.stringMatching(new RegExp(`made ${old} for .*this run replaces it .*Pulumi deletes it afterwards`)),
    ]);
    const images = await side.named(place.materials.name);
    expect(images).toEqual([expect.objectContaining({ ...whole, id: place.stack.state.get("image")?.id })]);
    expect(images[0]?.id).not.toBe(old);
  });

  test("a targeted replace of an unfinished image with data keeps that until there is another", async () => {
    const program = { image: uploaded() };
    const old = await withoutItsLastRequest(program);
    place.wire.inject({ method: "POST", path: "/v2/images", when: "before", fault: { kind: "answer", status: 413 } });
    const refused = await place.stack.up(program, { replace: ["image"] });
    expect(refused.errors).toEqual([expect.stringContaining("quota")]);
    expect(refused.messages).toEqual([
      expect.stringMatching(new RegExp(`\\(${old}\\), which has data.*was not removed`)),
    ]);
    expect(await side.named(place.materials.name)).toEqual([expect.objectContaining({ ...whole, id: old })]);
    expect(place.stack.state.get("image")?.id).toBe(old);
    expect(await place.stack.up(program, { replace: ["image"] })).toMatchObject({ errors: [], messages: [], left: [] });
    const images = await side.named(place.materials.name);
    expect(images).toEqual([expect.objectContaining({ ...whole, id: place.stack.state.get("image")?.id })]);
  });

  test("snapshots of servers, which Nova gives all properties of their image, are nobody's leftovers", async () => {
    const program = { image: uploaded() };
    await withoutItsLastRequest(program);
    const [unfinished] = await side.named(place.materials.name);
    const snapshots = [await snapshotOf(unfinished as ImageBody)];
    expect((await place.stack.up(program)).errors).toEqual([]);
    const [made] = (await side.named(place.materials.name)).filter(({ id }) => id === unfinished?.id);
    snapshots.push(await snapshotOf(made as ImageBody));
    const changed = { image: { ...uploaded(), localFile: "two.raw" } };
    expect(await place.stack.up(changed)).toMatchObject({ errors: [], messages: [] });
    const ids = [...snapshots, place.stack.state.get("image")?.id].sort();
    expect((await side.named(place.materials.name)).map(({ id }) => id).sort()).toEqual(ids);
    for (const id of snapshots) await side.remove(id);
  });

  test("a create whose request was not answered goes on with the image of its declared id", async () => {
    const program = { image: { ...uploaded(), imageId: randomUUID() } };
    place.wire.inject({ method: "POST", path: "/v2/images", when: "after", fault: { kind: "reset" } });
    expect((await place.stack.up(program)).errors).toHaveLength(1);
    place.wire.clear();
    expect(await place.stack.up(program)).toMatchObject({ errors: [], left: [] });
    const images = await side.named(place.materials.name);
    expect(images).toEqual([expect.objectContaining({ ...whole, id: program.image.imageId })]);
    expect(images[0]).not.toHaveProperty("pulumi_glance_state");
  });

  test("a hidden image that a killed run left complete is told", async () => {
    const program = { image: { ...uploaded(), hidden: true } };
    await killedAt({ method: "PATCH", path: "/v2/images/*", when: "after", fault: { kind: "hold" } }, program);
    const [left] = await side.named(place.materials.name);
    expect(left).toMatchObject({ os_hidden: true });
    const { errors, messages } = await place.stack.up(program);
    expect(errors).toEqual([]);
    expect(messages).toEqual([expect.stringContaining(String(left?.id))]);
    await side.remove(String(left?.id));
  });

  test("all that several killed runs left makes way", async () => {
    const program = { image: uploaded() };
    await killedAt({ method: "PUT", path: "/file", when: "before", fault: { kind: "hold" } }, program);
    const [left] = await side.named(place.materials.name);
    await user.createImage({ ...formats, name: place.materials.name, ...marksOf(left as ImageBody) });
    expect(await place.stack.up(program)).toMatchObject({ errors: [], left: [] });
    const images = await side.named(place.materials.name);
    expect(images).toEqual([expect.objectContaining({ ...whole, id: place.stack.state.get("image")?.id })]);
  });

  test("two stacks with the same resource names never touch each other's images", async () => {
    const other = await bench.place();
    const cut = (where: Place) =>
      killedAt({ method: "PUT", path: "/file", when: "before", fault: { kind: "hold" } }, { image: uploaded() }, where);
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
