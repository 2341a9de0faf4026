/** The image APIs, in the words of the option `api`. */
export const apiNames = ["v2", "v1", "platform9", "compute", "alliance"] as const;
export type ApiName = (typeof apiNames)[number];

/** `auto`: the best API that the service speaks. */
export type ApiChoice = ApiName | "auto";
