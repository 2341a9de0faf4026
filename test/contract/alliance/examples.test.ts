import { must } from "../client";
import { contractOf } from "../suite";
import type { ImageBody } from "../user";
import { Environment, example, seed } from "./environment";

const fieldsOf = (image: object) => Object.keys(image).sort();

/** The document's examples, with what no server can repeat: its ids, its times and the file that it copied. */
contractOf("alliance", "the examples of the document", ({ demo }) => {
  const environment = new Environment(demo);
  const local = "http://127.0.0.1:9/images/cirros-0.3.0-i386-disk.img";
  const post = async () => {
    const { image } = example("create-request") as { image: Record<string, unknown> };
    return must(await environment.post({ ...image, copy_from: local }), 201).body as ImageBody;
  };

  it("1: a list, in the form of the document, has images with the same fields", async () => {
    const [documented = ""] = /{\s*"status"[^}]*}/.exec(seed("images.txt")) ?? [];
    const image = await post();
    const shown = (await environment.list()).find(({ id }) => id === image.id) as ImageBody;
    expect(fieldsOf(shown)).toEqual(fieldsOf(JSON.parse(documented)));
  });

  it("2: an image that was not copied has the same fields", async () => {
    const { id } = await environment.create({ name: "cirros-0.3.2-x86_64-uec-ramdisk" });
    expect(fieldsOf((await environment.get(`/images/${id}`)).body as ImageBody)).toEqual(fieldsOf(example("image")));
  });

  it("3 and 4: a new image has the same fields and the values of the request", async () => {
    const image = await post();
    const documented = example("create-response");
    expect(fieldsOf(image)).toEqual(fieldsOf(documented));
    const { status, tags, visibility, checksum, virtual_size, size, schema } = documented;
    expect(image).toMatchObject({ status, tags, visibility, checksum, virtual_size, size, schema });
    // The document's answer has another name, and the sizes the other way round.
    const { image: requested } = example("create-request") as { image: Record<string, unknown> };
    expect(image).toMatchObject({ ...requested, copy_from: local });
    expect([documented.min_ram, documented.min_disk]).toEqual([requested.min_disk, requested.min_ram]);
  });

  it("5 and 6: an update changes the name and keeps the format, whatever it asks for", async () => {
    const image = await post();
    const { image: requested } = example("update-request") as { image: Record<string, unknown> };
    const answer = await environment.patch(image.id, requested);
    const { name, disk_format, container_format } = example("update-response");
    expect(answer).toMatchObject({ status: 200, body: { name, disk_format, container_format, copy_from: local } });
    expect(requested).toMatchObject({ name, disk_format: "ari" });
    expect(fieldsOf(answer.body as object)).toEqual(fieldsOf(example("update-response")));
  });
});
