import type { FastifyRequest } from "fastify";

/** The address by which the client reached this server, e.g. `http://127.0.0.1:9292`. */
export const origin = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

/** A header that may come once; undefined when it is missing. */
export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The media type of the body without parameters, in lower case. */
export const mediaType = (request: FastifyRequest): string | undefined =>
  header(request, "content-type")?.split(";", 1)[0]?.trim().toLowerCase();

/** The whole body. For JSON only: images are never read like this. */
export async function readBody(request: FastifyRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request.raw) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
