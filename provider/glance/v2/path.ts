import { segment } from "../segment";

export const imagePath = (id: string): string => `/v2/images/${segment(id)}`;
