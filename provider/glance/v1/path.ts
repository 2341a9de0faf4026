import { segment } from "../segment";

export const imagePath = (id: string): string => `/v1/images/${segment(id)}`;
