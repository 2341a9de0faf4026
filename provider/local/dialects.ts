/** The APIs through which the images are served. */
export const dialects = ["v2", "v1", "platform9", "compute", "alliance"] as const;
export type Dialect = (typeof dialects)[number];

/** Where each is mounted on the port, without its version. */
export const mountPaths: Readonly<Record<Dialect, string>> = {
  v2: "/image",
  v1: "/image",
  platform9: "/glance",
  compute: "/compute",
  alliance: "/alliance",
};
