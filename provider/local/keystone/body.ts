import type { FastifyRequest } from "fastify";
import { mediaType, readBody } from "../wire/request";
import { missing } from "./errors";
import { isObject, type Parts } from "./parts";

/** The JSON object that a request carries; an empty one when it has no body. Throws 400. */
export async function readObject(request: FastifyRequest): Promise<Parts> {
  const text = await readBody(request);
  if (text === "") return {};
  if (mediaType(request) !== "application/json") throw missing("application/json", "Content-Type header");
  const value = parse(text);
  if (!isObject(value)) throw missing("valid JSON", "request body");
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
