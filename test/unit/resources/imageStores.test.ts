import { v2Capabilities } from "../../../provider/glance/v2/capabilities";
import { diffImage } from "../../../provider/resources/image/diff";
import { inputsAsRead, stateOf } from "../../../provider/resources/image/state";
import { storeRules } from "../../../provider/resources/image/storeRules";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import { type Previewed, unknown } from "../../../provider/resources/unknown";
import { someImage } from "../image/images";

const idle = { task: undefined, importingTo: [], failedStores: [] };
const active = (stores: string[], failedStores: string[] = []) =>
  someImage({ status: "active", stores, import: { ...idle, failedStores } });

describe("rules", () => {
  test.each<[Previewed<CheckedImageInputs>, string[]]>([
    [{ stores: ["a", "b"] }, []],
    [{ stores: ["a"], allStoresMustSucceed: false }, []],
    [{ allStores: true, allStoresMustSucceed: false }, []],
    [{ allStores: unknown, allStoresMustSucceed: true }, []],
    [{ stores: unknown, allStoresMustSucceed: true }, []],
    [{ stores: ["a", unknown, unknown] }, []],
    [{ stores: ["a"], allStores: false }, []],
    [{ stores: ["a"], allStores: true }, ["allStores"]],
    [{ stores: unknown, allStores: true }, ["allStores"]],
    [{ allStoresMustSucceed: false }, ["allStoresMustSucceed"]],
    [{ allStores: false, allStoresMustSucceed: true }, ["allStoresMustSucceed"]],
    [{ stores: ["a", "b", "a"] }, ["stores[2]"]],
  ])("of %j", (inputs, properties) => {
    expect([...storeRules(inputs)].map(({ property }) => property)).toEqual(properties);
  });
});

describe("differences", () => {
  const changes = (old: CheckedImageInputs, image: ReturnType<typeof active>, news: Previewed<CheckedImageInputs>) =>
    diffImage(image.id, { inputs: old, state: stateOf(image, old, {}) }, news);
  const same = { changes: [], replaces: [] };

  test("order has no meaning", () => {
    const declared = { stores: ["b", "a"] };
    expect(changes(declared, active(["a", "b"]), declared)).toEqual(same);
    expect(stateOf(active(["a", "b"]), declared, {}).stores).toEqual(["b", "a"]);
  });

  test.each<[string, CheckedImageInputs, string[], Previewed<CheckedImageInputs>]>([
    ["a further store", { stores: ["a"] }, ["a"], { stores: ["a", "b"] }],
    ["a store less", { stores: ["a", "b"] }, ["a", "b"], { stores: ["b"] }],
    ["a store that an earlier run did not reach", { stores: ["a", "b"] }, ["a"], { stores: ["a", "b"] }],
    ["stores of which nothing is known yet", { stores: ["a"] }, ["a"], { stores: unknown }],
    ["stores that the cloud chose", {}, ["a"], { stores: ["b"] }],
  ])("%s is a change in place", (_name, old, stores, news) => {
    expect(changes(old, active(stores), news)).toEqual({ changes: ["stores"], replaces: [] });
  });

  test("what is not declared any more, or has no data, stays", () => {
    expect(changes({ stores: ["a"] }, active(["a", "b"]), {})).toEqual(same);
    expect(changes({}, active(["a"]), { stores: ["a"] })).toEqual(same);
    expect(changes({ stores: ["a"] }, someImage(), { stores: ["b"] })).toEqual(same);
  });

  test("allStores is tried again until no store fails", () => {
    const all = { allStores: true };
    expect(changes(all, active(["a", "b"]), all)).toEqual(same);
    expect(changes(all, active(["a", "b"], ["b"]), all)).toEqual(same);
    expect(changes(all, active(["a"], ["b"]), all)).toEqual({ changes: ["allStores"], replaces: [] });
    expect(changes(all, active(["a"]), {})).toEqual({ changes: ["allStores"], replaces: [] });
    expect(changes({}, active(["a"]), {})).toEqual(same);
  });

  test("allStores is tried again where the image is known to lack one, whatever failed before", () => {
    const all = { allStores: true };
    const left = (everywhere: boolean) => {
      const image = active(["a"], ["gone"]);
      return diffImage(image.id, { inputs: all, state: stateOf(image, all, {}, { everywhere }) }, all).changes;
    };
    expect([left(true), left(false)]).toEqual([[], ["allStores"]]);
  });
});

describe("what is read", () => {
  const read = (image: ReturnType<typeof active>, inputs: CheckedImageInputs) =>
    inputsAsRead(image, { inputs, state: stateOf(image, inputs, {}) }, v2Capabilities);

  test("shows declared stores as they are, in the program's order where it is the same", () => {
    expect(read(active(["a", "b"]), { stores: ["b", "a"] })).toEqual({ stores: ["b", "a"] });
    expect(read(active(["a"]), { stores: ["b", "a"] })).toEqual({ stores: ["a"] });
    expect(read(someImage(), { stores: ["b", "a"] })).toEqual({ stores: ["b", "a"] });
  });

  test("takes no stores as inputs that nobody declared", () => {
    expect(read(active(["a"]), {})).toEqual({});
    expect(inputsAsRead(active(["a"]), { state: {} }, v2Capabilities)).not.toHaveProperty("stores");
  });
});
