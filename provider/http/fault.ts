import { parseXml } from "./xml";

/** An error of the Compute API in its own envelope, which is JSON or XML (Compute API, "Faults"). */
export interface Fault {
  /** E.g. `itemNotFound`. It only labels what the HTTP status says. */
  name: string;
  message: string;
  /** Which limit was exceeded. */
  details: string;
  /** When to come back, like the header `Retry-After`. */
  retryAfter: string | undefined;
}

/** nova/api/openstack/wsgi.py, `Fault`. */
const names: ReadonlySet<string> = new Set([
  "computeFault",
  "badRequest",
  "unauthorized",
  "forbidden",
  "itemNotFound",
  "badMethod",
  "conflictingRequest",
  "overLimit",
  "badMediaType",
  "notImplemented",
  "serviceUnavailable",
]);

/** Longer documents are no faults. */
const longestFault = 64 * 1024;

/** The fault that a body is; undefined for any other document. */
export function faultIn(body: string): Fault | undefined {
  const [, key, element] = /^\s*(?:\{\s*"(\w+)"\s*:|(?:<\?xml[^<>]*>\s*)?<(?:[\w.-]+:)?(\w+)[\s>])/.exec(body) ?? [];
  const name = key ?? element ?? "";
  if (!names.has(name) || body.length > longestFault) return undefined;
  try {
    const value = key === undefined ? partsOfXml(body) : partsOfJson(body, name);
    return { name, message: value("message") ?? "", details: value("details") ?? "", retryAfter: value("retryAfter") };
  } catch {
    return undefined;
  }
}

type Parts = (part: string) => string | undefined;

function partsOfJson(body: string, name: string): Parts {
  const { [name]: fault, ...others } = JSON.parse(body);
  if (Object.keys(others).length > 0) throw new SyntaxError("more than a fault");
  return (part) => {
    const value: unknown = Object.hasOwn(fault, part) ? fault[part] : undefined;
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
}

/** The rate limiter writes as attributes what others write as elements. */
function partsOfXml(body: string): Parts {
  const { attributes, children } = parseXml(body);
  return (part) => attributes.get(part) ?? children.find(({ name }) => name === part)?.text;
}
