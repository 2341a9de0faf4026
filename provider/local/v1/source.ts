import { RefusedAddress } from "../imports/address";
import { refuse } from "../v2/refusal";
import type { Meta } from "./meta";
import type { ImageServiceV1 } from "./service";

/** Bytes somewhere in the web: fetched into the store, or left where they are. */
export interface ExternalSource {
  uri: string;
  isCopied: boolean;
}

/** The web address that a request names. Throws 400 where nothing may be fetched from. */
export async function externalSource(
  { fields, copyFrom }: Meta,
  { isAllowedUri }: ImageServiceV1,
): Promise<ExternalSource | undefined> {
  const isCopied = fields.location === undefined;
  const uri = isCopied ? copyFrom : fields.location;
  if (uri === undefined) return undefined;
  if (!uri) throw refuse(400, "External source should not be empty");
  if (isIncomplete(uri)) throw refuse(400, `Invalid location ${uri}`);
  if (!(await isAllowedUri(uri))) throw refuse(400, `External sources are not supported: '${uri}'`);
  return { uri, isCopied };
}

const isIncomplete = (uri: string) => /^https?:\/*$/i.test(uri);

/** Bytes of a file of the web, 0 where its server does not say. Throws 404, 400. */
export async function externalSize(service: ImageServiceV1, uri: string): Promise<number> {
  const { status, size } = await announcementOf(service, uri);
  if (status === 404) throw missingFile();
  if (status >= 300) {
    const { pathname } = new URL(uri);
    throw refuse(400, `HTTP URL ${pathname} returned a ${status} status code. \nThe response body:\n`);
  }
  return size ?? 0;
}

export const missingFile = () => refuse(404, "HTTP datastore could not find image at URI.");

async function announcementOf({ importer, closing }: ImageServiceV1, uri: string) {
  try {
    return await importer.announcement(uri, closing);
  } catch (error) {
    // A redirection can lead to an address that is not allowed.
    if (error instanceof RefusedAddress) throw refuse(400, `External sources are not supported: '${uri}'`);
    throw refuse(400, `The HTTP URL is invalid: ${(error as Error).message}`);
  }
}
