import type { StoreChoice } from "../../glance/api";
import type { Delivery } from "../../image/delivery";
import { type Digest, parseDigest } from "../../image/integrity/digest";
import { localFile } from "../../image/source";
import type { OtherImage, Source } from "../../image/spec";
import { placeOf } from "../place";
import type { ResourceContext } from "../resource";
import type { CheckedImageInputs } from "./types";

type Context = Pick<ResourceContext, "directory" | "connect">;

/** Where the bytes come from; undefined for an image that gets none. */
export function sourceOf(inputs: CheckedImageInputs, context: Context): Source | undefined {
  const { localFile: written, localFileHash, copyFrom: url, sourceCredentials: credentials, sourceImage } = inputs;
  if (written !== undefined) {
    const digest = localFileHash === undefined ? undefined : parseDigest(localFileHash);
    return { ...localFile(written, context.directory), ...(digest && { digest }) };
  }
  if (url !== undefined) return { kind: "copyFrom", url, ...(credentials && { credentials }) };
  return sourceImage && otherImage(sourceImage, inputs, context);
}

function otherImage(
  { imageId, region, cloud }: NonNullable<CheckedImageInputs["sourceImage"]>,
  target: CheckedImageInputs,
  { connect }: Context,
): OtherImage {
  const isForeign = cloud !== undefined && cloud !== target.cloud;
  const place = isForeign ? { cloud, region } : { ...placeOf(target), ...(region !== undefined && { region }) };
  return {
    kind: "sourceImage",
    imageId,
    region: region === target.region ? undefined : region,
    isForeign,
    images: async () => (await connect(place)).images,
  };
}

/** How the bytes come, and what is known of them before. */
export function deliveryOf(inputs: CheckedImageInputs): Delivery {
  const { importMethod = "auto", decompress = "auto", verify, sourceHash, sourceIdentity } = inputs;
  const expected = digestsIn([sourceHash, sourceIdentity]);
  return { method: importMethod, decompress, expected, ...(verify !== undefined && { verify }) };
}

/** Where the data shall be kept; undefined where nobody says. */
export function storesOf({ stores, allStores, allStoresMustSucceed }: CheckedImageInputs): StoreChoice | undefined {
  if (stores === undefined && allStores !== true) return undefined;
  return {
    ...(allStores ? { allStores } : { stores: stores ?? [] }),
    ...(allStoresMustSucceed !== undefined && { allStoresMustSucceed }),
  };
}

/** The same hash may stand in two places. */
function digestsIn(texts: readonly (string | undefined)[]): Digest[] {
  const digests = texts.map((text) => (text === undefined ? undefined : parseDigest(text)));
  return [...new Map(digests.filter((digest) => digest !== undefined).map((one) => [one.algorithm, one])).values()];
}
