import { basename } from "node:path";
import { GlanceError } from "../../http/errors";
import { digestsIn } from "../../image/integrity/checksumList";
import { compareDigests, mismatchText } from "../../image/integrity/compare";
import { type Digest, digestText, parseDigest } from "../../image/integrity/digest";
import { digestsOfFile } from "../../image/integrity/fileDigest";
import { look } from "../../image/remote/look";
import { readText } from "../../image/remote/readText";
import { identityText } from "../../image/remote/sameBytes";
import { localFile } from "../../image/source";
import type { CheckFailure, ResourceContext } from "../resource";
import { hasUnknown, type Previewed } from "../unknown";
import { misdeclaredFile } from "./misdeclared";
import { isSameAddress } from "./sourceDiff";
import type { CheckedImageInputs, ImageInputs } from "./types";

/** What is found out about a source before anything is made of it. */
export interface Checked {
  computed: Pick<CheckedImageInputs, "localFileHash" | "sourceIdentity">;
  failures: CheckFailure[];
}

const nothing: Checked = { computed: {}, failures: [] };

/** Seconds that the servers of sources have to say what is there. */
const patience = 10;
/** Of a list of checksums, in bytes. */
const longestList = 16 * 1024 * 1024;

/**
 * Looks at the source as far as it is known; only reads.
 *
 * @param last - Inputs of the last run: what they say of a source holds while nobody can be asked.
 */
export async function checkSource(
  inputs: Previewed<ImageInputs>,
  context: ResourceContext,
  last?: Previewed<CheckedImageInputs>,
): Promise<Checked> {
  const { sourceHash, checksumsUrl, sourceCredentials } = inputs;
  // What is not known yet may change what is to be found.
  if ([sourceHash, checksumsUrl, sourceCredentials].some(hasUnknown)) return nothing;
  const known = inputs as ImageInputs;
  try {
    const before = last && isSameClaim(known, last) ? last : {};
    if (typeof inputs.localFile === "string") return await checkFile(inputs.localFile, known, before, context);
    if (typeof inputs.copyFrom === "string") return await checkUrl(inputs.copyFrom, known, before, context);
    return nothing;
  } catch (error) {
    if (!(error instanceof UnusableSource)) throw error;
    return { ...nothing, failures: [{ property: error.property, reason: error.message }] };
  }
}

/** A source that cannot be what the input says. */
class UnusableSource extends Error {
  constructor(
    readonly property: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** The list of checksums says nothing today. */
class SilentList extends UnusableSource {
  constructor(reason: string) {
    super("checksumsUrl", reason);
  }
}

type Last = Previewed<CheckedImageInputs>;

function isSameClaim(inputs: ImageInputs, last: Last): boolean {
  const isSameUrl = (name: "copyFrom" | "checksumsUrl") =>
    inputs[name] === last[name] || isSameAddress(inputs[name], last[name]);
  return (
    inputs.localFile === last.localFile &&
    inputs.sourceHash === last.sourceHash &&
    isSameUrl("copyFrom") &&
    isSameUrl("checksumsUrl")
  );
}

/** The error of a list that says nothing; all others are thrown on. */
function onlySilence(error: unknown): SilentList {
  if (error instanceof SilentList) return error;
  throw error;
}

function tellSilence({ warn }: ResourceContext, { message }: SilentList): void {
  warn?.(`checksumsUrl ${message}. What it said of the same source in the last run still holds.`);
}

async function checkFile(written: string, inputs: ImageInputs, last: Last, context: ResourceContext): Promise<Checked> {
  const file = localFile(written, context.directory);
  const found = await publishedDigests(basename(file.path), inputs, context).catch(onlySilence);
  if (found instanceof SilentList && last.localFileHash === undefined) throw found;
  const published = found instanceof SilentList ? [] : found;
  const algorithms = new Set(["sha256" as const, ...published.map(({ algorithm }) => algorithm)]);
  const { digests } = await digestsOfFile(file.path, [...algorithms], written).catch(refuse("localFile"));
  const localFileHash = digestText({ algorithm: "sha256", value: digests.sha256 });
  if (found instanceof SilentList) {
    if (localFileHash !== last.localFileHash) throw found;
    tellSilence(context, found);
  }
  const actual = Object.entries(digests).map(([algorithm, value]) => ({ algorithm, value }) as Digest);
  const mismatch = compareDigests(published, actual);
  if (mismatch !== undefined && mismatch !== "same") {
    const property = inputs.sourceHash === undefined ? "checksumsUrl" : "sourceHash";
    throw new UnusableSource(property, `"${written}" has ${mismatchText(mismatch)}`);
  }
  const reason = await misdeclaredFile(file, inputs).catch(refuse("decompress"));
  const failures = reason === undefined ? [] : [{ property: "diskFormat", reason }];
  return { computed: { localFileHash }, failures };
}

async function checkUrl(url: string, inputs: ImageInputs, last: Last, context: ResourceContext): Promise<Checked> {
  const name = plainName(new URL(url).pathname.split("/").at(-1) ?? "");
  const found = await publishedDigests(name, inputs, context).catch(onlySilence);
  if (found instanceof SilentList) {
    const { sourceIdentity } = last;
    if (typeof sourceIdentity !== "string") throw found;
    tellSilence(context, found);
    return { computed: { sourceIdentity }, failures: [] };
  }
  const [published] = found;
  const sourceIdentity = published ? digestText(published) : await toldIdentity(url, inputs, context);
  return { computed: { ...(sourceIdentity !== undefined && { sourceIdentity }) }, failures: [] };
}

/** What the server tells of a file; undefined where it tells nothing today: that is no reason to take it for another one. */
async function toldIdentity(
  url: string,
  { sourceCredentials: credentials }: ImageInputs,
  { signal }: ResourceContext,
): Promise<string | undefined> {
  const facts = await look({ url, credentials }, limited(signal)).catch(() => "");
  // Servers that make their files up as they go say 0 for "not known yet".
  return typeof facts === "string" ? undefined : identityText({ ...facts, length: facts.length || undefined });
}

/** The hashes that the file of this name shall have, what is listed first; none where nobody says. */
async function publishedDigests(
  name: string,
  { copyFrom, sourceHash, checksumsUrl, sourceCredentials }: ImageInputs,
  { signal }: ResourceContext,
): Promise<Digest[]> {
  const declared = sourceHash === undefined ? undefined : parseDigest(sourceHash);
  if (checksumsUrl === undefined) return declared ? [declared] : [];
  const isTheirs = copyFrom === undefined || new URL(copyFrom).origin === new URL(checksumsUrl).origin;
  const list = { url: checksumsUrl, credentials: isTheirs ? sourceCredentials : undefined };
  const text = await readText(list, longestList, { signal: limited(signal) }).catch((error) => {
    throw new SilentList(reasonOf(error));
  });
  const listed = await Promise.resolve(text)
    .then((lines) => digestsIn(lines, name))
    .catch(refuse("checksumsUrl"));
  if (listed.length === 0) throw new SilentList(`says nothing of "${name}"`);
  const contradiction = declared && compareDigests([declared], listed);
  if (contradiction !== undefined && contradiction !== "same") {
    throw new UnusableSource("checksumsUrl", `says that "${name}" has ${mismatchText(contradiction)}`);
  }
  return declared && contradiction === undefined ? [...listed, declared] : listed;
}

/** A name as it stands in a list. */
function plainName(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function limited(signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(patience * 1000);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** Tells an error of ours as a failure of the input. */
function refuse(property: string): (error: unknown) => never {
  return (error) => {
    throw new UnusableSource(property, reasonOf(error));
  };
}

/** Why one of our own attempts failed; what is no error of ours is thrown on. */
function reasonOf(error: unknown): string {
  if (!(error instanceof GlanceError)) throw error;
  return error.code === "ABORTED" ? `did not answer within ${patience} s` : error.message;
}
