import type { FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "../wire/reply";
import type { Handler } from "../wire/resource";
import { identityUrl } from "./context";
import { KeystoneError } from "./errors";

/** What a known path answers to a method that it does not have. */
export const methodNotAllowed =
  (allowed: string): Handler =>
  (_request, reply) =>
    sendJson(reply.header("allow", allowed), 405, { message: "The method is not allowed for the requested URL." });

/** What an unknown path answers. */
export function pathNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const reason = "The requested URL was not found on the server.";
  const hint = "If you entered the URL manually please check your spelling and try again.";
  const page = `<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>${reason} ${hint}</p>\n`;
  return reply.code(404).type("text/html; charset=utf-8").send(page);
}

/** Words any failure as Keystone does. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof KeystoneError)) {
    request.log.error(error);
    const message = "An unexpected error prevented the server from fulfilling your request.";
    return sendJson(reply, 500, { error: { code: 500, message, title: "Internal Server Error" } });
  }
  if (error.status === 401) reply.header("www-authenticate", `Keystone uri="${identityUrl(request)}"`);
  return sendJson(reply, error.status, error.body);
}
