import { contractOf, unique } from "../suite";
import { faulted, unexpected } from "./faults";
import { list, namesIn } from "./images";

const server1 = "9f2d1c3a-5b6e-4a7d-8c1f-0e2b3a4c5d6e";

contractOf("compute", "list filters", (server) => {
  const batch = unique();
  const all = ["deactivated", "plain", "snapshot"];

  beforeAll(async () => {
    const snapshot = { image_type: "snapshot", instance_uuid: server1, image_state: "available" };
    await server.v2.demo.createImage({
      batch,
      name: "snapshot",
      os_distro: "debian",
      s_distro: "stripped",
      ...snapshot,
    });
    await server.v2.demo.createImage({ batch, name: "plain", min_disk: 3, min_ram: 64 });
    const { id } = await server.v2.demo.createActiveImage({ batch, name: "deactivated", min_disk: 4 });
    await server.v2.demo.post(`/v2/images/${id}/actions/deactivate`);
  });

  it.each([
    ["name=plain", ["plain"]],
    ["name=PLAIN", []],
    ["name=", []],
    ["name=in:plain,snapshot", ["plain", "snapshot"]],
    ["name=eq:plain", ["plain"]],
    ["name=snapshot&name=plain", ["plain"]],
    ["name=%F0%9F%98%80", []],
    ["status=queued", ["plain", "snapshot"]],
    ["status=QUEUED", ["plain", "snapshot"]],
    ["status=deactivated", ["deactivated"]],
    ["status=in:QUEUED,deactivated", all],
    ["status=SAVING", []],
    ["status=UNKNOWN", []],
    ["status=ERROR", []],
    ["status=DELETED", []],
    ["status=bogus", []],
    ["status=", []],
    [`server=${server1}`, ["snapshot"]],
    [`server=http://nova.example/v2.1/servers/${server1}`, ["snapshot"]],
    ["server=11111111-1111-4111-8111-111111111111", []],
    ["server=", []],
    ["type=snapshot", ["snapshot"]],
    ["type=BASE", []],
    ["type=ALL", []],
    ["minDisk=3", ["plain"]],
    ["minDisk=0", ["snapshot"]],
    ["minDisk=1", []],
    ["minDisk=-1", []],
    ["minRam=64", ["plain"]],
    ["min_disk=3", all],
    ["property-image_state=available", ["snapshot"]],
    ["property-os_distro=debian", []],
    ["property-os_distro=stripped", ["snapshot"]],
    ["property-visibility=public", []],
    ["changes-since=2020-01-01T00:00:00Z", all],
    ["changes-since=2020-01-01", all],
    ["changes-since=2020-01-01T00:00:00%2B02:00", all],
    ["changes-since=2035-01-01T00:00:00Z", []],
    ["sort_key=name&sort_dir=asc&foo=bar&visibility=bogus", all],
  ])("%s finds %j", async (query, expected) => {
    for (const path of ["/v2.1/images", "/v2.1/images/detail"]) {
      const found = namesIn(await list(server.demo, `property-batch=${batch}&${query}`, path));
      expect(found.sort()).toEqual(expected);
    }
  });

  it("ignores an order: the newest comes first", async () => {
    const query = `property-batch=${batch}&sort_key=name&sort_dir=asc`;
    expect(namesIn(await list(server.demo, query))).toEqual(["deactivated", "plain", "snapshot"]);
  });

  it.each([
    ["name=l:2", "HTTP 400 Bad Request: Unable to filter by unknown operator &#x27;l&#x27;."],
    [
      "changes-since=yesterday",
      "HTTP 400 Bad Request: Bad &quot;updated_at&quot; query filter format. Use ISO 8601 DateTime notation.",
    ],
    [
      "changes-since=",
      "HTTP 400 Bad Request: Bad &quot;updated_at&quot; query filter format. Use ISO 8601 DateTime notation.",
    ],
    ["property-visibility=bogus", "HTTP 400 Bad Request: Invalid visibility value: bogus"],
    ["property-marker=x", "HTTP 400 Bad Request: No image found with ID x"],
  ])("answers 400 for %s with what Glance says", async (query, message) => {
    for (const path of ["/v2.1/images", "/v2/images/detail"]) {
      expect(await server.demo.get(path, query)).toMatchObject(faulted(400, message));
    }
  });

  it.each(["minDisk=abc", "minDisk=1.5", "minRam=", "property-x_min=1", "property-locations=x"])(
    "answers 500 for %s",
    async (query) => {
      expect(await server.demo.get("/v2.1/images", query)).toMatchObject(
        unexpected("glanceclient.exc.HTTPInternalServerError"),
      );
    },
  );
});
