import { z } from "zod";
import { GlanceError } from "../http/errors";
import type { HttpResponse } from "../http/types";
import { type Catalog, catalogSchema } from "./catalog";

/** A token and what Keystone says of it. */
export interface Token {
  id: string;
  /** Seconds from its coming to its end; Infinity where that is not known. */
  life: number;
  /** When it came, in seconds on the session's clock. */
  since: number;
  /** What it is scoped to, unless that is a domain, the system or nothing. */
  project?: { id: string; name?: string | null | undefined } | undefined;
  catalog?: Catalog | undefined;
}

const tokenBody = z.object({
  token: z.object({
    expires_at: z.string().nullish(),
    issued_at: z.string().nullish(),
    project: z.object({ id: z.string(), name: z.string().nullish() }).nullish(),
    catalog: catalogSchema.nullish(),
  }),
});

/** Reads the answer to a token request; the token's id is in the header `X-Subject-Token` only. */
export function issuedToken(response: HttpResponse, since: number): Token {
  const id = response.headers["x-subject-token"];
  if (!id) throw noToken(response);
  const body = readBody(response);
  // Both times are Keystone's: its clock and ours may differ by more than a token lives.
  return { id, since, life: secondsBetween(body.issued_at, body.expires_at), ...facts(body) };
}

/** Reads what Keystone says of a token that was issued earlier, `GET /v3/auth/tokens`. */
export function inspectedToken(id: string, response: HttpResponse, since: number): Token {
  const body = readBody(response);
  return { id, since, life: secondsBetween(response.headers.date, body.expires_at), ...facts(body) };
}

/** Reads the answer of `GET /v3/auth/catalog`. */
export function catalogOf(response: HttpResponse): Catalog {
  const parsed = z.object({ catalog: catalogSchema }).safeParse(response.json());
  if (!parsed.success) throw noToken(response);
  return parsed.data.catalog;
}

type TokenBody = z.infer<typeof tokenBody>["token"];

function readBody(response: HttpResponse): TokenBody {
  const parsed = tokenBody.safeParse(response.json());
  if (!parsed.success) throw noToken(response);
  return parsed.data.token;
}

function facts({ project, catalog }: TokenBody): Pick<Token, "project" | "catalog"> {
  return { project: project ?? undefined, catalog: catalog ?? undefined };
}

function secondsBetween(from: string | null | undefined, to: string | null | undefined): number {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds;
}

function noToken({ status, requestId }: HttpResponse): GlanceError {
  return new GlanceError({
    code: "BAD_RESPONSE",
    message: "The answer is not that of a Keystone: it holds no token or catalog as the Identity API v3 promises",
    hint: "Check that the auth URL (OS_AUTH_URL) is that of the Identity service",
    status,
    requestId,
  });
}
