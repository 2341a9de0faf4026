import { createHash } from "node:crypto";
import { type ImageBody, User } from "../contract/user";
import type { CloudUnderTest } from "../tools/clouds/types";

/** What the cloud itself has, seen by an administrator on an undisturbed way. */
export class CloudSide {
  private readonly admin: User;

  constructor(cloud: CloudUnderTest) {
    this.admin = new User(cloud, cloud.admin, () => {});
  }

  /** All images of a name, hidden ones included. */
  async named(name: string): Promise<ImageBody[]> {
    const lists = ["true", "false"].map((os_hidden) => this.admin.list({ name, os_hidden, limit: "100" }));
    return (await Promise.all(lists)).flat();
  }

  /** The projects that an image is shared with. */
  async members(id: string): Promise<string[]> {
    const { body } = await this.admin.get(`/v2/images/${id}/members`);
    return (body as { members: { member_id: string }[] }).members.map(({ member_id }) => member_id);
  }

  async remove(id: string): Promise<void> {
    await this.admin.delete(`/v2/images/${id}`);
  }
}

/** How the cloud shows an image with these bytes. */
export function dataOf(bytes: Buffer): Record<string, unknown> {
  return {
    status: "active",
    size: bytes.length,
    os_hash_value: createHash("sha512").update(bytes).digest("hex"),
  };
}
