import type { Answer, Message } from "./client";
import type { Server } from "./suite";

/** The part of a token's description that the cases read. */
export interface TokenBody {
  token: {
    methods: string[];
    user: { id: string };
    project?: { id: string };
    roles?: { id: string; name: string }[];
    catalog?: { type: string; endpoints: Record<string, unknown>[] }[];
    issued_at: string;
    expires_at: string;
  };
}

/** Asks for a token with `auth` as it stands. */
export const requestToken = (server: Server, auth: unknown, query?: string): Promise<Answer> =>
  server.keystone("POST", "/auth/tokens", { json: { auth }, ...(query === undefined ? {} : { query }) });

/** Identity of a token that is exchanged for another, for `auth.identity`. */
export const tokenIdentity = (id: string) => ({ methods: ["token"], token: { id } });

export const tokenOf = ({ body }: Answer) => (body as TokenBody).token;

export const subjectToken = ({ headers }: Answer) => headers["x-subject-token"] ?? "";

/** Reads a token's description as its own bearer, or as that of `reader`. */
export function validate(server: Server, subject: string, reader = subject, query?: string): Promise<Answer> {
  const message: Message = { headers: { "x-auth-token": reader, "x-subject-token": subject } };
  return server.keystone("GET", "/auth/tokens", query === undefined ? message : { ...message, query });
}

const titles = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found" };

export const keystoneError = (status: keyof typeof titles, message: string) => ({
  status,
  body: { error: { code: status, title: titles[status], message } },
});

/** The deliberately vague answer to whatever is wrong with credentials or scope. */
export const unauthorized = keystoneError(401, "The request you have made requires authentication.");

export const malformed = (what: string) =>
  keystoneError(
    400,
    `Expecting to find ${what}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
  );
