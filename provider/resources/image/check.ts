import { z } from "zod";
import { GlanceError } from "../../http/errors";
import { inspectFile } from "../../image/inspect";
import { faultOf } from "../../image/inspect/fault";
import { hashLocalFile, localFile } from "../../image/source";
import type { LocalFile } from "../../image/spec";
import { longestWait } from "../../image/wait";
import { memberId } from "../membership";
import { notEmpty, placeShape } from "../place";
import type { CheckFailure, CheckResult, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import { validate } from "../validate";
import { lacksOf } from "./lacks";
import { propertiesInput } from "./propertyNames";
import { storable } from "./storable";
import type { CheckedImageInputs, ImageInputs } from "./types";

const amount = (unit: string) =>
  z
    .int({ error: `must be a whole number of ${unit}` })
    .min(0, { error: `must not be negative` })
    .max(2_147_483_647, { error: `must be at most 2147483647 ${unit}` });
const flag = z.boolean({ error: "must be true or false, not a string" });
const format = z
  .string({ error: "must be a string" })
  .regex(/^[a-z0-9_-]+$/, { error: 'is spelled in lower-case letters and digits, like "qcow2" or "bare"' });

/** One validator per input; the compiler holds them to the interface. */
const shape = {
  name: storable("a name"),
  containerFormat: format,
  diskFormat: format,
  minRam: amount("MiB"),
  minDisk: amount("GiB"),
  visibility: z.enum(["public", "private", "shared", "community"], {
    error: "must be one of public, private, shared, community",
  }),
  protected: flag,
  hidden: flag,
  tags: z.array(storable("a tag"), { error: "must be a list of strings" }),
  properties: propertiesInput,
  members: z.array(memberId, { error: "must be a list of ids of projects" }),
  copyFrom: notEmpty.refine(isWebUrl, { error: "must be an http or https URL" }),
  localFile: notEmpty,
  imageId: z.guid({ error: "must be a UUID like 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" }),
  deactivated: flag,
  owner: notEmpty.max(255, { error: "must have at most 255 characters" }),
  ...placeShape,
  waitTimeout: z
    .int({ error: "must be a whole number of seconds" })
    .min(1, { error: "must be more than 0 seconds" })
    .max(longestWait, { error: `must be at most ${longestWait} seconds` }),
} satisfies { [K in keyof Required<ImageInputs>]: z.ZodType<NonNullable<ImageInputs[K]>> };

/** Validates what is known of the inputs and of a local file's content without asking the cloud, and adds the hash of that file. */
export async function checkImage(
  news: Record<string, unknown>,
  context: ResourceContext,
): Promise<CheckResult<CheckedImageInputs>> {
  const { localFileHash: _computed, ...declared } = news;
  const { inputs, failures } = validate<ImageInputs>(shape, declared);
  failures.push(...rules(inputs), ...lacksOf(inputs, context));
  const { localFile: written } = inputs;
  if (typeof written !== "string" || failures.some(({ property }) => property === "localFile"))
    return { inputs, failures };
  const file = localFile(written, context.directory);
  try {
    const localFileHash = await hashLocalFile(file);
    return { inputs: { ...inputs, localFileHash }, failures: [...failures, ...(await misdeclared(file, inputs))] };
  } catch (error) {
    if (!(error instanceof GlanceError)) throw error;
    return { inputs, failures: [...failures, { property: "localFile", reason: error.message }] };
  }
}

/** What the file's content says against its formats, as far as these are known. */
async function misdeclared(
  { path, written }: LocalFile,
  { diskFormat, containerFormat }: Previewed<ImageInputs>,
): Promise<CheckFailure[]> {
  if (typeof diskFormat !== "string" || typeof containerFormat !== "string") return [];
  // Whoever sends a file that has just become unreadable says so better.
  const found = await inspectFile(path).catch(() => undefined);
  const reason = found && faultOf(found, written, { diskFormat, containerFormat });
  return reason === undefined ? [] : [{ property: "diskFormat", reason }];
}

/** What holds between inputs. */
function* rules({ localFile, copyFrom, diskFormat, containerFormat }: Previewed<ImageInputs>): Iterable<CheckFailure> {
  const maybeNone = isUnknown(localFile) || isUnknown(copyFrom);
  if (localFile !== undefined && copyFrom !== undefined && !maybeNone) {
    yield { property: "copyFrom", reason: "an image has one source: declare copyFrom or localFile, not both" };
  }
  if (localFile === undefined && copyFrom === undefined) return;
  for (const [property, value] of Object.entries({ diskFormat, containerFormat })) {
    if (value === undefined) yield { property, reason: "is needed for an image with a source" };
  }
}

function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
