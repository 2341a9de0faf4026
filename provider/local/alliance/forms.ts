import { own } from "../own";
import { refuse } from "../v2/refusal";

/** The header by which a client asks for a list in another form, so that it can be tested. */
export const listFormHeader = "x-glance-local-list";

type View = Record<string, unknown>;

/**
 * The ways to read the documented list, which is not JSON: `[ { images: {…}, {…} } ]` (Alliance Glance API, Example 1). Each makes the
 * text of the answer.
 */
const forms: Record<string, (images: readonly View[]) => string> = {
  wrapped: (images) => JSON.stringify([{ images }]),
  object: (images) => JSON.stringify({ images }),
  bare: (images) => JSON.stringify(images),
  // A key for each image, as if the documented key stood before all of them.
  single: (images) => JSON.stringify(images.map((image) => ({ images: image }))),
  // Like the single image in a request.
  image: (images) => JSON.stringify(images.map((image) => ({ image }))),
  documented: (images) => `[ { images: ${images.map((image) => JSON.stringify(image)).join(", ")} } ]`,
};

const usual = "wrapped";

/** A list in the form called so: wrapped (if none is named), object, bare, single, image or documented. Throws 400. */
export function listText(images: readonly View[], form = usual): string {
  const write = own(forms, form);
  if (write === undefined) throw refuse(400, `${listFormHeader} must be one of ${Object.keys(forms).join(", ")}.`);
  return write(images);
}
