/**
 * An error as a person at a terminal should meet it. Pulumi prints the stack of whatever a dynamic provider throws;
 * ours says what happened and what to do in its message, so the stack is the message.
 */
export function forTerminal(error: unknown): Error {
  const original = error instanceof Error ? error : new Error(String(error));
  const shown = "reasons" in original ? original : new Error(original.message);
  shown.stack = original.message;
  shown.toString = () => "pulumi-glance";
  return shown;
}
