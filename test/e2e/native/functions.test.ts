import { randomUUID } from "node:crypto";
import { importToEnd, webDownload } from "../../contract/importing";
import { rawFormats } from "../../contract/user";
import { describeCatalog, said, succeeded } from "../catalog";
import { native, yamlProgram } from "../doors";

interface Asked {
  function: string;
  arguments: Record<string, unknown>;
  /** What of the answer is looked at. */
  return: string;
}

/** The functions, asked by a program in YAML. */
describeCatalog(
  "functions of the plugin",
  (catalog) => {
    const tag = `functions-${randomUUID()}`;
    const ids: string[] = [];

    beforeAll(async () => {
      for (const name of ["functions-a", "functions-b"]) {
        const { id } = await catalog().other.createActiveImage({ name, tags: [tag], purpose: name });
        ids.push(id);
      }
    }, 60_000);

    afterAll(async () => {
      for (const id of ids) await catalog().other.delete(`/v2/images/${id}`);
    });

    /** A program whose outputs are the answers. */
    async function ask(questions: Record<string, Asked>) {
      const variables = Object.entries(questions).map(([name, asked]) => [name, { "fn::invoke": asked }]);
      const outputs = Object.keys(questions).map((name) => [name, `\${${name}}`]);
      const program = { variables: Object.fromEntries(variables), outputs: Object.fromEntries(outputs) };
      await catalog().stack.write("Pulumi.yaml", yamlProgram(program));
      return catalog().stack.up();
    }

    test("answer what the image service has and offers", async () => {
      const { other, mirror } = catalog();
      const failed = await other.createImage({ name: "functions-failed", ...rawFormats });
      ids.push(failed.id);
      await importToEnd(other, failed.id, webDownload(mirror.url("/no-such-file")));
      const asked = await ask({
        one: { function: "glance:getImage", arguments: { tags: [tag], name: "functions-a" }, return: "id" },
        newest: {
          function: "glance:getImage",
          arguments: { tags: [tag], nameRegex: "^functions-b$", mostRecent: true },
          return: "size",
        },
        all: { function: "glance:getImages", arguments: { tags: [tag], sort: "name:asc" }, return: "ids" },
        byProperty: {
          function: "glance:getImages",
          arguments: { tags: [tag], properties: { purpose: "functions-b" } },
          return: "ids",
        },
        methods: { function: "glance:getImportMethods", arguments: {}, return: "methods" },
        fallback: { function: "glance:getStores", arguments: {}, return: "defaultStore" },
        quotas: { function: "glance:getUsage", arguments: {}, return: "quotas" },
        tasks: { function: "glance:getImageTasks", arguments: { imageId: failed.id }, return: "tasks" },
      });
      succeeded(asked);
      expect(await catalog().stack.outputs()).toEqual({
        one: ids[0],
        newest: "hello world".length,
        all: ids.slice(0, 2),
        byProperty: [ids[1]],
        methods: expect.arrayContaining(["glance-direct", "web-download"]),
        fallback: "fast",
        quotas: [],
        tasks: [expect.objectContaining({ type: "api_image_import", status: "failure" })],
      });
    });

    test("tell the candidates where one image is asked for and several are there", async () => {
      const question = { function: "glance:getImage", arguments: { tags: [tag] }, return: "id" };
      const result = await ask({ one: question });
      expect(result.code).not.toBe(0);
      expect(said(result)).toMatch(/2 images match/);
      for (const id of ids.slice(0, 2)) expect(said(result)).toContain(id);
    });

    test("refuse a filter that cannot be, and name it", async () => {
      const question = { function: "glance:getImages", arguments: { visibility: "secret" }, return: "ids" };
      const result = await ask({ none: question });
      expect(result.code).not.toBe(0);
      expect(said(result)).toMatch(/visibility must be one of public, private/);
    });
  },
  [native],
);
