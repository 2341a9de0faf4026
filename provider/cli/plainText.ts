/** A text of a server on one line of a terminal: control characters, which could move the cursor or colour it, become spaces. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ");
}
