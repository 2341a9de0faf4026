import { isIP, type LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { allowedAddresses } from "./address";

const mostRedirects = 10;

/** A file of the web that is being fetched. */
export interface Download {
  /** Bytes, if the server said how many. */
  size: number | undefined;
  source: AsyncIterable<Buffer>;
}

/** Thrown for an answer that is no success. */
export class FailedDownload extends Error {
  override readonly name = "FailedDownload";

  constructor(readonly status: number) {
    super(`the server answered ${status}`);
  }
}

/** What limits downloads. */
export interface DownloadRules {
  allowHosts: readonly string[];
  signal: AbortSignal;
}

/** What a server says of a file without sending it. */
export interface Announcement {
  status: number;
  /** Bytes, if the server said how many. */
  size: number | undefined;
}

interface Response {
  answer: Dispatcher.ResponseData;
  dispatcher: Agent;
}

/**
 * Fetches a file for an import. The addresses are checked again here, after every redirect, and the connection is made to a checked
 * address only. Rejects with RefusedAddress, with the network's error, and with FailedDownload.
 */
export async function download(uri: string, rules: DownloadRules): Promise<Download> {
  const { answer, dispatcher } = await follow("GET", uri, rules);
  const { statusCode } = answer;
  if (statusCode < 200 || statusCode > 299) {
    await answer.body.dump();
    await dispatcher.close();
    throw new FailedDownload(statusCode);
  }
  return { size: announcedSize(answer), source: bytes(answer, dispatcher) };
}

/** Asks for a file by the same rules, but not for its bytes. Rejects with RefusedAddress and with the network's error. */
export async function announcement(uri: string, rules: DownloadRules): Promise<Announcement> {
  const { answer, dispatcher } = await follow("HEAD", uri, rules);
  await answer.body.dump();
  await dispatcher.close();
  return { status: answer.statusCode, size: announcedSize(answer) };
}

async function follow(method: "GET" | "HEAD", uri: string, { allowHosts, signal }: DownloadRules): Promise<Response> {
  for (let target = uri, redirects = 0; redirects <= mostRedirects; redirects++) {
    const dispatcher = pinnedAgent(await allowedAddresses(target, allowHosts));
    const answer = await request(target, { method, dispatcher, signal });
    const location = redirection(answer, target);
    if (location === undefined) return { answer, dispatcher };
    await answer.body.dump();
    await dispatcher.close();
    target = location;
  }
  throw new Error(`more than ${mostRedirects} redirects from ${uri}`);
}

function pinnedAgent(addresses: readonly string[]): Agent {
  const lookup: LookupFunction = (_host, options, done) => {
    const all = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = all;
    if (options.all) done(null, all);
    else done(null, first?.address ?? "", first?.family);
  };
  return new Agent({ connect: { lookup } });
}

function redirection({ statusCode, headers }: Dispatcher.ResponseData, from: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || typeof headers.location !== "string") return undefined;
  return new URL(headers.location, from).href;
}

function announcedSize({ headers }: Dispatcher.ResponseData): number | undefined {
  return Number(headers["content-length"]) || undefined;
}

async function* bytes({ body }: Dispatcher.ResponseData, dispatcher: Agent): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } finally {
    await dispatcher.destroy();
  }
}
