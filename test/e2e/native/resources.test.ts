import { User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import { environmentOf } from "../../tools/clouds/environment";
import { type PulumiResult, TestStack } from "../../tools/pulumi";
import { succeeded } from "../catalog";
import { yamlProgram } from "../doors";
import { explicitProvider } from "./explicitProvider";

jest.setTimeout(180_000);

interface Wanted {
  properties: Record<string, string>;
  answer: string;
  tags: string[];
}

/** Resources beside images, each with the credentials of those who may: a member answers, an administrator defines metadata. */
describeClouds("the plugin's other resources", (cloud) => {
  const owner = new User(cloud, cloud.demo, () => {});
  const consumer = new User(cloud, cloud.alt, () => {});
  const administrator = new User(cloud, cloud.admin, () => {});
  const namespace = "E2E::Native";
  const asked = `/v2/metadefs/namespaces/${encodeURIComponent(namespace)}`;
  let stack: TestStack;
  let alt: string;

  const program = ({ properties, answer, tags }: Wanted) => {
    const provider = (name: string) => ({ provider: `\${${name}}` });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
    const imageId = "${image.id}";
    return yamlProgram({
      resources: {
        member: { type: "pulumi:providers:glance", properties: explicitProvider(cloud, cloud.alt) },
        administrator: { type: "pulumi:providers:glance", properties: explicitProvider(cloud, cloud.admin) },
        image: { type: "glance:Image", properties: { name: "native-resources", properties: { own: "1" } } },
        described: { type: "glance:ImageProperties", properties: { imageId, properties } },
        shared: { type: "glance:ImageMember", properties: { imageId, memberId: alt } },
        answer: {
          type: "glance:ImageMemberStatus",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's YAML.
          properties: { imageId: "${shared.imageId}", status: answer },
          options: provider("member"),
        },
        metadata: {
          type: "glance:MetadefNamespace",
          properties: { namespace, tags, properties: { rate: { title: "Rate", type: "integer", minimum: 1 } } },
          options: provider("administrator"),
        },
      },
      outputs: { id: imageId },
    });
  };

  const up = async (wanted: Wanted): Promise<PulumiResult> => {
    await stack.write("Pulumi.yaml", program(wanted));
    return succeeded(await stack.up());
  };
  const changed = ({ steps }: PulumiResult) =>
    Object.fromEntries(steps.filter(({ op }) => op !== "same").map(({ name, op }) => [name, op]));
  const image = async () => (await owner.show((await stack.outputs()).id as string)).body;
  const answer = async () => {
    const { body } = await owner.get(`/v2/images/${(await stack.outputs()).id}/members/${alt}`);
    return (body as { status: string }).status;
  };

  const first = { properties: { hw_disk_bus: "virtio" }, answer: "accepted", tags: ["edge"] };
  const second = {
    properties: { hw_disk_bus: "scsi", os_distro: "debian" },
    answer: "rejected",
    tags: ["edge", "core"],
  };

  beforeAll(async () => {
    alt = (await consumer.logIn()).projectId;
    stack = await TestStack.create({ env: environmentOf(cloud, cloud.demo) });
  }, 60_000);

  afterAll(async () => {
    await stack.destroy();
    await stack.remove();
  }, 120_000);

  test("are made", async () => {
    await up(first);
    expect(await image()).toMatchObject({ own: "1", hw_disk_bus: "virtio", visibility: "shared" });
    expect(await answer()).toBe("accepted");
    expect((await owner.get(asked)).status).toBe(404);
    expect((await administrator.get(asked)).body).toMatchObject({
      properties: { rate: { title: "Rate", type: "integer", minimum: 1 } },
      tags: [{ name: "edge" }],
    });
  });

  test("are the same afterwards, also after a refresh", async () => {
    expect(changed(await up(first))).toEqual({});
    expect(Object.keys(succeeded(await stack.refresh()).summary)).toEqual(["same"]);
    expect(changed(await up(first))).toEqual({});
  });

  test("are changed in place", async () => {
    expect(changed(await up(second))).toEqual({ described: "update", answer: "update", metadata: "update" });
    expect(await image()).toMatchObject({ own: "1", hw_disk_bus: "scsi", os_distro: "debian" });
    expect(await answer()).toBe("rejected");
  });

  test("drift is noticed and repaired", async () => {
    const { id } = (await image()) as { id: string };
    await owner.patch(id, [{ op: "replace", path: "/hw_disk_bus", value: "ide" }]);
    await consumer.put(`/v2/images/${id}/members/${alt}`, { status: "accepted" });
    expect(succeeded(await stack.refresh()).summary).toMatchObject({ update: expect.any(Number) });
    expect(changed(await up(second))).toEqual({ described: "update", answer: "update" });
    expect([await image(), await answer()]).toEqual([expect.objectContaining({ hw_disk_bus: "scsi" }), "rejected"]);
  });

  test("are gone after destroy", async () => {
    const { id } = (await image()) as { id: string };
    succeeded(await stack.destroy());
    expect((await owner.show(id)).status).toBe(404);
    expect((await administrator.get(asked)).status).toBe(404);
  });
});
