import { parse } from "yaml";
import type { GetImageOutputs } from "../../../provider/resources/getImages/types";
import { Client, localServer, rawFormats } from "../local/client";
import { environmentOf, runHere } from "./run";

const server = localServer();
const run = (args: readonly string[]) => runHere(["images", ...args], environmentOf(server.current));
const ids: string[] = [];

beforeAll(async () => {
  const client = await Client.logIn(server.current);
  const fields = [
    { name: "first", os_distro: "ubuntu", "trait:HW": "required", tags: ["a", "b"] },
    { name: "second", os_distro: "debian", tags: ["a"] },
    { name: "third", min_ram: 64 },
  ];
  for (const field of fields) ids.push((await client.create({ ...rawFormats, ...field })).id);
  for (const id of ids) await client.upload(id, "hello");
});

async function listed(args: readonly string[]): Promise<GetImageOutputs[]> {
  const { code, stdout, stderr } = await run([...args, "--output", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}
const names = async (...args: string[]) => (await listed(args)).map(({ name }) => name).sort();

describe.each([
  ["--api", "auto"],
  ["--api", "v2"],
  ["--api", "v1"],
  ["--api", "platform9"],
  ["--api", "compute"],
  ["--api", "compute", "--format", "xml"],
  ["--api", "alliance"],
])("%s %s %s %s", (...api) => {
  const chosen = api.filter((word) => word !== undefined);

  test("lists every image", async () => {
    expect((await listed(chosen)).map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  test("filters by name", async () => {
    expect(await names(...chosen, "--filter", "name=second")).toEqual(["second"]);
  });
});

test("filters, order and amounts are those of getImages", async () => {
  expect(await names("--filter", "tags=a", "--filter", "tags=b")).toEqual(["first"]);
  expect(await names("--filter", "property:os_distro=debian")).toEqual(["second"]);
  expect(await names("--filter", "property:trait:HW=required")).toEqual(["first"]);
  expect(await names("--filter", "minRam=64")).toEqual(["third"]);
  expect(await names("--filter", "nameRegex=^(first|third)$")).toEqual(["first", "third"]);
  const sorted = await listed(["--sort", "name:desc", "--limit", "1", "--max", "2"]);
  expect(sorted.map(({ name }) => name)).toEqual(["third", "second"]);
});

test("yaml says the same as json, and both an empty list", async () => {
  const yaml = await run(["--sort", "name:asc", "--output", "yaml"]);
  expect(parse(yaml.stdout)).toEqual(await listed(["--sort", "name:asc"]));
  expect((await run(["--filter", "name=none", "--output", "yaml"])).stdout).toBe("[]\n");
  expect(await listed(["--filter", "name=none"])).toEqual([]);
});

test("the table has a line for each image", async () => {
  const { stdout } = await run(["--sort", "name:asc"]);
  const [head, ...rows] = stdout.trimEnd().split("\n");
  expect(head).toMatch(/^ID +NAME +STATUS +VISIBILITY +FORMAT +SIZE +CREATED$/);
  expect(rows.map((row) => row.split(/ +/).slice(0, 6))).toEqual(
    ["first", "second", "third"].map((name, index) => [ids[index], name, "active", "shared", "raw", "5"]),
  );
});

test.each([
  [["--api", "v3"], '--api must be one of auto, v2, v1, platform9, compute, alliance, not "v3".'],
  [["--format", "yaml"], '--format must be one of json, xml, not "yaml".'],
  [["--output", "csv"], '--output must be one of table, json, yaml, not "csv".'],
  [["--cloud="], "--cloud must not be empty."],
  [["--max", "0"], "The filter maxResults must be at least 1."],
  [["--limit", "many"], "The filter limit must be a whole number."],
  [["--filter"], "Option '--filter <value>' argument missing."],
  [["--bogus"], "Unknown option '--bogus'."],
  [["extra"], "Unexpected argument 'extra'."],
])("%j is answered with one sentence and the exit code 2", async (args, sentence) => {
  expect(await run(args)).toEqual({ code: 2, stdout: "", stderr: `pulumi-glance: ${sentence}\n` });
});

test("a filter that the API does not have is told with those that it has", async () => {
  const { code, stdout, stderr } = await run(["--api", "compute", "--filter", "tags=a"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /^pulumi-glance: The filter tags is no filter of the Compute API; its filters are ids, name, .*\n$/,
  );
});

test("refused credentials are told with what to check and without the password", async () => {
  const env = { ...environmentOf(server.current), OS_PASSWORD: "a-wrong-secret" };
  const { code, stdout, stderr } = await runHere(["images"], env);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /^pulumi-glance: Keystone at http:.* did not accept the user "demo" .*Check user, password.*\n$/,
  );
  expect(stderr).not.toMatch(/a-wrong-secret|\n +at /);
});

test("a cloud that is not configured is told with what to set", async () => {
  const { code, stdout, stderr } = await runHere(["images"], {});
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^pulumi-glance: No cloud is configured.*Set OS_CLOUD.*\n$/);
});
