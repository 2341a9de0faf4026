import { segment } from "../segment";

export const imagePath = (id: string): string => `/images/${segment(id)}`;
export const metadataPath = (id: string): string => `${imagePath(id)}/metadata`;
