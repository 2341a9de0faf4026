import type { GlanceImage, ImageApi, ImageChanges } from "../../glance/api";
import { inTurn } from "../../glance/inTurn";
import { GlanceError, hasStatus } from "../../http/errors";
import { asDiff, replacing } from "../difference";
import { existingImage } from "../existingImage";
import { propertiesInput } from "../image/propertyNames";
import { placeDifferences, placeOf } from "../place";
import { ownProperties, propertyChanges, propertyDifferences } from "../properties";
import type { Resource, ResourceContext } from "../resource";
import { checkImageProperties } from "./check";
import type { ImagePropertiesInputs } from "./types";

/** Some of the custom properties of an image; its id is that of the image. All that is known of it are its inputs. */
export const imageProperties: Resource<ImagePropertiesInputs, ImagePropertiesInputs> = {
  token: "glance:index:ImageProperties",
  hold() {},
  check: checkImageProperties,

  diff: (_id, old, news) => ({
    ...asDiff([
      ...replacing<Pick<ImagePropertiesInputs, "imageId">>(["imageId"], old.state, news),
      ...propertyDifferences(old, news),
      ...placeDifferences(old.state, news),
    ]),
    // Two names of a cloud may lead to one image, from which the old resource would take what the new one has set.
    deleteFirst: true,
  }),

  async create(inputs, _identity, context) {
    const { images } = await context.connect(inputs);
    const image = await change(images, inputs.imageId, inputs.properties, context);
    return { id: inputs.imageId, state: asSeen(image, inputs) };
  },

  async read(id, old, context) {
    const { images } = await context.connect(old.state);
    const image = await images.get(id, { signal: context.signal });
    if (!image) return undefined;
    const properties = "inputs" in old ? old.inputs.properties : declarable(image, images);
    const inputs = asSeen(image, { imageId: id, properties, ...placeOf(old.state) });
    return { inputs, state: inputs };
  },

  async update(id, old, inputs, context) {
    const { images } = await context.connect(inputs);
    const image = await change(images, id, propertyChanges(old.inputs.properties, inputs.properties), context);
    return asSeen(image, inputs);
  },

  async delete(id, state, context) {
    const { images } = await context.connect(state);
    const { signal } = context;
    try {
      await change(images, id, propertyChanges(state.properties, undefined), context);
    } catch (error) {
      // With the image its properties are gone.
      if (!saysMissing(error) || (await images.get(id, { signal }))) throw error;
    }
  },
};

/**
 * Changes properties of an image that exists. Glance and Nova read all of them, change some and write them all back: of two changes at
 * the same moment, one could undo the other (glance/db/__init__.py, `ImageRepo.save`).
 */
function change(
  images: ImageApi,
  imageId: string,
  properties: Required<ImageChanges>["properties"],
  { signal }: ResourceContext,
): Promise<GlanceImage> {
  return inTurn(imageId, async () => {
    const image = await existingImage(images, imageId, { signal });
    return images.update(image, { properties }, { signal });
  });
}

function asSeen(image: GlanceImage, inputs: ImagePropertiesInputs): ImagePropertiesInputs {
  return { ...inputs, properties: ownProperties(image, inputs.properties) };
}

/** Every property of the image that could be declared. */
function declarable({ properties }: GlanceImage, { capabilities }: ImageApi): Record<string, string> {
  const entries = Object.entries(properties).filter(
    ([name, value]) =>
      capabilities.propertyFault(name) === undefined && propertiesInput.safeParse({ [name]: value }).success,
  );
  return Object.fromEntries(entries);
}

function saysMissing(error: unknown): boolean {
  return hasStatus(error, 404) || (error instanceof GlanceError && error.code === "NOT_FOUND");
}
