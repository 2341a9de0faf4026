import { image as imageResource } from "../../provider/resources/image/resource";
import { dynamicProvider } from "./door";

/**
 * The dynamic provider of `Image`, loaded by Pulumi in a process of its own.
 * Stored states name this export and its methods; they can never change.
 */
export const image = dynamicProvider(imageResource);
