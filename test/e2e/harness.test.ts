import { TestStack } from "../tools/pulumi";

const program = `
const pulumi = require("@pulumi/pulumi");
const provider = {
  async create(inputs) { return { id: "thing-1", outs: inputs }; },
  async update(id, olds, news) { return { outs: news }; },
};
class Thing extends pulumi.dynamic.Resource {
  constructor(name, props) { super(provider, name, props); }
}
exports.id = new Thing("thing", { color: new pulumi.Config().require("color") }).id;
`;

describe("the real CLI with the Node language host", () => {
  jest.setTimeout(180_000);
  let stack: TestStack;

  beforeAll(async () => {
    stack = await TestStack.create({ program });
    await stack.setConfig("color", "red");
  });

  afterAll(() => stack?.remove());

  const things = (steps: { op: string; name: string }[]) =>
    steps.filter(({ name }) => name === "thing").map(({ op }) => op);

  it("takes a program through its life", async () => {
    const preview = await stack.preview();
    expect(preview).toMatchObject({ code: 0, summary: { create: 2 } });
    expect(await stack.resources()).toEqual([]);

    const created = await stack.up();
    expect(created).toMatchObject({ code: 0, summary: { create: 2 } });
    expect(things(created.steps)).toEqual(["create"]);
    expect(await stack.outputs()).toEqual({ id: "thing-1" });
    expect(await stack.resources()).toMatchObject([{ id: "thing-1", outputs: { color: "red" } }]);

    expect(await stack.up()).toMatchObject({ code: 0, summary: { same: 2 } });

    await stack.setConfig("color", "blue");
    const updated = await stack.up();
    expect(things(updated.steps)).toEqual(["update"]);
    expect(updated.steps.find(({ name }) => name === "thing")?.diffs).toEqual(["color"]);

    expect((await stack.refresh()).code).toBe(0);
    expect(await stack.destroy()).toMatchObject({ code: 0, summary: { delete: 2 } });
    expect(await stack.resources()).toEqual([]);
  });

  it("returns the message and the exit code of a program that fails", async () => {
    await stack.write("index.js", 'throw new Error("the program is wrong");');
    const { code, stdout, stderr } = await stack.up();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("the program is wrong");
  });
});
