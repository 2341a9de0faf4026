import { z } from "zod";
import { parseDigest } from "../../image/integrity/digest";
import { longestWait } from "../../image/wait";
import { memberId } from "../membership";
import { notEmpty, placeShape } from "../place";
import { propertiesInput } from "./propertyNames";
import { storable } from "./storable";
import type { ImageInputs } from "./types";

const amount = (unit: string) =>
  z
    .int({ error: `must be a whole number of ${unit}` })
    .min(0, { error: `must not be negative` })
    .max(2_147_483_647, { error: `must be at most 2147483647 ${unit}` });
const flag = z.boolean({ error: "must be true or false, not a string" });
const text = z.string({ error: "must be a string" });
const format = text.regex(/^[a-z0-9_-]+$/, {
  error: 'is spelled in lower-case letters and digits, like "qcow2" or "bare"',
});
const uuid = z.guid({ error: "must be a UUID like 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" });
const webUrl = notEmpty
  .refine(isWebUrl, { error: "must be an http or https URL", abort: true })
  .refine(isPlainlyWritten, {
    error:
      'must be written like https://HOST/PATH, with %20 for a blank, %22 for ", %3C for <, %3E for > and %5C for \\',
  });

const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });

/** One validator per input; the compiler holds them to the interface. */
export const shape = {
  name: storable("a name"),
  containerFormat: format,
  diskFormat: format,
  minRam: amount("MiB"),
  minDisk: amount("GiB"),
  visibility: oneOf("public", "private", "shared", "community"),
  protected: flag,
  hidden: flag,
  tags: z.array(storable("a tag"), { error: "must be a list of strings" }),
  properties: propertiesInput,
  members: z.array(memberId, { error: "must be a list of ids of projects" }),
  copyFrom: webUrl,
  localFile: notEmpty,
  sourceImage: z.strictObject(
    { imageId: uuid, region: notEmpty.optional(), cloud: notEmpty.optional() },
    { error: "must be an object of imageId, region and cloud" },
  ),
  importMethod: oneOf("auto", "upload", "glance-direct", "web-download", "glance-download", "copy-image"),
  sourceHash: text.refine((written) => parseDigest(written) !== undefined, {
    error: 'must be a hash like "sha256:" and 64 hexadecimal digits (also md5, sha1, sha512)',
  }),
  checksumsUrl: webUrl,
  sourceCredentials: z.strictObject(
    {
      userName: text.optional(),
      password: text.optional(),
      token: text.optional(),
      headers: z.record(text, text).optional(),
    },
    { error: "must be an object of userName, password, token and headers" },
  ),
  verify: oneOf("size", "hash", "download", "none"),
  decompress: oneOf("auto", "none", "gzip", "bzip2", "xz", "zstd"),
  stores: z.array(notEmpty, { error: "must be a list of ids of stores" }).min(1, { error: "must name a store" }),
  allStores: flag,
  allStoresMustSucceed: flag,
  imageId: uuid,
  deactivated: flag,
  owner: notEmpty.max(255, { error: "must have at most 255 characters" }),
  ...placeShape,
  waitTimeout: z
    .int({ error: "must be a whole number of seconds" })
    .min(1, { error: "must be more than 0 seconds" })
    .max(longestWait, { error: `must be at most ${longestWait} seconds` }),
  onDelete: oneOf("delete", "hide", "deactivate", "retain"),
  forceUnprotect: flag,
  onInUse: oneOf("fail", "hide", "deactivate", "retain"),
} satisfies { [K in keyof Required<ImageInputs>]: z.ZodType<NonNullable<ImageInputs[K]>> };

function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** URL parsers forgive more, but messages could not tell where such a URL begins and ends, and so not leave out its credentials. */
function isPlainlyWritten(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && !/[\s\p{Cc}"<>\\]/u.test(url);
}
