import { Fault } from "../../store/fault";
import { imageProperties } from "./image";
import { repr } from "./python";
import type { NamedSchema } from "./types";
import { type Violation, violationsOf } from "./violations";

const image: NamedSchema = {
  name: "image",
  properties: imageProperties,
  additionalProperties: { type: "string" },
};

/** Throws `invalid` for attributes that violate the image schema. */
export const validateImage = (fields: Record<string, unknown>) => validate(fields, image);

/** Throws `invalid` for a value that violates a schema, with the sentence of Python's jsonschema about the worst violation. */
export function validate(value: unknown, schema: NamedSchema): void {
  const [first, ...others] = violationsOf(value, schema);
  if (first === undefined) return;
  const worst = others.reduce((best, one) => (isWorse(one, best) ? one : best), first);
  throw new Fault("invalid", description(worst, schema.name));
}

/** What is wrong with the whole comes before what is wrong with its parts. */
function isWorse({ path }: Violation, best: Violation): boolean {
  if (path.length !== best.path.length) return path.length < best.path.length;
  const differs = path.findIndex((step, index) => step !== best.path[index]);
  return differs >= 0 && (path[differs] ?? "") > (best.path[differs] ?? "");
}

function description({ sentence, rule, schema, schemaPath, path, value }: Violation, name: string): string {
  const broken = `Failed validating '${rule}' in schema${place(schemaPath)}:\n    ${repr(schema)}`;
  const instance = `On instance${place(path)}:\n    ${repr(value)}`;
  return `Provided object does not match schema '${name}': ${sentence}\n\n${broken}\n\n${instance}`;
}

/** As a Python expression: `['tags'][0]`. */
const place = (path: readonly (string | number)[]) => path.map((step) => `[${repr(step)}]`).join("");
