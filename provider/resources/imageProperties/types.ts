import type { PlaceInputs } from "../placeInputs";

/** Inputs of a set of custom properties on an image that is not managed here, or not by whoever sets the properties. */
export interface ImagePropertiesInputs extends PlaceInputs {
  /**
   * Id of the image. Another image replaces the resource: its properties leave the old one.
   * @replace
   */
  imageId: string;
  /**
   * Custom properties, e.g. `hw_disk_bus`. A property that the image has already is taken over, whatever its value was; it goes with
   * this resource. Properties that are not declared here are left alone. No other resource should declare the same property of the
   * image, also not the `properties` of its `Image`. Nova makes an image `private` that is `shared` or `community` whenever it writes
   * properties: do not set those of such an image with `api: compute`.
   */
  properties: { [name: string]: string };
}
