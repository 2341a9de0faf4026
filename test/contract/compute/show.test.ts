import { contractOf } from "../suite";
import { imageNotFound } from "./faults";
import { imageLinks, show, time } from "./images";

const instance = "9f2d1c3a-5b6e-4a7d-8c1f-0e2b3a4c5d6e";

contractOf("compute", "show", (server) => {
  it("shows an image without a name or data", async () => {
    const { id } = await server.v2.demo.createImage();
    const answer = await server.demo.get(`/v2.1/images/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      image: {
        id,
        name: null,
        minRam: 0,
        minDisk: 0,
        metadata: {},
        created: time,
        updated: time,
        status: "SAVING",
        progress: 25,
        "OS-EXT-IMG-SIZE:size": 0,
        links: imageLinks(server, id),
      },
    });
  });

  it("names the server of a snapshot", async () => {
    const { id } = await server.v2.demo.createImage({ instance_uuid: instance, image_type: "snapshot" });
    const { apis } = server.cloud;
    expect(await show(server.demo, id)).toMatchObject({
      metadata: { instance_uuid: instance, image_type: "snapshot" },
      server: {
        id: instance,
        links: [
          { rel: "self", href: `${apis.compute}/v2.1/servers/${instance}` },
          { rel: "bookmark", href: `${apis.compute}/servers/${instance}` },
        ],
      },
    });
  });

  it.each([
    ["True", "AUTO"],
    [" yes ", "AUTO"],
    ["1", "AUTO"],
    ["False", "MANUAL"],
    ["", "MANUAL"],
  ])("reads the property auto_disk_config %j as %s", async (auto_disk_config, mode) => {
    const { id } = await server.v2.demo.createImage({ auto_disk_config });
    expect(await show(server.demo, id)).toMatchObject({ metadata: { auto_disk_config }, "OS-DCF:diskConfig": mode });
  });

  it("shows properties that are lists as lists", async () => {
    const block_device_mapping = [{ device_name: "/dev/vda", no_device: null }];
    const encoded = JSON.stringify(block_device_mapping);
    const { id } = await server.v2.demo.createImage({ block_device_mapping: encoded, other: encoded });
    expect((await show(server.demo, id)).metadata).toEqual({ block_device_mapping, other: encoded });
  });

  it("shows a deactivated image as unknown", async () => {
    const { id } = await server.v2.demo.createActiveImage({ name: "ümläut ✓" }, "hello");
    await server.v2.demo.post(`/v2/images/${id}/actions/deactivate`);
    expect(await show(server.demo, id)).toMatchObject({
      name: "ümläut ✓",
      status: "UNKNOWN",
      progress: 0,
      "OS-EXT-IMG-SIZE:size": 5,
    });
  });

  it("shows a hidden image, and a shared one before it is accepted", async () => {
    const hidden = await server.v2.demo.createImage({ os_hidden: true });
    expect((await show(server.demo, hidden.id)).id).toBe(hidden.id);
    const shared = await server.v2.alt.createImage();
    const { projectId } = await server.demo.logIn();
    await server.v2.alt.post(`/v2/images/${shared.id}/members`, { member: projectId });
    expect((await show(server.demo, shared.id)).id).toBe(shared.id);
  });

  it("ignores the query", async () => {
    const { id } = await server.v2.demo.createImage();
    expect((await server.demo.get(`/v2.1/images/${id}`, "limit=abc")).status).toBe(200);
  });

  it.each(["11111111-1111-4111-8111-111111111111", "abc", "a%20b", "detail.json"])(
    "answers 404 for the id %s",
    async (id) => {
      for (const generation of ["/v2.1", "/v2"]) {
        expect(await server.demo.get(`${generation}/images/${id}`)).toMatchObject(imageNotFound);
      }
    },
  );

  it("tells upper case from lower case in ids, and hides images of other projects", async () => {
    const { id } = await server.v2.demo.createImage();
    expect(await server.demo.get(`/v2.1/images/${id.toUpperCase()}`)).toMatchObject(imageNotFound);
    const foreign = await server.v2.alt.createImage({ visibility: "private" });
    expect(await server.demo.get(`/v2.1/images/${foreign.id}`)).toMatchObject(imageNotFound);
  });
});
