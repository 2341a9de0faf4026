import { z } from "zod";
import { GlanceError } from "../http/errors";
import type { HttpResponse } from "../http/types";
import { type Catalog, catalogSchema } from "./catalog";
import type { Named } from "./types";

/** A token and what Keystone says of it. */
export interface Token {
  id: string;
  /** Seconds from its coming to its end; Infinity where that is not known. */
  life: number;
  /** When it came, in seconds on the session's clock. */
  since: number;
  /** What it is scoped to, unless that is a domain, the system or nothing. */
  project?: Named | undefined;
  /** Whom it speaks for. */
  user?: Named | undefined;
  /** Names of the user's roles in what it is scoped to. */
  roles?: readonly string[] | undefined;
  /** Seconds by which Keystone's clock was ahead of this machine's. */
  clockAhead?: number | undefined;
  catalog?: Catalog | undefined;
}

const named = z.object({ id: z.string(), name: z.string().nullish() });

const tokenBody = z.object({
  token: z.object({
    expires_at: z.string().nullish(),
    issued_at: z.string().nullish(),
    project: named.nullish(),
    // Nothing depends on these but what is told to people.
    user: named.nullish().catch(undefined),
    roles: z
      .array(z.object({ name: z.string() }))
      .nullish()
      .catch(undefined),
    catalog: catalogSchema.nullish(),
  }),
});

/** Reads the answer to a token request; the token's id is in the header `X-Subject-Token` only. */
export function issuedToken(response: HttpResponse, since: number): Token {
  const id = response.headers["x-subject-token"];
  if (!id) throw noToken(response);
  const body = readBody(response);
  // Both times are Keystone's: its clock and ours may differ by more than a token lives.
  return { id, since, life: secondsBetween(body.issued_at, body.expires_at), ...facts(body, response) };
}

/** Reads what Keystone says of a token that was issued earlier, `GET /v3/auth/tokens`. */
export function inspectedToken(id: string, response: HttpResponse, since: number): Token {
  const body = readBody(response);
  return { id, since, life: secondsBetween(response.headers.date, body.expires_at), ...facts(body, response) };
}

/** Reads the answer of `GET /v3/auth/catalog`. */
export function catalogOf(response: HttpResponse): Catalog {
  const parsed = z.object({ catalog: catalogSchema }).safeParse(jsonOf(response));
  if (!parsed.success) throw noToken(response);
  return parsed.data.catalog;
}

type TokenBody = z.infer<typeof tokenBody>["token"];

function readBody(response: HttpResponse): TokenBody {
  const parsed = tokenBody.safeParse(jsonOf(response));
  if (!parsed.success) throw noToken(response);
  return parsed.data.token;
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json();
  } catch (cause) {
    throw noToken(response, cause);
  }
}

function facts({ project, user, roles, catalog }: TokenBody, { headers }: HttpResponse): Omit<Token, Measured> {
  const ahead = (Date.parse(headers.date ?? "") - Date.now()) / 1000;
  return {
    project: project ?? undefined,
    user: user ?? undefined,
    roles: roles?.map(({ name }) => name),
    clockAhead: Number.isNaN(ahead) ? undefined : ahead,
    catalog: catalog ?? undefined,
  };
}

type Measured = "id" | "life" | "since";

function secondsBetween(from: string | null | undefined, to: string | null | undefined): number {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds;
}

function noToken({ status, requestId }: HttpResponse, cause?: unknown): GlanceError {
  return new GlanceError({
    code: "BAD_RESPONSE",
    message: "The answer is not that of a Keystone: it holds no token or catalog as the Identity API v3 promises",
    hint: "Check that the auth URL (OS_AUTH_URL) is that of the Identity service",
    status,
    requestId,
    cause,
  });
}
