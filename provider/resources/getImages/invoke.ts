import type { GlanceImage } from "../../glance/image";
import { GlanceError } from "../../http/errors";
import type { Lookup } from "../functions";
import { attributesOf, outputsOf } from "../image/state";
import { refuse } from "../lookupArguments";
import type { ResourceContext } from "../resource";
import { selectImages } from "./select";
import type { GetImageInputs, GetImageOutputs, GetImagesInputs, GetImagesOutputs } from "./types";

/** Every image that the filters select. */
export async function getImages(filters: GetImagesInputs, context: ResourceContext): Promise<GetImagesOutputs> {
  const { mostRecent }: GetImageInputs = filters;
  if (mostRecent) refuse("filter", [{ property: "mostRecent", reason: "is one of getImage only" }]);
  const images: GetImageOutputs[] = [];
  for await (const image of selectImages(filters, context)) images.push(resultOf(image));
  return { images, ids: images.map(({ id }) => id) };
}

/** Candidates that an error lists. */
const most = 10;

/** The one image that the filters select; with `mostRecent` the newest of several by creation time, then by id. */
export async function getImage(filters: GetImageInputs, context: ResourceContext): Promise<GetImageOutputs> {
  const { mostRecent, ...rest } = filters;
  const candidates: GlanceImage[] = [];
  let newest: GlanceImage | undefined;
  let count = 0;
  for await (const image of selectImages(filters, context)) {
    count += 1;
    if (candidates.length < most) candidates.push(image);
    if (!newest || isNewer(image, newest)) newest = image;
  }
  if (!newest) {
    throw new GlanceError({
      code: "NOT_FOUND",
      message: `No image matches ${JSON.stringify(rest)}`,
      hint: "Hidden images are found with hidden: true, other projects' community images with visibility: all",
    });
  }
  if (count > 1 && !mostRecent) throw ambiguous(rest, candidates, count);
  return resultOf(newest);
}

export const imagesLookup: Lookup<GetImagesInputs, GetImagesOutputs> = {
  token: "glance:index:getImages",
  invoke: getImages,
};

export const imageLookup: Lookup<GetImageInputs, GetImageOutputs> = {
  token: "glance:index:getImage",
  invoke: getImage,
};

function isNewer(one: GlanceImage, other: GlanceImage): boolean {
  const [ofOne, ofOther] = [one, other].map(({ createdAt = "", id }) => createdAt + id) as [string, string];
  return ofOne > ofOther;
}

function ambiguous(filters: GetImagesInputs, candidates: readonly GlanceImage[], count: number): GlanceError {
  const shown = candidates.map(({ id, name, createdAt, owner, visibility }) =>
    [id, name ?? "(no name)", createdAt && `created ${createdAt}`, owner && `owner ${owner}`, visibility]
      .filter(Boolean)
      .join(", "),
  );
  const more = count > shown.length ? [`and ${count - shown.length} more`] : [];
  return new GlanceError({
    code: "AMBIGUOUS",
    message: `${count} images match ${JSON.stringify(filters)}:\n  ${[...shown, ...more].join("\n  ")}`,
    hint: "Add filters until one is left, or set mostRecent: true to take the newest",
  });
}

/** An image as functions and the command line answer it. */
export function resultOf(image: GlanceImage): GetImageOutputs {
  const { deactivated: _status, ...attributes } = attributesOf(image);
  const { allProperties, ...outputs } = outputsOf(image);
  const { createdAt, updatedAt, deletedAt, progress, serverId } = image;
  return {
    id: image.id,
    ...attributes,
    ...outputs,
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    ...(progress !== undefined && { progress }),
    ...(serverId !== undefined && { serverId }),
    ...(deletedAt !== undefined && { deletedAt }),
    properties: allProperties,
  };
}
