import type { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";

/** What a server answered, without interpretation. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  /** The parsed body when its media type is JSON, the text otherwise; undefined when it is empty. */
  body: unknown;
  bytes: Buffer;
}

export interface Message {
  /** Sent as JSON, with the matching Content-Type unless `headers` has another. */
  json?: unknown;
  body?: string | Buffer | Readable;
  /** Names in lower case; undefined leaves a default header out. */
  headers?: Record<string, string | undefined>;
  /** A text is sent as it is; a list repeats its parameter. */
  query?: string | Record<string, string | readonly string[]>;
}

/** Sends one request and follows nothing, retries nothing and adds no header of its own. */
export async function send(method: string, url: string, message: Message = {}): Promise<Answer> {
  const { json, body, query } = message;
  const headers = json === undefined ? message.headers : { "content-type": "application/json", ...message.headers };
  const response = await request(url + queryString(query), {
    method: method as Dispatcher.HttpMethod,
    headers: withoutUndefined(headers),
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  });
  const bytes = Buffer.from(await response.body.arrayBuffer());
  const answered = joined(response.headers);
  return { status: response.statusCode, headers: answered, bytes, body: parsed(bytes, answered["content-type"]) };
}

/** The answer to a request that only prepares a case. */
export function must(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer;
  throw new Error(`expected ${status}, got ${answer.status}: ${answer.bytes.toString().slice(0, 500)}`);
}

function queryString(query: Message["query"]): string {
  if (query === undefined) return "";
  if (typeof query === "string") return `?${query}`;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) parameters.append(name, one);
  return `?${parameters}`;
}

function withoutUndefined(headers: Message["headers"] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function joined(headers: Record<string, string | string[] | undefined>): Answer["headers"] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]));
}

function parsed(bytes: Buffer, mediaType = ""): unknown {
  if (bytes.length === 0) return undefined;
  return mediaType.startsWith("application/json") ? JSON.parse(bytes.toString()) : bytes.toString();
}
