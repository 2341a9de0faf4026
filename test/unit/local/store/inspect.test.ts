import { Client, localServer, octets } from "../client";
import { iso, partitioned, qcow2, vdi, vhd, vhdx, vmdk } from "./formats";

describe("what an upload finds in an image", () => {
  const server = localServer();
  let demo: Client;

  beforeAll(async () => {
    demo = await Client.logIn(server.current);
  });

  const upload = async (diskFormat: string, content: Uint8Array, containerFormat = "bare") => {
    const { id } = await demo.create({ disk_format: diskFormat, container_format: containerFormat });
    const answer = await demo.upload(id, content);
    return { answer, image: await demo.show(id) };
  };
  const reasonOf = ({ body }: { body: { message: string } }) => body.message.split("<br />").at(-1)?.trim();

  const gibibyte = 2 ** 30;

  it.each([
    ["qcow2", qcow2({ size: gibibyte }), gibibyte],
    ["qcow2", qcow2({ version: 2, size: gibibyte }), gibibyte],
    ["vmdk", vmdk({ sectors: 100 }), 51_200],
    ["vmdk", vmdk({ kind: "streamOptimized", sectors: 2 }), 1024],
    ["vhd", vhd(gibibyte), gibibyte],
    ["vhdx", vhdx(gibibyte), gibibyte],
    ["vdi", vdi(gibibyte), gibibyte],
    ["iso", iso(100), 204_800],
    ["iso", partitioned({ image: iso(100) }), 204_800],
    ["raw", Buffer.from("anything"), 8],
    ["raw", qcow2(), 512],
    ["raw", partitioned(), 512],
    ["ami", Buffer.from("anything"), null],
    ["ploop", Buffer.from("anything"), null],
  ])("%s (case %#): it is active with its virtual size", async (format, content, virtualSize) => {
    const { answer, image } = await upload(format, content);
    expect(answer.status).toBe(204);
    expect(image).toMatchObject({ status: "active", size: content.length, virtual_size: virtualSize });
  });

  it.each([
    ["qcow2", Buffer.from("anything"), "raw"],
    ["qcow2", Buffer.alloc(0), "raw"],
    ["qcow2", vmdk(), "vmdk"],
    ["vmdk", qcow2(), "qcow2"],
    ["vhd", vhdx(1), "vhdx"],
    ["iso", partitioned(), "gpt"],
    ["ami", partitioned(), "gpt"],
  ])(
    "%s (case %#): other bytes are refused with 415, and the image cannot take others",
    async (format, content, found) => {
      const { answer, image } = await upload(format, content);
      expect(answer.status).toBe(415);
      expect(reasonOf(answer)).toBe(`Image disk_format ${format} does not match stream data ${found}`);
      expect(image).toMatchObject({ status: "queued", size: null, stores: "fast", checksum: expect.any(String) });
      expect((await demo.upload(image.id, qcow2())).status).toBe(500);
    },
  );

  it.each([
    ["qcow2 with a backing file", "qcow2", qcow2({ backingFile: 512 })],
    ["qcow2 with a data file", "qcow2", qcow2({ features: 4n })],
    ["qcow2 with unknown features", "qcow2", qcow2({ features: 1n << 40n })],
    ["qcow2 of an unknown version", "qcow2", qcow2({ version: 1 })],
    ["qcow2 with a backing file that claims to be raw", "raw", qcow2({ backingFile: 512 })],
    ["vmdk of several files", "vmdk", vmdk({ kind: "monolithicFlat" })],
    ["vmdk with a file in another folder", "vmdk", vmdk({ extent: 'RW 8 SPARSE "/etc/passwd"' })],
    ["vmdk without extents", "vmdk", vmdk({ extent: "" })],
    ["vmdk of an unknown version", "vmdk", vmdk({ version: 9 })],
    ["vmdk that is a descriptor only", "vmdk", Buffer.from(`createType="monolithicFlat"\n${"#".repeat(80)}`)],
    ["a disk without partitions", "raw", partitioned({ type: 0 })],
    ["a disk with an invalid partition", "raw", partitioned({ boot: 1 })],
  ])("%s is refused as unsafe", async (_, format, content) => {
    const { answer } = await upload(format, content);
    expect([answer.status, reasonOf(answer)]).toEqual([415, "Image failed safety checks"]);
  });

  it("refuses bytes that are several formats at once", async () => {
    const content = Buffer.concat([qcow2(), Buffer.alloc(34 * 1024)]);
    iso(1).copy(content, 32 * 1024, 32 * 1024);
    const { answer } = await upload("qcow2", content);
    expect([answer.status, reasonOf(answer)]).toEqual([415, "Multiple formats detected: qcow2,iso"]);
  });

  it("does not look into other containers", async () => {
    const { answer, image } = await upload("qcow2", Buffer.from("anything"), "ovf");
    expect([answer.status, image.status, image.virtual_size]).toEqual([204, "active", null]);
  });

  it("leaves an image importing for ever whose staged bytes are refused", async () => {
    const { id } = await demo.create({ disk_format: "qcow2", container_format: "bare" });
    await demo.send("PUT", `/images/${id}/stage`, "anything", octets);
    expect(await demo.import(id, { name: "glance-direct" })).toMatchObject({ status: "failure" });
    expect(await demo.show(id)).toMatchObject({ status: "importing", os_glance_failed_import: "fast" });
  });
});
