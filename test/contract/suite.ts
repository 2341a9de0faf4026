import { randomUUID } from "node:crypto";
import { describeClouds } from "../tools/clouds/current";
import type { CloudUnderTest } from "../tools/clouds/types";
import { type Answer, type Message, send } from "./client";
import { User } from "./user";

/** A text that no other case uses, for names, tags and property values. */
export const unique = (prefix = "contract") => `${prefix}-${randomUUID()}`;

/** What the cases of a topic talk to. Images that its users create are deleted after the case, or after the topic when `beforeAll` did. */
export interface Server {
  cloud: CloudUnderTest;
  admin: User;
  demo: User;
  alt: User;
  reader: User;
  /** Sends a request to Keystone, e.g. to `/auth/tokens`. */
  keystone(method: string, path: string, message?: Message): Promise<Answer>;
  /** Sends a request to the image service without any header of ours. */
  anonymous(method: string, path: string, message?: Message): Promise<Answer>;
}

/** Declares the same cases for every cloud under test. A case asserts what Glance 33 and Keystone 30 answer. */
export function contract(topic: string, cases: (server: Server) => void): void {
  jest.setTimeout(60_000);
  describeClouds(topic, (cloud) => {
    const lasting: string[] = [];
    let created = lasting;
    const user = (name: "admin" | "demo" | "alt" | "reader") => new User(cloud, cloud[name], (id) => created.push(id));
    const server: Server = {
      cloud,
      admin: user("admin"),
      demo: user("demo"),
      alt: user("alt"),
      reader: user("reader"),
      keystone: (method, path, message) => send(method, cloud.authUrl + path, message),
      anonymous: (method, path, message) => send(method, cloud.imageUrl + path, message),
    };
    const removeAll = async (ids: string[]) => {
      for (const id of ids.splice(0)) await remove(server.admin, id);
    };
    beforeEach(() => {
      created = [];
    });
    afterEach(async () => {
      await removeAll(created);
      created = lasting;
    });
    afterAll(() => removeAll(lasting));
    cases(server);
  });
}

async function remove(admin: User, id: string): Promise<void> {
  const path = `/v2/images/${id}`;
  const isGone = async () => [204, 404].includes((await admin.delete(path)).status);
  if (await isGone()) return;
  await admin.patch(id, [{ op: "replace", path: "/protected", value: false }]);
  if (!(await isGone())) throw new Error(`the image ${id} of this case cannot be deleted`);
}
