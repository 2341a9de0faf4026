/** A failure that is told in one sentence and what to do about it, without a stack trace. */
export class DemoError extends Error {
  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}
