import type { CloudUnderTest } from "./types";

export const region = "RegionOne";

/** The region of the second image service, where a cloud has one. */
export const regionTwo = "RegionTwo";

/** The same in every cloud under test. */
export const users = {
  admin: { username: "admin", password: "secret", projectName: "admin" },
  demo: { username: "demo", password: "demo", projectName: "demo" },
  alt: { username: "alt", password: "alt", projectName: "alt" },
  reader: { username: "reader", password: "reader", projectName: "demo" },
} satisfies Partial<CloudUnderTest>;
