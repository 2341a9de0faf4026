export { checkConfig } from "./check";
export { diffConfig } from "./diff";
export { secretKeys } from "./keys";
export { type MissingKey, missingKeys } from "./missing";
export { configFrom, readConfig } from "./read";
export type { ProviderConfig } from "./types";
