import { z } from "zod";
import { GlanceError } from "../http/errors";
import type { HttpResponse } from "../http/types";

const endpoint = z.object({
  interface: z.string(),
  region: z.string().nullish(),
  region_id: z.string().nullish(),
  url: z.string().nullish(),
});

const service = z.object({
  type: z.string(),
  name: z.string().nullish(),
  endpoints: z.array(endpoint).default([]),
});

export const catalogSchema = z.array(service);
export type Catalog = z.infer<typeof catalogSchema>;

const body = z.object({
  token: z.object({
    expires_at: z.string().nullish(),
    issued_at: z.string().nullish(),
    project: z.object({ id: z.string() }).nullish(),
    catalog: catalogSchema.nullish(),
  }),
});

/** A token and what Keystone says of it. */
export interface Token {
  id: string;
  /** When it must no longer be used, on the clock of the session, in milliseconds. */
  endsAt: number;
  projectId: string | undefined;
  catalog: Catalog | undefined;
}

/**
 * Reads the answer to a token request. The token's id is in the header `X-Subject-Token` only. Its life is counted
 * from now on our own clock: those of two machines may differ by more than a token lives.
 */
export function readToken(response: HttpResponse, now: number, id = response.headers["x-subject-token"]): Token {
  const parsed = body.safeParse(response.json());
  if (!parsed.success || id === undefined) {
    throw new GlanceError({
      code: "BAD_RESPONSE",
      message: "Keystone's answer holds no token",
      hint: "Check that the auth URL is that of the Identity service",
      status: response.status,
      requestId: response.requestId,
    });
  }
  const { expires_at, issued_at, project, catalog } = parsed.data.token;
  const issued = issued_at ? Date.parse(issued_at) : Date.now();
  const life = expires_at ? Date.parse(expires_at) - issued : Number.POSITIVE_INFINITY;
  return { id, endsAt: now + life, projectId: project?.id, catalog: catalog ?? undefined };
}
