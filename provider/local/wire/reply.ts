import type { FastifyReply } from "fastify";

/** Sends a value as JSON with the media type that OpenStack services send, which names no character set. */
export function sendJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply
    .code(status)
    .type("application/json")
    .send(Buffer.from(JSON.stringify(value)));
}

/** Sends no body and no media type. */
export const sendNothing = (reply: FastifyReply, status = 204): FastifyReply => reply.code(status).send();
