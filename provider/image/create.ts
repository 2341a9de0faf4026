import type { GlanceImage, ImageApi, NewImage } from "../glance/api";
import { type ImageInput, lacksFor } from "../glance/capabilities";
import { GlanceError } from "../http/errors";
import { prepareSource, withoutCredentials } from "./bytes";
import { asGlanceError, isFinal, isLost, UnfinishedImage } from "./failure";
import { beforeBytes, finish } from "./finish";
import { hintFor } from "./hints";
import { share } from "./members";
import { capital, type ImageSpec, isLocked, type LifecycleContext, nameOf } from "./spec";
import { creating, hold, type Leftovers, stateProperty } from "./stamp";

/**
 * Makes an image and answers it complete. When the server refuses for good, nothing is left in the cloud; when the end
 * is undecided, an UnfinishedImage carries the id into the state and the next run goes on with it.
 */
export async function createImage(
  api: ImageApi,
  spec: ImageSpec,
  leftovers: Leftovers,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const { signal } = context;
  const stamp = api.capabilities.marks ? context.stamp : undefined;
  refuseLacks(api, spec);
  refuseInactive(spec);
  await refuseUnknownFormats(api, spec, signal);
  if (spec.source) await prepareSource(api, spec.source, signal);
  const left = stamp === undefined ? undefined : await leftovers.take(stamp, signal);
  if (left) await clearAway(api, left, spec, signal);
  let image = await begin(api, spec, stamp, signal);
  hold(stamp, image.id);
  try {
    image = await finish(api, image, spec, context, (latest) => {
      image = latest;
    });
  } catch (error) {
    throw await settle(api, image, explain(error, image));
  }
  try {
    await share(api, image, spec.members, signal);
    return image;
  } catch (error) {
    // The image is whole: no member is worth its bytes.
    throw new UnfinishedImage(image, explain(error, image), false);
  }
}

async function begin(
  api: ImageApi,
  spec: ImageSpec,
  stamp: string | undefined,
  signal: AbortSignal | undefined,
): Promise<GlanceImage> {
  const { properties, ...fields } = beforeBytes(spec);
  const set = Object.entries(properties ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
  const image: NewImage = {
    ...(spec.id !== undefined && { id: spec.id }),
    ...fields,
    properties: { ...Object.fromEntries(set), ...(stamp !== undefined && creating(stamp)) },
    ...(api.capabilities.copiesAtCreate && spec.source?.kind === "copyFrom" && { copyFrom: spec.source.url }),
  };
  try {
    return await api.create(image, { signal });
  } catch (error) {
    const failure = asGlanceError(error);
    const { message, reason } = failure.facts;
    throw failure.with({
      message: withoutCredentials(message),
      reason: reason && withoutCredentials(reason),
      hint: hintFor(failure),
    });
  }
}

/** Nobody knows whose bytes a leftover holds; one without any is made again as quickly as it is gone on with. */
async function clearAway(api: ImageApi, left: GlanceImage, { id }: ImageSpec, signal?: AbortSignal): Promise<void> {
  if (left.id === id) {
    throw new GlanceError({
      code: "CONFLICT",
      message: `An interrupted run left ${nameOf(left)} behind, and Glance never gives its id out again`,
      hint: "Delete it, then change imageId or leave it out",
    });
  }
  await api.delete(left.id, { signal });
}

/** A failed create: clean up after a final answer, otherwise keep what the next run can finish. */
async function settle(api: ImageApi, image: GlanceImage, failure: GlanceError): Promise<Error> {
  if (!isFinal(failure)) {
    const latest = (await api.get(image.id).catch(() => undefined)) ?? image;
    return new UnfinishedImage(await unmark(api, latest), failure, isLost(latest));
  }
  try {
    await api.delete(image.id);
    return failure;
  } catch (error) {
    const message = `${failure.facts.message}; removing it failed as well: ${asGlanceError(error).facts.message}`;
    return new UnfinishedImage(image, failure.with({ message }), true);
  }
}

/**
 * The state will hold the image: a create must not find it any more. Best effort, since the connection may be what
 * failed; and never while an import writes the image.
 */
async function unmark(api: ImageApi, image: GlanceImage): Promise<GlanceImage> {
  if (isLocked(image)) return image;
  return api.update(image, { properties: { [stateProperty]: null } }).catch(() => image);
}

/** Tells on which image something failed, by name and id, and what to do about it; never the credentials in a URL. */
export function explain(error: unknown, image: GlanceImage): GlanceError {
  const failure = asGlanceError(error);
  const { message, reason } = failure.facts;
  const named = new RegExp(`^image ("[^"]*" \\()?${image.id}( \\("[^"]*"\\)|\\))?`, "i");
  const told = message.replace(named, "").replace(/^: /, "");
  return failure.with({
    message: capital(`${nameOf(image)}: ${withoutCredentials(told)}`),
    reason: reason && withoutCredentials(reason),
    hint: hintFor(failure),
  });
}

export function refuseInactive({ deactivated, source }: ImageSpec): void {
  if (!deactivated || source) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: "deactivated: true needs an image with data, and this one has no source",
    hint: "Declare localFile or copyFrom",
  });
}

/** Better than half of what the program says on an image that nobody wanted like that. */
export function refuseLacks({ capabilities }: ImageApi, spec: ImageSpec): void {
  const { id, fields, source, deactivated, members } = spec;
  const { properties } = spec;
  const inputs = [
    ...Object.keys(fields),
    ...(id === undefined ? [] : ["imageId"]),
    ...(Object.keys(properties).length === 0 ? [] : ["properties"]),
    ...(source ? [source.kind] : []),
    ...(deactivated === undefined ? [] : ["deactivated"]),
    ...(members && "only" in members ? ["members"] : []),
  ] as ImageInput[];
  const lacks = lacksFor(capabilities, { inputs, ...fields, properties });
  if (lacks.length === 0) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: capital(lacks.map(({ property, reason }) => [property, reason].filter(Boolean).join(": ")).join("; ")),
  });
}

/** Operators choose the formats of their cloud; an unknown one would be refused with a page of JSON schema. */
async function refuseUnknownFormats(api: ImageApi, { fields }: ImageSpec, signal?: AbortSignal): Promise<void> {
  if (fields.diskFormat === undefined && fields.containerFormat === undefined) return;
  const known = await api.formats({ signal });
  const refuse = (field: string, value: string | undefined, allowed: readonly string[]) => {
    if (value === undefined || allowed.length === 0 || allowed.includes(value)) return;
    throw new GlanceError({
      code: "UNSUPPORTED",
      message: `${field} "${value}" is unknown to this cloud`,
      hint: `Choose one of ${allowed.join(", ")}`,
    });
  };
  refuse("diskFormat", fields.diskFormat, known.disk);
  refuse("containerFormat", fields.containerFormat, known.container);
}
