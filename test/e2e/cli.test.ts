import { join } from "node:path";
import { repositoryRoot, withoutCallersClouds, withoutProxyOnLoopback } from "../../scripts/tools";
import { must } from "../contract/client";
import { octetStream, User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import type { Api, CloudUnderTest } from "../tools/clouds/types";
import { type Executed, execute } from "../tools/execute";
import { said } from "./catalog";

const program = join(repositoryRoot, "dist/provider/cli/pulumiGlance.js");

/** How each API is chosen, and where it is if the catalog does not say. */
const ways: Record<Api, { args: readonly string[]; env?: (url: string, project: string) => Record<string, string> }> = {
  v2: { args: ["--api", "v2"] },
  v1: { args: ["--api", "v1"], env: (OS_IMAGE_ENDPOINT_OVERRIDE) => ({ OS_IMAGE_ENDPOINT_OVERRIDE }) },
  platform9: { args: ["--api", "platform9"], env: (GLANCE_PLATFORM9_URL) => ({ GLANCE_PLATFORM9_URL }) },
  compute: { args: ["--api", "compute"] },
  computeXml: { args: ["--api", "compute", "--format", "xml"] },
  alliance: {
    args: ["--api", "alliance"],
    env: (GLANCE_ALLIANCE_URL, GLANCE_ENVIRONMENT_ID) => ({
      GLANCE_ALLIANCE_URL,
      GLANCE_TARGET_NS: "glance-local",
      GLANCE_ENVIRONMENT_ID,
    }),
  },
};

const name = "cli-e2e";

/** Makes an image through the API in which a cloud's images are made, and answers its id. */
const makers: Record<CloudUnderTest["imageApi"], (user: User) => Promise<string>> = {
  v2: async (user) => (await user.createActiveImage({ name })).id,
  v1: async (user) => {
    const format = { "x-image-meta-disk_format": "raw", "x-image-meta-container_format": "bare" };
    const headers = { ...octetStream, ...format, "x-image-meta-name": name };
    const { body } = must(await user.send("POST", "/v1/images", { headers, body: "hello world" }), 201);
    return (body as { image: { id: string } }).image.id;
  },
};

async function run(cloud: CloudUnderTest, api: Api, user: User, args: readonly string[]): Promise<Executed> {
  const { args: chosen, env } = ways[api];
  const { projectId } = await user.logIn();
  const variables = { ...environmentOf(cloud, cloud.demo), ...env?.(cloud.apis[api] ?? "", projectId) };
  const inherited = withoutProxyOnLoopback(withoutCallersClouds(process.env));
  return execute(process.execPath, [program, ...args, ...chosen], { env: { ...inherited, ...variables } });
}

jest.setTimeout(180_000);

describe.each(Object.keys(ways) as Api[])("pulumi-glance through the API %s", (api) => {
  describeClouds(
    "on the command line",
    (cloud) => {
      const made: string[] = [];
      const other = new User(cloud, cloud.demo, (id) => made.push(id));
      afterAll(async () => {
        for (const id of made) await other.delete(`/${cloud.imageApi}/images/${id}`);
      });

      test("images lists what is there", async () => {
        const id = await makers[cloud.imageApi](other);
        const listed = await run(cloud, api, other, ["images", "--filter", `name=${name}`, "--output", "json"]);
        expect({ code: listed.code, stderr: listed.stderr }).toEqual({ code: 0, stderr: "" });
        const images: { id: string; name: string }[] = JSON.parse(listed.stdout);
        expect(images).toContainEqual(expect.objectContaining({ id, name }));
      });

      test("doctor finds no problem", async () => {
        const examined = await run(cloud, api, other, ["doctor"]);
        if (examined.code !== 0) throw new Error(said(examined));
        expect(examined.stdout).toMatch(/^ok +keystone +accepts the user demo/m);
        expect(examined.stdout).toMatch(/^ok +roles +.*member/m);
        expect(examined.stdout).toMatch(/^ok +images +can be listed/m);
        expect(examined.stdout).toMatch(/^0 problems, /m);
      });
    },
    api,
  );
});
