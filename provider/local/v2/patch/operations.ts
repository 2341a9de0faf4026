import type { FastifyRequest } from "fastify";
import { own } from "../../own";
import { mediaType } from "../../wire/request";
import { readJson } from "../body";
import { isForbidden, isReadOnly } from "../names";
import { Refusal, refuse } from "../refusal";
import { validateImage } from "../schema/validate";
import { decodePointer } from "./pointer";

const verbs = ["add", "remove", "replace"] as const;

type Verb = (typeof verbs)[number];

/** One change of an image that is permissible as such. */
export interface Operation {
  verb: Verb;
  /** The attribute, then what follows for a list: an index or `-`. */
  path: [string, ...string[]];
  value: unknown;
  /** Whether `add` may replace what is there; not so in the older media type. */
  addReplaces: boolean;
}

type RawOperation = Record<string, unknown>;

/** How a media type writes an operation. */
interface Syntax {
  verb(operation: RawOperation): Verb;
  pointer(operation: RawOperation, verb: Verb): unknown;
  addReplaces: boolean;
}

const older: Syntax = {
  addReplaces: false,
  verb(operation) {
    const [verb, ...others] = verbs.filter((name) => Object.hasOwn(operation, name));
    const rule = others.length > 0 ? "contain only one" : "contain exactly one";
    if (verb !== undefined && others.length === 0) return verb;
    throw refuse(400, `Operation objects must ${rule} member named "add", "remove", or "replace".`);
  },
  pointer: (operation, verb) => operation[verb],
};

const newer: Syntax = {
  addReplaces: true,
  verb({ op }) {
    const available = `It must be one of the following: ${verbs.join(", ")}.`;
    if (op === undefined || op === null) {
      throw refuse(400, `Unable to find \`op\` in JSON Schema change. ${available}`);
    }
    const verb = verbs.find((name) => name === op);
    if (verb === undefined) throw refuse(400, `Invalid operation: \`${op}\`. ${available}`);
    return verb;
  },
  pointer(operation) {
    if (Object.hasOwn(operation, "path")) return operation.path;
    throw refuse(400, "Unable to find 'path' in JSON Schema change");
  },
};

const syntaxes: Record<string, Syntax> = {
  "application/openstack-images-v2.0-json-patch": older,
  "application/openstack-images-v2.1-json-patch": newer,
};

/** The operations of a PATCH (Image API v2, Update image). Throws 400, 403 for what nobody may change, 415. */
export async function readOperations(request: FastifyRequest): Promise<Operation[]> {
  const syntax = own(syntaxes, mediaType(request) ?? "");
  const accepted = Object.keys(syntaxes).join(", ");
  if (syntax === undefined) {
    const detail = `Image PATCH expects Content-Type one of: ${accepted}`;
    throw new Refusal(415, { detail, headers: { "accept-patch": accepted } });
  }
  const body = await readJson(request);
  if (!Array.isArray(body)) throw refuse(400, "Request body must be a JSON array of operation objects.");
  return body.map((operation) => readOperation(operation, syntax));
}

function readOperation(raw: unknown, syntax: Syntax): Operation {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw refuse(400, "Operations must be JSON objects.");
  }
  const operation = raw as RawOperation;
  const verb = syntax.verb(operation);
  const path = pathOf(syntax.pointer(operation, verb), verb);
  if (verb !== "remove" && !Object.hasOwn(operation, "value")) {
    throw refuse(400, `Operation "${verb}" requires a member named "value".`);
  }
  const { value } = operation;
  requireChangeable(path[0]);
  if (verb !== "remove") validate(path, value);
  return { verb, path, value, addReplaces: syntax.addReplaces };
}

/** How many parts a path must have; other attributes than this list have one. */
const locationDepths: Record<Verb, number> = { add: 2, remove: 2, replace: 1 };

function pathOf(pointer: unknown, verb: Verb): Operation["path"] {
  if (typeof pointer !== "string") throw new TypeError("a pointer that is no text");
  const [root = "", ...rest] = decodePointer(pointer);
  const depth = root === "locations" ? locationDepths[verb] : 1;
  if (rest.length + 1 === depth) return [root, ...rest];
  throw refuse(400, `Invalid JSON pointer for this resource: '/${[root, ...rest].join("/")}'`);
}

function requireChangeable(name: string): void {
  if (isReadOnly(name)) throw refuse(403, `Attribute '${name}' is read-only.`);
  if (isForbidden(name)) throw refuse(403, `Attribute '${name}' is reserved.`);
}

function validate([root, ...rest]: Operation["path"], value: unknown): void {
  validateImage({ [root]: rest.length === 0 ? value : [value] });
}
