import type { FastifyRequest } from "fastify";
import { header, readBody } from "../wire/request";
import { refuse } from "./refusal";

/** Whether the request announces a body. */
export function hasBody(request: FastifyRequest): boolean {
  const isChunked = header(request, "transfer-encoding") !== undefined;
  const mayHave = ["POST", "PUT", "PATCH"].includes(request.method);
  return (isChunked && mayHave) || Number(header(request, "content-length") ?? 0) > 0;
}

/** Throws 400 for a request with a body where there is nothing to say. */
export function rejectBody(request: FastifyRequest): void {
  if (hasBody(request)) throw refuse(400, "A body is not expected with this request.");
}

/** The JSON object or array of a request, whatever its media type. Throws 400. */
export async function readJson(request: FastifyRequest): Promise<object> {
  if (!hasBody(request)) throw refuse(400, "Body expected in request.");
  const value = parse(await readBody(request));
  if (typeof value !== "object" || value === null) throw refuse(400, "Unexpected body type. Expected list/dict.");
  return value;
}

/** The same for requests in which a list makes Glance stumble. Throws 400, and an error that is answered with 500. */
export async function readObject(request: FastifyRequest): Promise<Record<string, unknown>> {
  const value = await readJson(request);
  if (Array.isArray(value)) throw new TypeError("a list instead of an object");
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(400, "Malformed JSON in request body.");
  }
}
