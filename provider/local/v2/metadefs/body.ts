import type { FastifyRequest } from "fastify";
import { readObject } from "../body";
import { refuse } from "../refusal";
import type { NamedSchema } from "../schema/types";
import { validate } from "../schema/validate";

const times = ["created_at", "updated_at"];

/** Fields that objects and namespaces have and nobody may send. */
export const computed = ["self", "schema", ...times];

/** The body of a request that its schema allows. Throws 400, 403 for read-only fields, and an error that is answered with 500. */
export async function readValid(
  request: FastifyRequest,
  schema: NamedSchema,
  readOnly: readonly string[] = times,
): Promise<Record<string, unknown>> {
  const body = await readObject(request);
  const sent = readOnly.find((name) => Object.hasOwn(body, name));
  if (sent !== undefined) throw refuse(403, `Attribute '${sent}' is read-only.`);
  validate(body, schema);
  return body;
}
