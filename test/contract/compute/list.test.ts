import { contractOf, unique } from "../suite";
import type { ImageBody } from "../user";
import { faulted } from "./faults";
import { imageLinks, list, namesIn, time } from "./images";

contractOf("compute", "lists", (server) => {
  const batch = unique();
  const mine = `property-batch=${batch}`;
  let queued: ImageBody;
  let active: ImageBody;

  beforeAll(async () => {
    queued = await server.v2.demo.createImage({ batch, name: "queued", min_disk: 5, min_ram: 512 });
    active = await server.v2.demo.createActiveImage({ batch, name: "active" }, "hello");
    await server.v2.demo.createImage({ batch, name: "hidden", os_hidden: true });
  });

  it("shows id, name and links of each image in the brief list, the newest first, and no hidden one", async () => {
    const answer = await server.demo.get("/v2.1/images", mine);
    const brief = ({ id, name }: ImageBody) => ({ id, name, links: imageLinks(server, id) });
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(answer.body).toEqual({ images: [brief(active), brief(queued)] });
  });

  it("shows everything in the detailed list", async () => {
    const { images } = await list(server.demo, mine, "/v2.1/images/detail");
    const common = { metadata: { batch }, created: time, updated: time };
    expect(images).toEqual([
      {
        ...common,
        id: active.id,
        name: "active",
        minRam: 0,
        minDisk: 0,
        status: "ACTIVE",
        progress: 100,
        "OS-EXT-IMG-SIZE:size": 5,
        links: imageLinks(server, active.id),
      },
      {
        ...common,
        id: queued.id,
        name: "queued",
        minRam: 512,
        minDisk: 5,
        status: "SAVING",
        progress: 25,
        "OS-EXT-IMG-SIZE:size": 0,
        links: imageLinks(server, queued.id),
      },
    ]);
  });

  it.each(["/v2/images", "/v2/images/detail"])("answers %s with links to that generation", async (path) => {
    const { images } = await list(server.demo, mine, path);
    expect(images.map(({ links }) => links)).toEqual(
      [active, queued].map(({ id }) => imageLinks(server, id, { generation: "/v2" })),
    );
  });

  it.each(["/v2.1", "/v2"])(
    "takes the caller's project in the path of %s and puts it into links",
    async (generation) => {
      const project = `/${(await server.demo.logIn()).projectId}`;
      const { images, images_links } = await list(
        server.demo,
        `${mine}&limit=1`,
        `${generation}${project}/images/detail`,
      );
      expect(images.map(({ links }) => links)).toEqual([imageLinks(server, active.id, { generation, project })]);
      const path = `${server.cloud.apis.compute}${generation}${project}/images/detail`;
      expect(images_links).toEqual([
        { rel: "next", href: `${path}?limit=1&property-batch=${batch}&marker=${active.id}` },
      ]);
    },
  );

  it.each(["demo", "admin"] as const)("refuses %s another project in the path", async (name) => {
    const [own, other] = await Promise.all([server[name].logIn(), server.alt.logIn()]);
    const mismatch = `URL's project_id '${other.projectId}' doesn't match Context's project_id '${own.projectId}'`;
    expect(await server[name].get(`/v2.1/${other.projectId}/images`)).toMatchObject(
      faulted(400, `Malformed request URL: ${mismatch}`),
    );
  });

  it("shows other projects what is public, and administrators all", async () => {
    expect(namesIn(await list(server.alt, mine))).toEqual([]);
    expect(namesIn(await list(server.reader, mine))).toEqual(["active", "queued"]);
    expect(namesIn(await list(server.admin, mine))).toEqual(["active", "queued"]);
    await server.v2.admin.createImage({ batch, name: "public", visibility: "public" });
    expect(namesIn(await list(server.alt, mine))).toEqual(["public"]);
  });
});
