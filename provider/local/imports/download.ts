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

/**
 * Fetches a file for an import. The addresses are checked again here, after every redirect, and the connection is made to a checked
 * address only. Rejects with RefusedAddress, with the network's error, and for any answer but success.
 */
export async function download(
  uri: string,
  { allowHosts, signal }: { allowHosts: readonly string[]; signal: AbortSignal },
): Promise<Download> {
  for (let target = uri, redirects = 0; redirects <= mostRedirects; redirects++) {
    const dispatcher = pinnedAgent(await allowedAddresses(target, allowHosts));
    const answer = await request(target, { dispatcher, signal });
    const location = redirection(answer, target);
    if (location === undefined) return { size: announcedSize(answer), source: bytes(answer, dispatcher) };
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

async function* bytes({ statusCode, body }: Dispatcher.ResponseData, dispatcher: Agent): AsyncGenerator<Buffer> {
  try {
    if (statusCode < 200 || statusCode > 299) throw new Error(`the server answered ${statusCode}`);
    yield* body;
  } finally {
    await dispatcher.destroy();
  }
}
