import { randomUUID } from "node:crypto";
import { describeClouds } from "../tools/clouds/current";
import type { Api, CloudUnderTest } from "../tools/clouds/types";
import { type Answer, type Message, send } from "./client";
import { removeImage } from "./removal";
import { User } from "./user";

/** A text that no other case uses, for names, tags and property values. */
export const unique = (prefix = "contract") => `${prefix}-${randomUUID()}`;

/** The users of a cloud. */
export interface People {
  admin: User;
  demo: User;
  alt: User;
  reader: User;
}

/**
 * What the cases of a topic talk to: the users send to the API that the topic is about. Images that they create are deleted after the
 * case, or after the topic when `beforeAll` did.
 */
export interface Server extends People {
  cloud: CloudUnderTest;
  /** The same users at Image API v2 of the same images, for what the API of the topic cannot do. Not on glance-15, which has v1 only. */
  v2: People;
  /** The same users at the image service of the cloud's other region, if it has one. What they create stays until its case deletes it. */
  other: People;
  /** Sends a request to Keystone, e.g. to `/auth/tokens`. */
  keystone(method: string, path: string, message?: Message): Promise<Answer>;
  /** Sends a request to the API of the topic without any header of ours. */
  anonymous(method: string, path: string, message?: Message): Promise<Answer>;
}

/** Declares cases of Image API v2 for every cloud that has it. A case asserts what Glance 33 and Keystone 30 answer. */
export const contract = (topic: string, cases: (server: Server) => void) => contractOf("v2", topic, cases);

/**
 * Declares the same cases for every cloud under test that speaks `api`. A case asserts what the real server answers: Glance 33 (v2),
 * Glance 15 (v1), Nova 34 (compute).
 */
export function contractOf(api: Api, topic: string, cases: (server: Server) => void): void {
  const onCloud = (cloud: CloudUnderTest) => {
    const lasting: string[] = [];
    let created = lasting;
    const peopleAt = (url: string, onCreated = (id: string) => void created.push(id)): People => {
      const user = (name: keyof People) => new User(cloud, cloud[name], onCreated, url);
      return { admin: user("admin"), demo: user("demo"), alt: user("alt"), reader: user("reader") };
    };
    const url = cloud.apis[api] as string;
    const images = peopleAt(cloud.imageUrl);
    const removeAll = async (ids: string[]) => {
      for (const id of ids.splice(0)) await removeImage[cloud.imageApi](images.admin, id);
    };
    beforeEach(() => {
      created = [];
    });
    afterEach(async () => {
      await removeAll(created);
      created = lasting;
    });
    afterAll(() => removeAll(lasting));
    cases({
      cloud,
      ...peopleAt(url),
      v2: images,
      other: peopleAt(cloud.other?.imageUrl ?? "", () => {}),
      keystone: (method, path, message) => send(method, cloud.authUrl + path, message),
      anonymous: (method, path, message) => send(method, url + path, message),
    });
  };
  describeClouds(topic, onCloud, api);
}
