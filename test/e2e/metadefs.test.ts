import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { type PulumiResult, TestStack } from "../tools/pulumi";
import { said, succeeded } from "./catalog";

const program = `
const { MetadefNamespace } = require("pulumi-glance");
const { seen, ...namespaces } = require("./namespaces.json");
for (const [name, args] of Object.entries(namespaces)) exports[name] = new MetadefNamespace(name, args).createdAt;
if (seen) exports.seen = MetadefNamespace.get("seen", seen).tags;
`;

type Body = Record<string, unknown>;

jest.setTimeout(180_000);

describeClouds("metadata definitions", (cloud) => {
  let stack: TestStack;
  const admin = new User(cloud, cloud.admin, () => {});
  const everyone = new User(cloud, cloud.demo, () => {});
  const path = (namespace: string) => `/v2/metadefs/namespaces/${encodeURIComponent(namespace)}`;

  beforeAll(async () => {
    const files = { "namespaces.json": "{}" };
    stack = await TestStack.create({ program, files, env: environmentOf(cloud, cloud.admin) });
  }, 60_000);
  afterAll(async () => {
    await stack.destroy();
    await stack.remove();
  }, 120_000);

  const declare = (namespaces: Record<string, unknown>) => stack.write("namespaces.json", JSON.stringify(namespaces));
  const up = async (namespaces: Record<string, unknown>): Promise<PulumiResult> => {
    await declare(namespaces);
    return succeeded(await stack.up());
  };
  const failingUp = async (namespaces: Record<string, unknown>): Promise<string> => {
    await declare(namespaces);
    const result = await stack.up();
    expect(result.code).not.toBe(0);
    return said(result);
  };
  const steps = ({ steps: all }: PulumiResult) =>
    all.filter(({ urn, op }) => urn.includes("MetadefNamespace") && op !== "same").map(({ op }) => op);

  const bus = { title: "Bus", type: "string", description: "How it is wired", enum: ["i2c", "spi"], default: "i2c" };
  const sensors = {
    namespace: "E2E::Sensors",
    displayName: "Sensors",
    description: "What senses",
    visibility: "public",
    properties: { bus, rate: { title: "Rate", type: "integer", minimum: 1, maximum: 9, operators: ["<in>"] } },
    objects: [
      {
        name: "lens",
        required: ["glass"],
        properties: { glass: { title: "Glass", type: "boolean", default: "true" } },
      },
      { name: "case" },
    ],
    tags: ["edge", "with/slash"],
    resourceTypeAssociations: [{ name: "OS::Glance::Image", prefix: "e2e_" }],
  };

  test("a namespace is made with everything in it, for everyone to read", async () => {
    await up({ sensors });
    const { body } = await everyone.get(path("E2E::Sensors"));
    const { objects, tags, ...rest } = body as { objects: Body[]; tags: Body[] } & Body;
    expect(rest).toMatchObject({
      display_name: "Sensors",
      visibility: "public",
      protected: false,
      properties: sensors.properties,
      resource_type_associations: [{ name: "OS::Glance::Image", prefix: "e2e_" }],
    });
    expect(objects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "lens", required: ["glass"], properties: sensors.objects[0]?.properties }),
        expect.objectContaining({ name: "case", properties: {} }),
      ]),
    );
    expect(tags.map(({ name }) => name).sort()).toEqual(["edge", "with/slash"]);
  });

  test("the same program changes nothing, also after a refresh and in another order", async () => {
    succeeded(await stack.refresh());
    const other = { ...sensors, tags: ["with/slash", "edge"], objects: [...sensors.objects].reverse() };
    expect(steps(await up({ sensors: other }))).toEqual([]);
  });

  test("each part changes in place", async () => {
    const changed = {
      ...sensors,
      description: "What measures",
      properties: { bus: { ...bus, enum: ["i2c"] }, colour: { title: "Colour", type: "string" } },
      objects: [{ name: "lens" }, { name: "cap", description: "On top" }],
      tags: ["cloud"],
      resourceTypeAssociations: [{ name: "OS::Glance::Image", prefix: "other_" }, { name: "OS::Nova::Flavor" }],
    };
    expect(steps(await up({ sensors: changed }))).toEqual(["update"]);
    const { body } = await everyone.get(path("E2E::Sensors"));
    expect(body).toMatchObject({ description: "What measures", visibility: "public", tags: [{ name: "cloud" }] });
    const { properties, objects, resource_type_associations: types } = body as Record<string, Body[]>;
    expect(Object.keys(properties ?? {}).sort()).toEqual(["bus", "colour"]);
    expect(objects?.map(({ name }) => name).sort()).toEqual(["cap", "lens"]);
    expect(types?.map(({ name, prefix }) => [name, prefix]).sort()).toEqual([
      ["OS::Glance::Image", "other_"],
      ["OS::Nova::Flavor", undefined],
    ]);
  });

  test("what somebody else changed is noticed, and parts that are not declared are left alone", async () => {
    const { tags: _undeclared, ...withoutTags } = sensors;
    await up({ sensors: withoutTags });
    await admin.post(`${path("E2E::Sensors")}/tags`, { tags: [{ name: "theirs" }] });
    await admin.delete(`${path("E2E::Sensors")}/objects/case`);
    succeeded(await stack.refresh());
    expect(steps(await up({ sensors: withoutTags }))).toEqual(["update"]);
    expect((await everyone.get(`${path("E2E::Sensors")}/objects/case`)).status).toBe(200);
    expect((await everyone.get(path("E2E::Sensors"))).body).toMatchObject({ tags: [{ name: "theirs" }] });
  });

  test("one that exists already is not taken over, but can be looked up", async () => {
    await admin.post("/v2/metadefs/namespaces", { namespace: "E2E::Taken", tags: [{ name: "a" }] });
    expect(await failingUp({ sensors, other: { namespace: "E2E::Taken" } })).toContain(
      "The namespace E2E::Taken exists already",
    );
    await up({ sensors, seen: "E2E::Taken" });
    expect((await stack.outputs()).seen).toEqual(["a"]);
    await admin.delete(path("E2E::Taken"));
    await up({ sensors });
  });

  test("protected means that nothing is deleted until it is not", async () => {
    await up({ sensors: { ...sensors, protected: true } });
    expect(await failingUp({ sensors: { ...sensors, protected: true, objects: [] } })).toMatch(
      /is protected and cannot be deleted.*Set protected to false/s,
    );
    expect(await failingUp({})).toMatch(/is protected and cannot be deleted.*Set protected to false/s);
    await up({ sensors: { ...sensors, objects: [] } });
    expect((await everyone.get(path("E2E::Sensors"))).body).not.toHaveProperty("objects");
  });

  test("another name makes another namespace", async () => {
    await up({ sensors: { ...sensors, namespace: "E2E::Meters" } });
    const statuses = ["E2E::Sensors", "E2E::Meters"].map(async (name) => (await everyone.get(path(name))).status);
    expect(await Promise.all(statuses)).toEqual([404, 200]);
    await up({});
    expect((await everyone.get(path("E2E::Meters"))).status).toBe(404);
  });

  test("definitions that the catalog would lose or choke on fail before anything happens", async () => {
    await declare({
      sensors: { namespace: "E2E::Wrong", properties: { a: { title: "A", type: "string", default: 5 } } },
    });
    const preview = await stack.preview();
    expect(preview.code).not.toBe(0);
    expect(said(preview)).toContain('must be a string, e.g. "true" or "5"');
    await declare({});
  });
});
