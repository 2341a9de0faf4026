import type { ImageQuery } from "../../glance/api";
import type { GlanceImage } from "../../glance/image";
import { GlanceError } from "../../http/errors";
import { attributesOf, outputsOf } from "../image/state";
import type { ResourceContext } from "../resource";
import { checkFilters } from "./check";
import type { GetImageInputs, GetImageOutputs, GetImagesInputs, GetImagesOutputs } from "./types";

/** Every image that the filters select. */
export async function getImages(filters: GetImagesInputs, context: ResourceContext): Promise<GetImagesOutputs> {
  const images: GetImageOutputs[] = [];
  for await (const image of select(filters, context)) {
    images.push(resultOf(image));
    if (images.length === filters.maxResults) break;
  }
  return { images, ids: images.map(({ id }) => id) };
}

/** The one image that the filters select; the newest with `mostRecent`. */
export async function getImage(filters: GetImageInputs, context: ResourceContext): Promise<GetImageOutputs> {
  const { mostRecent, ...rest } = filters;
  const found: GlanceImage[] = [];
  for await (const image of select(rest, context)) found.push(image);
  const [first] = mostRecent ? found.sort((a, b) => b.createdAt.localeCompare(a.createdAt)) : found;
  if (!first) {
    throw new GlanceError({
      code: "NOT_FOUND",
      message: `No image matches ${JSON.stringify(rest)}`,
      hint: "Hidden images are found with hidden: true, other projects' community images with visibility: all",
    });
  }
  if (found.length > 1 && !mostRecent) throw ambiguous(rest, found);
  return resultOf(first);
}

async function* select(filters: GetImagesInputs, context: ResourceContext): AsyncIterable<GlanceImage> {
  const [failure] = checkFilters(filters);
  if (failure) {
    throw new GlanceError({ code: "CONFIG", message: `The filter ${failure.property} ${failure.reason}` });
  }
  const { cloud, region, nameRegex, maxResults: _limitedByCaller, ...query } = filters;
  const { images } = await context.connect({ cloud, region });
  const pattern = nameRegex === undefined ? undefined : new RegExp(nameRegex);
  for await (const image of images.list(query satisfies ImageQuery, { signal: context.signal })) {
    if (!pattern || pattern.test(image.name ?? "")) yield image;
  }
}

function ambiguous(filters: GetImagesInputs, found: readonly GlanceImage[]): GlanceError {
  const shown = found
    .slice(0, 10)
    .map(({ id, name, createdAt, owner, visibility }) =>
      [id, name ?? "(no name)", `created ${createdAt}`, `owner ${owner}`, visibility].join(", "),
    );
  const more = found.length > shown.length ? [`and ${found.length - shown.length} more`] : [];
  return new GlanceError({
    code: "AMBIGUOUS",
    message: `${found.length} images match ${JSON.stringify(filters)}:\n  ${[...shown, ...more].join("\n  ")}`,
    hint: "Add filters until one is left, or set mostRecent: true to take the newest",
  });
}

function resultOf(image: GlanceImage): GetImageOutputs {
  const { deactivated: _status, ...attributes } = attributesOf(image);
  const { allProperties, ...outputs } = outputsOf(image);
  return { id: image.id, ...attributes, ...outputs, properties: allProperties };
}
