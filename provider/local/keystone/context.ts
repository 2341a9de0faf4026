import type { FastifyRequest } from "fastify";
import { header, origin } from "../wire/request";
import type { Catalogued } from "./catalog";
import type { ApplicationCredentials } from "./credentials";
import { KeystoneError, unauthorized } from "./errors";
import type { Token, Tokens } from "./tokens";

export const identityPath = "/identity/v3";

/** What the routes work with. */
export interface Identity {
  tokens: Tokens;
  credentials: ApplicationCredentials;
  catalogued: Catalogued;
}

/** Keystone's own address as the client knows it. */
export const identityUrl = (request: FastifyRequest): string => origin(request) + identityPath;

/** The token in `X-Auth-Token`. Throws 401 where it is missing or not valid. */
export function bearer(request: FastifyRequest, tokens: Tokens): Token {
  const token = tokens.find(header(request, "x-auth-token") ?? "");
  if (token === undefined) throw unauthorized();
  return token;
}

export const isAdmin = ({ roles }: Token): boolean => roles.some(({ name }) => name === "admin");

/** The token in `X-Subject-Token`, which its own user and administrators may use. Throws 403 and 404. */
export function subject(request: FastifyRequest, tokens: Tokens, refusal: KeystoneError): Token {
  const reader = bearer(request, tokens);
  const id = header(request, "x-subject-token");
  if (id === undefined) throw refusal;
  const token = tokens.find(id);
  if (token === undefined) throw new KeystoneError(404, "Could not recognize Fernet token");
  if (token.user.id !== reader.user.id && !isAdmin(reader)) throw refusal;
  return token;
}
