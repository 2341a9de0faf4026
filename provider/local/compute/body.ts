import type { FastifyRequest } from "fastify";
import { header, readBody } from "../wire/request";
import { NovaFault } from "./fault";
import type { Format } from "./media";

export const malformedBody = () => new NovaFault(400, "Malformed request body");

/** What a request body says, by the reader of its form; null where it is empty. Throws 400. */
export async function readDocument(
  request: FastifyRequest,
  format: Format,
  readers: Record<Format, (text: string) => unknown>,
): Promise<unknown> {
  if (Number(header(request, "content-length") ?? 0) === 0) return null;
  return readers[format](await readBody(request));
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody();
  }
}
