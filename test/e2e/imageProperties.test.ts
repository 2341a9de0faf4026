import { type ImageBody, User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import type { Api } from "../tools/clouds/types";
import { type PulumiResult, TestStack } from "../tools/pulumi";
import { said, succeeded } from "./catalog";
import { yamlProgram } from "./doors";

interface Plan {
  /** On which the properties are that name no image of their own. */
  imageId: string;
  sets: Record<string, { imageId?: string; properties: Record<string, string>; region?: string }>;
  /** Where to look up the properties that the image has. */
  seen?: { api: string };
}

/** Files of a program with ImageProperties as the plan says. */
type Program = (plan: Plan) => Record<string, string>;

const dynamic: Program = (plan) => ({
  "index.js": `
const { ImageProperties } = require("pulumi-glance");
const { imageId, sets, seen } = require("./plan.json");
for (const [name, args] of Object.entries(sets)) exports[name] = new ImageProperties(name, { imageId, ...args }).properties;
if (seen) exports.seen = ImageProperties.get("seen", imageId, seen).properties;
`,
  "plan.json": JSON.stringify(plan),
});

const native: Program = ({ imageId, sets, seen }) => {
  const type = "glance:ImageProperties";
  const resources = Object.entries(sets).map(([name, args]) => [name, { type, properties: { imageId, ...args } }]);
  const found = seen && { seen: { type, get: { id: imageId, state: seen } } };
  return {
    "Pulumi.yaml": yamlProgram({
      resources: { ...Object.fromEntries(resources), ...found },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
      ...(seen && { outputs: { seen: "${seen.properties}" } }),
    }),
  };
};

jest.setTimeout(180_000);

// What differs between the doors does not depend on the API.
const ways: [Api, Program][] = [
  ["v2", dynamic],
  ["compute", native],
];

describe.each(ways)("through the API %s", (api, program) => {
  describeClouds(
    "properties of an image that somebody else made",
    (cloud) => {
      const other = new User({ ...cloud, apis: {} }, cloud.demo, () => {});
      const made: string[] = [];
      let stack: TestStack;
      let image: string;

      const newImage = async (properties: Record<string, string>) => {
        const { id } = await other.createActiveImage({ name: "properties-e2e", ...properties });
        made.push(id);
        return id;
      };
      beforeAll(async () => {
        image = await newImage({ theirs: "1", taken: "2" });
        stack = await TestStack.create({ env: environmentOf(cloud, cloud.demo) });
        await stack.setConfig("glance:api", api);
      }, 60_000);
      afterAll(async () => {
        await stack.destroy();
        await stack.remove();
        for (const id of made) await other.delete(`/v2/images/${id}`);
      }, 120_000);

      const declare = async (plan: Omit<Plan, "imageId">) => {
        for (const [path, text] of Object.entries(program({ imageId: image, ...plan }))) await stack.write(path, text);
      };
      const up = async (sets: Plan["sets"], more: Pick<Plan, "seen"> = {}): Promise<PulumiResult> => {
        await declare({ sets, ...more });
        return succeeded(await stack.up());
      };
      const changed = ({ steps }: PulumiResult) =>
        Object.fromEntries(
          steps.filter(({ op, urn }) => op !== "same" && urn.includes("Properties")).map(({ name, op }) => [name, op]),
        );
      /** The properties of an image as Glance itself shows them. */
      const seen = async (id = image) => {
        const { body } = await other.show(id);
        const names = ["theirs", "taken", "a", "b", "c", "d", "e", "f"];
        return Object.fromEntries(Object.entries(body as ImageBody).filter(([name]) => names.includes(name)));
      };
      const first = { properties: { taken: "ours", a: "1 ü" } };

      test("names that an image cannot have fail in the preview", async () => {
        await declare({ sets: { wrong: { properties: { disk_format: "raw", pulumi_glance_state: "x" } } } });
        const result = await stack.preview();
        expect(result.code).not.toBe(0);
        expect(said(result)).toMatch(/disk_format.*use the input diskFormat/);
        expect(said(result)).toMatch(/pulumi_glance_state.*how this provider marks its images/);
        expect(await seen()).toEqual({ theirs: "1", taken: "2" });
      });

      test("several resources set theirs at the same moment; one that is there is taken over, others stay", async () => {
        const names = ["b", "c", "d", "e", "f"];
        const sets = Object.fromEntries(names.map((name) => [name, { properties: { [name]: name } }]));
        await up({ first, ...sets });
        expect(await seen()).toEqual({ theirs: "1", ...first.properties, b: "b", c: "c", d: "d", e: "e", f: "f" });
        await up({ first });
        expect(await seen()).toEqual({ theirs: "1", ...first.properties });
      });

      test("nothing is changed by the same program, also after a refresh", async () => {
        succeeded(await stack.refresh());
        expect(changed(await up({ first }))).toEqual({});
      });

      test("values, new and dropped properties change in place", async () => {
        const second = { properties: { a: "2", b: "3" } };
        expect(changed(await up({ first: second }))).toEqual({ first: "update" });
        expect(await seen()).toEqual({ theirs: "1", a: "2", b: "3" });
        await up({ first });
        expect(await seen()).toEqual({ theirs: "1", ...first.properties });
      });

      test("what others change is found by refresh and set again", async () => {
        await other.patch(image, [
          { op: "replace", path: "/taken", value: "theirs again" },
          { op: "remove", path: "/a" },
        ]);
        succeeded(await stack.refresh());
        expect(changed(await up({ first }))).toEqual({ first: "update" });
        expect(await seen()).toEqual({ theirs: "1", ...first.properties });
      });

      test("every property is looked up", async () => {
        await up({ first }, { seen: { api } });
        expect((await stack.outputs()).seen).toEqual({ theirs: "1", ...first.properties });
      });

      test("the same image, reached in another way, keeps the properties", async () => {
        await up({ first });
        const again = await up({ first: { ...first, region: cloud.region } });
        expect(changed(again)).toMatchObject({ first: expect.stringMatching(/replace/) });
        expect(await seen()).toEqual({ theirs: "1", ...first.properties });
      });

      test("another image replaces the resource, and the old one loses its properties", async () => {
        await up({ first });
        const imageId = await newImage({ theirs: "2" });
        expect(changed(await up({ first: { ...first, imageId } }))).toMatchObject({
          first: expect.stringMatching(/replace/),
        });
        expect(await seen(imageId)).toEqual({ theirs: "2", ...first.properties });
        expect(await seen()).toEqual({ theirs: "1" });
      });

      test("an image that others deleted takes its properties along", async () => {
        expect((await other.delete(`/v2/images/${made.pop()}`)).status).toBe(204);
        succeeded(await stack.refresh());
        expect(changed(await up({ first }))).toEqual({ first: "create" });
        expect(await seen()).toEqual({ theirs: "1", ...first.properties });
      });

      test("an image that does not exist is told", async () => {
        await declare({ sets: { first, lost: { ...first, imageId: "11111111-2222-4333-8444-555555555555" } } });
        const result = await stack.up();
        expect(result.code).not.toBe(0);
        expect(said(result)).toContain("There is no image with the id 11111111-2222-4333-8444-555555555555");
      });

      test("destroy removes the properties, and no others", async () => {
        await up({ first });
        succeeded(await stack.destroy());
        expect(await seen()).toEqual({ theirs: "1" });
      });
    },
    api,
  );
});
