import { join } from "node:path";

/** The region of a cloud that has only one. */
export const defaultRegion = "RegionOne";

/** A part of the cloud: images of its own behind the Keystone that all share. */
export interface Region {
  name: string;
  /** Below which path its services are. */
  mount: string;
  /** Where its images are kept. */
  folder: string;
}

/**
 * The regions of a server that keeps its data in `folder`. The first one is served as if it were alone. Throws an Error of one sentence
 * for names that no path or catalog can tell apart.
 */
export function regionsNamed(names: readonly string[], folder: string): Region[] {
  if (names.length === 0) throw new Error("A cloud has at least one region.");
  const odd = names.find((name) => !/^\w[\w.-]*$/.test(name));
  if (odd !== undefined)
    throw new Error(`A region's name consists of letters, digits, "_", "." and "-", unlike "${odd}".`);
  const folded = names.map((name) => name.toLowerCase());
  const repeated = names.find((_name, at) => folded.indexOf(folded[at] ?? "") < at);
  if (repeated !== undefined) throw new Error(`There is a region "${repeated}" already; case makes no difference.`);
  return names.map((name, at) =>
    at === 0 ? { name, mount: "", folder } : { name, mount: `/regions/${name}`, folder: join(folder, "regions", name) },
  );
}
