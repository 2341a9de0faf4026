export type { GetImageArgs, GetImageOutputArgs, GetImageResult } from "./getImage";
export { getImage, getImageOutput } from "./getImage";
export type { GetImagesArgs, GetImagesOutputArgs, GetImagesResult } from "./getImages";
export { getImages, getImagesOutput } from "./getImages";
export type { ImageArgs } from "./image";
export { Image } from "./image";
