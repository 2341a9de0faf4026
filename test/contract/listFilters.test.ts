import { refused, serverError } from "./refusals";
import { contract, unique } from "./suite";
import type { ImageBody } from "./user";

const qcow2Formats = { disk_format: "qcow2", container_format: "bare" };

contract("list: filters", (server) => {
  const tag = unique("tag");
  const list = (query: string) => server.demo.get("/v2/images", `tag=${tag}&${query}`);
  const names = async (query: string) => {
    const images = await server.demo.list(`tag=${tag}&${query}`);
    return images.map(({ name }) => name).sort();
  };
  const all = ["full", "plain", "with:colon", 'with,"both"'].sort();
  let plain: ImageBody;
  let full: ImageBody;

  beforeAll(async () => {
    [plain, full] = await Promise.all([
      server.demo.createImage({ name: "plain", tags: [tag, "extra"], ...qcow2Formats, other_property: "ü" }),
      server.demo.createActiveImage({ name: "full", tags: [tag], visibility: "private", "trait:CUSTOM_X": "required" }),
      server.demo.createImage({ name: "with:colon", tags: [tag], min_ram: 5, some_property: "x" }),
      server.demo.createImage({ name: 'with,"both"', tags: [tag], min_ram: 7, protected: true }),
    ]);
  });

  it.each([
    ["name=plain", ["plain"]],
    ["name=PLAIN", []],
    ["name=pla", []],
    ["name=", []],
    ["name=eq:with:colon", ["with:colon"]],
    ['name=eq:with,"both"', ['with,"both"']],
    ["name=in:plain,full", ["full", "plain"]],
    ['name=in:"with:colon","plain"', ["plain", "with:colon"]],
    ["name=in:with:colon,absent", ["with:colon"]],
    ["status=active", ["full"]],
    ["status=in:queued,active", all],
    ["status=bogus", []],
    ["disk_format=in:qcow2,raw", ["full", "plain"]],
    ["container_format=eq:bare", ["full", "plain"]],
    ["other_property=%C3%BC", ["plain"]],
    ["tag=extra", ["plain"]],
    ["tag=%20extra%20", ["plain"]],
    ["tag=absent", []],
    ["protected=true", ['with,"both"']],
    ["protected=false", ["full", "plain", "with:colon"]],
    ["min_ram=5", ["with:colon"]],
    ["min_ram_min=5&min_ram_max=7", ["with:colon", 'with,"both"']],
    ["size=11", ["full"]],
    ["size_min=11&size_max=11", ["full"]],
    ["size_min=12", []],
    ["checksum=5eb63bbbe01eeed093cb22bb8f5acdc3", ["full"]],
    ["os_hash_algo=sha512", ["full"]],
    ["some_property=x", ["with:colon"]],
    ["some_property=eq:x", []],
    ["trait:CUSTOM_X=required", ["full"]],
    ["absent_property=x", []],
    ["owner=nobody", []],
    ["owner=eq:nobody", []],
    ["created_at=gt:2020-01-01T00:00:00Z", all],
    ["created_at=gte:2020-01-01", all],
    ["created_at=neq:2020-01-01", all],
    ["created_at=lt:2020-01-01T00:00:00Z", []],
    ["created_at=2020-01-01T00:00:00Z", []],
    ["created_at=gt:2020-01-01T00:00:00%2B02:00", all],
    ["updated_at=lte:2020-01-01T00:00:00Z", []],
    ["updated_at=gt:2020-01-01T00:00:00", all],
    ["deleted=true", all],
    ["metadata=x", []],
  ])("%s finds %j", async (query, expected) => {
    expect(await names(query)).toEqual([...expected].sort());
  });

  it("finds images by a list of ids", async () => {
    expect(await names(`id=in:${plain.id},${full.id}`)).toEqual(["full", "plain"]);
  });

  it("finds images by owner", async () => {
    expect(await names(`owner=${plain.owner}`)).toEqual(all);
  });

  it("hides hidden images unless they are asked for, and then hides the others", async () => {
    await server.demo.createImage({ name: "hidden", tags: [tag], os_hidden: true });
    for (const query of ["", "os_hidden=False"]) expect(await names(query)).toEqual(all);
    expect(await names("os_hidden=TRUE")).toEqual(["hidden"]);
  });

  it.each([
    ["name=with:colon", "Unable to filter by unknown operator 'with'."],
    ["name=neq:plain", "Unable to filter by unknown operator 'neq'."],
    ['name=in:"plain', 'Invalid filter value "plain. The quote is not closed.'],
    ['name=in:pl"ain', 'Invalid filter value pl"ain. There is no comma before opening quotation mark.'],
    ["created_at=in:2020-01-01", "Unable to filter on a unknown operator."],
    ["created_at=yesterday", 'Bad "created_at" query filter format. Use ISO 8601 DateTime notation.'],
    [
      "created_at=gt:2020-01-01T00:00:00+02:00",
      'Bad "created_at" query filter format. Use ISO 8601 DateTime notation.',
    ],
    ["protected=True", "Invalid value 'True' for 'protected' filter. Valid values are 'true' or 'false'."],
    ["os_hidden=1", "Invalid value '1' for 'os_hidden' filter. Valid values are 'true' or 'false'."],
    ["visibility=bogus", "Invalid visibility value: bogus"],
    ["visibility=PRIVATE", "Invalid visibility value: PRIVATE"],
    ["member_status=bogus", "Invalid status: bogus"],
    ["size_min=x", "Unable to filter on a range with a non-numeric value."],
    ["changes-since=2020-01-01", 'The "changes-since" filter is no longer available on v2.'],
  ])("answers 400 for %s", async (query, reason) => {
    expect(await list(query)).toMatchObject(refused(400, reason));
  });

  it.each(["other_min=1", "other_max=1", "locations=x", "properties=x", "members=x"])(
    "answers 500 for the property filter %s",
    async (query) => expect(await list(query)).toMatchObject(serverError),
  );
});
