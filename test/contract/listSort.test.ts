import { refused } from "./refusals";
import { contract, unique } from "./suite";

contract("list: order", (server) => {
  const tag = unique("tag");
  const names = async (query: string) => (await server.demo.list(`tag=${tag}&${query}`)).map(({ name }) => name);

  beforeAll(async () => {
    await server.demo.createActiveImage({ name: "a", tags: [tag] }, "12");
    await server.demo.createActiveImage({ name: "c", tags: [tag] }, "1");
    await server.demo.createActiveImage({ name: "b", tags: [tag] }, "123");
  });

  it.each([
    ["", ["b", "c", "a"]],
    ["sort=name:asc", ["a", "b", "c"]],
    ["sort=name", ["c", "b", "a"]],
    ["sort=size:asc", ["c", "a", "b"]],
    ["sort=status:asc,size:desc", ["b", "a", "c"]],
    ["sort=disk_format,name:asc", ["a", "b", "c"]],
    ["sort=created_at:asc", ["a", "c", "b"]],
    ["sort_key=name", ["c", "b", "a"]],
    ["sort_key=name&sort_dir=asc", ["a", "b", "c"]],
    ["sort_dir=asc", ["a", "c", "b"]],
    ["sort_key=status&sort_key=name&sort_dir=asc", ["a", "b", "c"]],
    ["sort_key=status&sort_key=name&sort_dir=asc&sort_dir=desc", ["c", "b", "a"]],
    ["sort_key=status", ["b", "c", "a"]],
  ])("%s lists %j", async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  const keys = "name, status, container_format, disk_format, size, id, created_at, updated_at";

  it.each([
    ["sort=bogus", `Invalid sort key: bogus. It must be one of the following: ${keys}.`],
    ["sort=min_ram", `Invalid sort key: min_ram. It must be one of the following: ${keys}.`],
    ["sort=", `Invalid sort key: . It must be one of the following: ${keys}.`],
    ["sort_key=bogus", `Invalid sort key: bogus. It must be one of the following: ${keys}.`],
    ["sort=name:up", "Invalid sort direction: up"],
    ["sort_dir=ASC", "Invalid sort direction: ASC"],
    ["sort=name:asc&sort_key=id", "Old and new sorting syntax cannot be combined"],
    ["sort=name:asc&sort_dir=asc", "Old and new sorting syntax cannot be combined"],
    ["sort_key=name&sort_dir=asc&sort_dir=desc", "Number of sort dirs does not match the number of sort keys"],
  ])("answers 400 for %s", async (query, reason) => {
    expect(await server.demo.get("/v2/images", query)).toMatchObject(refused(400, reason));
  });
});
