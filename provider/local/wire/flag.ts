/** Whether a text means yes, as oslo.utils reads it; anything else means no. */
export const isTruthy = (text: string | null | undefined): boolean => /^\s*(?:1|t|true|on|y|yes)\s*$/i.test(text ?? "");
