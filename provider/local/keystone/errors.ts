const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
};

/** An error as Keystone words it. */
export class KeystoneError extends Error {
  override readonly name = "KeystoneError";

  constructor(
    readonly status: keyof typeof titles,
    message: string,
    /** Shown beside the message. */
    private readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }

  get body(): unknown {
    const { status, message, details } = this;
    return { error: { code: status, ...details, message, title: titles[status] } };
  }
}

/** The deliberately vague answer to whatever is wrong with credentials or scope. */
export const unauthorized = () => new KeystoneError(401, "The request you have made requires authentication.");

/** A required part is missing: `missing("domain", "user")`. */
export function missing(part: string, target: string): KeystoneError {
  const blame = "The server could not comply with the request since it is either malformed or otherwise incorrect.";
  return new KeystoneError(
    400,
    `Expecting to find ${part} in ${target}. ${blame} The client is assumed to be in error.`,
  );
}

/** A part of the request has a wrong form. */
export const invalid = (field: string, reason: string) =>
  new KeystoneError(400, `Invalid input for field ${field}: ${reason}`);

/** What the bearer of a token may not do. */
export const forbidden = (action?: string) =>
  new KeystoneError(403, `You are not authorized to perform the requested action${action ? `: ${action}` : ""}.`);

export const notFound = (what: string) => new KeystoneError(404, `Could not find ${what}.`);
