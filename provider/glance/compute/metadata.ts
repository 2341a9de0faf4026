import { GlanceError } from "../../http/errors";
import type { CallOptions, GlanceImage, ImageChanges } from "../api";
import { assertPropertyNames } from "../capabilities";
import { segment } from "../segment";
import { during } from "../service";
import { computeCapabilities } from "./capabilities";
import { fetchImage } from "./images";
import { metadataPath } from "./path";
import type { ComputeService } from "./service";

/**
 * Compute API, "Create image metadata" and "Delete image metadata item". Properties go one by one, and first, so that the new ones fit
 * in the quota that they leave; then the others are merged by one request. Throws UNSUPPORTED for anything else than properties.
 */
export function updateImage(
  service: ComputeService,
  current: GlanceImage,
  { properties = {}, ...fields }: ImageChanges,
  options: CallOptions = {},
): Promise<GlanceImage> {
  const { id, name } = current;
  return during({ step: "update", id, name }, async () => {
    assertPropertiesOnly(fields);
    const { set, removed } = differenceOf(current, properties);
    assertPropertyNames([...Object.keys(set), ...removed], computeCapabilities);
    if (removed.length === 0 && Object.keys(set).length === 0) return current;
    for (const key of removed) await removeProperty(service, id, key, options);
    if (Object.keys(set).length > 0) await mergeProperties(service, id, set, options);
    const now = (await fetchImage(service, id, options)) ?? gone();
    const kept = removed.filter((key) => Object.hasOwn(now.properties, key));
    if (kept.length > 0) throw notRemoved(kept);
    return now;
  });
}

interface Difference {
  set: Record<string, string>;
  removed: string[];
}

function differenceOf({ properties: current }: GlanceImage, wanted: Required<ImageChanges>["properties"]): Difference {
  const has = (key: string) => Object.hasOwn(current, key);
  const set = Object.entries(wanted).filter(
    (entry): entry is [string, string] => entry[1] !== null && !(has(entry[0]) && current[entry[0]] === entry[1]),
  );
  return {
    set: Object.fromEntries(set),
    removed: Object.keys(wanted).filter((key) => wanted[key] === null && has(key)),
  };
}

/** A property that somebody else removed since is a 404, and so is an image, which is looked for afterwards. */
async function removeProperty(
  service: ComputeService,
  id: string,
  key: string,
  { signal }: CallOptions,
): Promise<void> {
  const path = `${metadataPath(id)}/${segment(key)}`;
  await service.request({ method: "DELETE", path, accept: [404], signal });
}

/** It only adds and overwrites, so that it may be sent twice. */
async function mergeProperties(
  service: ComputeService,
  id: string,
  metadata: Readonly<Record<string, string>>,
  { signal }: CallOptions,
): Promise<void> {
  await service.request({ method: "POST", path: metadataPath(id), json: { metadata }, idempotent: true, signal });
}

function assertPropertiesOnly(fields: object): void {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `the Compute API changes only properties, not ${given.map(([name]) => name).join(", ")}`,
    hint: "Use the Image API v2 (api: v2)",
  });
}

function notRemoved(keys: readonly string[]): GlanceError {
  return new GlanceError({
    code: "BAD_RESPONSE",
    message: `the service says that ${keys.join(", ")} is not there, and shows it all the same`,
  });
}

function gone(): never {
  throw new GlanceError({ code: "NOT_FOUND", message: "the image does not exist any more" });
}
