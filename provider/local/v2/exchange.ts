import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../store/caller";
import { header } from "../wire/request";
import { errorFormat } from "./accept";
import { errorBody } from "./errorBody";
import { asRefusal, Refusal } from "./refusal";
import type { ImageService } from "./service";

// What every request to a version of the image service begins with, and how it fails.

const longestRequestId = 64;

/** Whose token the request bears. Throws 401. */
export function bearer(request: FastifyRequest, { callerOf, identityUrl }: ImageService, quote = '"'): Caller {
  const caller = callerOf(header(request, "x-auth-token") ?? "");
  if (caller !== undefined) return caller;
  throw new Refusal(401, { headers: { "www-authenticate": `Keystone uri=${quote}${identityUrl(request)}${quote}` } });
}

/** The id by which this request is known: the client's own, if it has one. Throws an error that is answered with 500. */
export function adoptRequestId(request: FastifyRequest): string {
  const wanted = header(request, "x-openstack-request-id") || `req-${randomUUID()}`;
  if (wanted.length > longestRequestId) throw new TypeError("the request id is too long");
  request.id = wanted.startsWith("req-") ? wanted : `req-${wanted}`;
  return request.id;
}

/** A name in a path is never empty. A slash in it ends it, whichever way it is written. */
export const hasEmptyPart = (url: string) => /\/(?:\/|$)|%2f/i.test(url.split("?", 1)[0] ?? "");

/** Answers any failure in the form that the client prefers. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (refusal.status === 500) request.log.error(error);
  const { method } = request;
  const mentioned = { method, contentType: header(request, "content-type") };
  const { type, body } = errorBody(refusal, errorFormat(header(request, "accept")), mentioned);
  return reply.code(refusal.status).headers(refusal.headers).type(type).send(Buffer.from(body));
}
