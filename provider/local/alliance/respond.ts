import type { FastifyReply, FastifyRequest } from "fastify";
import { asRefusal } from "../v2/refusal";
import { sendJson } from "../wire/reply";

/** Answers any failure with a message. The document of this API tells of none. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, title, explanation, detail, headers } = asRefusal(error);
  if (status === 500) request.log.error(error);
  return sendJson(reply.headers(headers), status, { code: status, title, message: explanation || detail || title });
}
