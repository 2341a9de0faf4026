import fc from "fast-check";
import type { GlanceImage } from "../../../../provider/glance/api";
import { decodeImage } from "../../../../provider/glance/v1/codec";
import { propertyFault } from "../../../../provider/glance/v1/names";
import type { Seen } from "../server";
import { answerOf, id, useCloud, wireWith } from "./cloud";

const cloud = useCloud();
const imageWith = (changes: Record<string, unknown>): GlanceImage => decodeImage(wireWith(changes), "image");

/** The image's own headers of a request, without the prefix. */
const metaOf = (request: Seen | undefined) =>
  Object.fromEntries(
    Object.entries(request?.headers ?? {})
      .filter(([name]) => name.startsWith("x-image-meta-"))
      .map(([name, value]) => [name.slice("x-image-meta-".length), value]),
  );
const purgeOf = (request: Seen | undefined) => request?.headers["x-glance-registry-purge-props"];

test("sends what differs and keeps all other properties", async () => {
  const { api, server } = await cloud(() => answerOf({ name: "other" }));
  const updated = await api.update(imageWith({ properties: { a: "1", pf9_path: "/p" } }), {
    name: "other",
    minDisk: 5,
    minRam: 64,
    protected: true,
    visibility: "public",
    properties: { a: "1", b_c: "2" },
  });
  expect(updated.name).toBe("other");
  expect(server.calls).toEqual([`PUT /v1/images/${id}`]);
  expect(metaOf(server.seen[0])).toEqual({
    name: "other",
    "min-disk": "5",
    protected: "true",
    "is-public": "true",
    "property-b-c": "2",
  });
  expect(purgeOf(server.seen[0])).toBe("false");
});

test("a name is taken away by an empty header", async () => {
  const { api, server } = await cloud(() => answerOf({ name: null }));
  await api.update(imageWith({}), { name: null });
  expect(metaOf(server.seen[0])).toEqual({ name: "" });
});

test("nothing is sent when nothing differs", async () => {
  const { api, server } = await cloud(() => answerOf());
  const current = imageWith({ properties: { a: "1" } });
  const { name, minDisk, minRam, visibility = "private", protected: isProtected } = current;
  const same = { name, minDisk, minRam, visibility, protected: isProtected, properties: { a: "1", gone: null } };
  expect(await api.update(current, same)).toBe(current);
  expect(server.calls).toEqual([]);
});

test("a property is removed by writing all others anew, with what others put there meanwhile", async () => {
  const properties = { a: "1", pf9_path: "/p", added_meanwhile: "x", null_one: null };
  const { api, server } = await cloud(() => answerOf({ properties }));
  await api.update(imageWith({ properties: { a: "1", pf9_path: "/p" } }), { minRam: 0, properties: { a: null } });
  const [merge, replace] = server.seen;
  expect(server.seen).toHaveLength(2);
  expect([purgeOf(merge), metaOf(merge)]).toEqual(["false", { "min-ram": "0" }]);
  expect([purgeOf(replace), metaOf(replace)]).toEqual([
    "true",
    { "property-pf9-path": "/p", "property-added-meanwhile": "x" },
  ]);
});

test.each<[string, Record<string, unknown>]>([
  ["a name in upper case", { HW_Model: "x" }],
  ["a name with a hyphen", { "hw-model": "x" }],
  ["an empty value", { hw_model: "" }],
  ["a value of two lines", { hw_model: "a\nb" }],
  ["a value that is no text", { hw_model: true }],
])("beside %s, which headers cannot write, a property is emptied instead", async (_, others) => {
  const { api, server } = await cloud(() => answerOf({ properties: { a_b: "1", ...others } }));
  await api.update(imageWith({ properties: { a_b: "1" } }), { properties: { a_b: null } });
  const [, empty] = server.seen;
  expect([purgeOf(empty), metaOf(empty)]).toEqual(["false", { "property-a-b": "" }]);
});

test("what Platform9 writes itself is never written anew: the removed property is emptied", async () => {
  const { platform9, server } = await cloud(() => answerOf({ properties: { a: "1", pf9_path: "/p" } }));
  await platform9.update(imageWith({ properties: { a: "1", pf9_path: "/p" } }), { properties: { a: null } });
  const [, empty] = server.seen;
  expect([purgeOf(empty), metaOf(empty)]).toEqual(["false", { "property-a": "" }]);
});

test("an owner that the service ignores is an error", async () => {
  const { api } = await cloud(() => answerOf({ owner: "p1" }));
  await expect(api.update(imageWith({}), { owner: "p2" })).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining("only administrators"),
  });
});

test("Platform9's own properties are not written", async () => {
  const { platform9, server } = await cloud(() => answerOf());
  await expect(platform9.update(imageWith({}), { properties: { pf9_path: "/x" } })).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining('"pf9_path"'),
  });
  expect(server.calls).toEqual([]);
});

const name = fc.stringMatching(/^[a-z][a-z0-9_.]{0,8}$/).filter((text) => propertyFault(text) === undefined);
const value = fc.stringMatching(/^[!-~]{1,8}$/);

test("whatever changes, the image ends with the wanted properties and everybody else's", async () => {
  let stored: Record<string, string> = {};
  const { api } = await cloud((request) => {
    const sent = Object.entries(metaOf(request)).filter(([header]) => header.startsWith("property-"));
    const written = sent.map(([header, text]) => [header.slice("property-".length).replaceAll("-", "_"), text]);
    stored = { ...(purgeOf(request) === "true" ? {} : stored), ...Object.fromEntries(written) };
    return answerOf({ properties: stored });
  });
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, value, { maxKeys: 4 }),
      fc.dictionary(name, fc.option(value), { maxKeys: 4 }),
      async (before, changes) => {
        stored = { ...before };
        await api.update(imageWith({ properties: before }), { properties: changes });
        const wanted = Object.entries({ ...before, ...changes }).filter(([, text]) => text !== null);
        expect(stored).toEqual(Object.fromEntries(wanted));
      },
    ),
    { numRuns: 40 },
  );
});
