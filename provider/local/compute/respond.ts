import type { FastifyReply, FastifyRequest } from "fastify";
import { errorFormat } from "../v2/accept";
import { errorBody } from "../v2/errorBody";
import { Refusal } from "../v2/refusal";
import { sendJson, sendNothing } from "../wire/reply";
import { header } from "../wire/request";
import { NovaFault, unexpected } from "./fault";
import { acceptedMedium, type Medium } from "./media";
import type { Answer } from "./routes/call";
import { faultXml, xmlText } from "./xml/write";

const mediumFor = (request: FastifyRequest): Medium => acceptedMedium(header(request, "accept"));

/** Sends what a call answers in the form that the client prefers. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer | undefined, status: number) {
  const { type, format } = mediumFor(request);
  reply.type(type);
  if (answer === undefined) return sendNothing(reply);
  const text = format === "xml" ? xmlText(answer.xml()) : JSON.stringify(answer.json);
  return reply.code(status).send(Buffer.from(text));
}

/** Sends any failure as a fault; what nobody expected is a computeFault without a reason. */
export function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof NovaFault)) request.log.error(error);
  const fault = error instanceof NovaFault ? error : unexpected("Exception");
  const { retryAfter } = fault.more;
  if (retryAfter !== undefined) reply.header("Retry-After", retryAfter);
  const { format } = mediumFor(request);
  const text = format === "xml" ? xmlText(faultXml(fault.document)) : JSON.stringify(fault.document);
  return reply.code(fault.status).type(`application/${format}; charset=UTF-8`).send(Buffer.from(text));
}

/** The answer to a path or method that is none of a call; it comes from the router, and so it is no fault. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const mentioned = { method: request.method, contentType: undefined };
  const { type, body } = errorBody(new Refusal(404), errorFormat(header(request, "accept")), mentioned);
  return reply.code(404).type(type).send(Buffer.from(body));
}

/** The answer to a request without a valid token. It comes from Keystone's middleware, and so it is no fault either. */
export function sendUnauthorized(reply: FastifyReply, identityUrl: string): FastifyReply {
  const message = "The request you have made requires authentication.";
  reply.header("WWW-Authenticate", `Keystone uri="${identityUrl}"`);
  return sendJson(reply, 401, { error: { code: 401, title: "Unauthorized", message } });
}
