import { must } from "../client";
import { contractOf, unique } from "../suite";
import { create, detail, formats, names, post, reserve } from "./images";
import { refusedByRegistry, registrySays } from "./refusals";

const longAgo = "2001-01-01T00:00:00Z";

contractOf("v1", "GET /v1/images?changes-since", ({ demo, alt }) => {
  it("shows deleted images, without properties", async () => {
    const name = unique();
    const { id } = await create(demo, { "x-image-meta-name": name, "x-image-meta-property-p": "x" });
    must(await demo.delete(`/v1/images/${id}`), 200);
    expect(await detail(demo, { name })).toEqual([]);
    expect(await detail(demo, { name, "changes-since": longAgo })).toMatchObject([
      { id, status: "deleted", deleted: true, deleted_at: expect.stringMatching(/^\d{4}-/), size: 11, properties: {} },
    ]);
    expect(await names(alt, { name, "changes-since": longAgo })).toEqual([]);
  });

  it("shows killed images, which no other list does", async () => {
    const name = unique();
    const mismatch = { ...formats, "x-image-meta-name": name, "x-image-meta-size": "99" };
    must(await post(demo, mismatch, "abc"), 400);
    const [killed] = await detail(demo, { name, "changes-since": longAgo });
    expect(killed).toMatchObject({ status: "killed", deleted: false });
    expect(await names(demo, { name })).toEqual([]);
    expect(await names(demo, { name, status: "killed" })).toEqual([]);
    expect(await names(demo, { name, status: "killed", "changes-since": longAgo })).toEqual([name]);
    must(await demo.delete(`/v1/images/${killed?.id}`), 200);
  });

  it("leaves out what did not change since", async () => {
    const name = unique();
    const { updated_at: updated } = await reserve(demo, { "x-image-meta-name": name });
    expect(await names(demo, { name, "changes-since": String(updated) })).toEqual([]);
    expect(await names(demo, { name, "changes-since": "2001-01-01T00:00:00+02:00" })).toEqual([name]);
    expect(await names(demo, { name, "changes-since": "2101-01-01" })).toEqual([]);
  });

  it("takes a deleted image as marker", async () => {
    const name = unique();
    const first = await reserve(demo, { "x-image-meta-name": name });
    const second = await reserve(demo, { "x-image-meta-name": name });
    must(await demo.delete(`/v1/images/${second.id}`), 200);
    const after = await detail(demo, { name, "changes-since": longAgo, marker: second.id });
    expect(after.map(({ id }) => id)).toEqual([first.id]);
  });

  it.each(["yesterday", ""])("refuses %j", async (time) => {
    const said = registrySays.detail(400, "Unrecognized changes-since value");
    expect(await demo.get("/v1/images", { "changes-since": time })).toMatchObject(refusedByRegistry(400, said));
  });
});
