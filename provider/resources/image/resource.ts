import type { GlanceImage, ImageApi } from "../../glance/api";
import { createImage } from "../../image/create";
import { nothingChanged, nothingMade, orEnded, signalForCleaning, type UnderWay } from "../../image/ending";
import { isLost, UnfinishedImage } from "../../image/failure";
import type { Finished } from "../../image/finish";
import { hasUserInfo } from "../../image/remote/credentials";
import { deleteImage } from "../../image/remove";
import { type LifecycleContext, nameOfNew } from "../../image/spec";
import { hold, wasTakenOver } from "../../image/stamp";
import { isEverywhere } from "../../image/stores";
import { updateImage } from "../../image/update";
import {
  type Connection,
  type Known,
  type Place,
  type Resource,
  type ResourceContext,
  UnfinishedResource,
} from "../resource";
import { checkImage } from "./check";
import { diffImage } from "./diff";
import { membersAsRead } from "./members";
import { preflightImage } from "./preflight";
import { begunWith, sourceNames } from "./sourceDiff";
import { pick, specOf } from "./spec";
import { inputsAsRead, type Learnt, stateOf } from "./state";
import type { CheckedImageInputs, ImageInputs, ImageState } from "./types";

export const image: Resource<CheckedImageInputs, ImageState> = {
  token: "glance:index:Image",
  follows: { allProperties: "properties", localFileHash: "localFile", sourceIdentity: "copyFrom" },
  secrets: (inputs) => ["sourceCredentials", ...urlNames.filter((name) => isTelling(inputs[name]))],
  stables: ({ status }) => (status === "queued" ? ["createdAt", "file"] : outputsOfData),
  hold,
  check: checkImage,
  diff: diffImage,
  preflight: preflightImage,

  async create(inputs, identity, context) {
    const named = { ...(identity.name !== undefined && { name: identity.name }), ...inputs };
    const underWay = { subject: nameOfNew(named.name), what: "create", outcome: nothingMade };
    const connection = await connect(inputs, underWay, context);
    const { images, leftovers } = connection;
    const lifecycle = { stamp: identity.stamp, ...lifecycleOf(inputs, connection, context) };
    const spec = specOf(named, undefined, context, images.capabilities);
    const made = await createImage(images, spec, leftovers, lifecycle).catch(
      unfinished(images, inputs, { ...inputs, members: [] }, context),
    );
    return {
      id: made.image.id,
      state: stateOf(made.image, inputs, inputs, await learnt(images, made, inputs, context)),
    };
  },

  async read(id, old, context) {
    const underWay = { subject: `image ${id}`, what: "read", outcome: nothingChanged };
    const { images } = await connect(old.state, underWay, context);
    return orEnded(underWay, context, async () => {
      const found = await images.get(id, { signal: context.signal });
      if (!found) return undefined;
      const written = inputsAsRead(found, old, images.capabilities);
      const inputs = { ...written, ...(await membersAsRead(images, found, written, context)) };
      if (!("inputs" in old)) return { inputs, state: stateOf(found, inputs, {}) };
      return asKnown(found, inputs, old.state, await isEverywhere(images, found, inputs, context.signal));
    });
  },

  async update(id, old, inputs, context) {
    const underWay = { subject: `image ${id}`, what: "update", outcome: nothingChanged };
    const connection = await connect({ ...old.state, api: inputs.api }, underWay, context);
    const { images } = connection;
    const lifecycle = lifecycleOf(inputs, connection, context);
    const begun = begunWith(old.state, inputs);
    const spec = specOf(inputs, old.inputs, context, images.capabilities);
    // What the old inputs declared is still to be taken back: a state that forgot it would never do so.
    const properties = { ...old.inputs.properties, ...inputs.properties };
    const members = inputs.members ?? old.inputs.members;
    const kept = { ...inputs, properties, ...(members && { members }) };
    const made = await updateImage(images, id, spec, lifecycle, begun).catch(
      unfinished(images, kept, old.state, context),
    );
    return stateOf(made.image, inputs, old.state, await learnt(images, made, inputs, context));
  },

  async delete(id, state, context) {
    if (wasTakenOver(id)) return;
    const underWay = { subject: `image ${id}`, what: "deletion", outcome: nothingChanged };
    const { images } = await connect(state, underWay, context);
    const { forceUnprotect, ...keeping } = pick(state, ["forceUnprotect", "onDelete", "onInUse"]);
    // Nothing makes a lost image whole again: no policy keeps it.
    await deleteImage(images, id, context, { forceUnprotect, ...(!isLost(state) && keeping) });
  },
};

/** Only what was made and compared says which content an image has: a lost image stays lost, and what a program declares proves nothing. */
function asKnown(
  found: GlanceImage,
  inputs: CheckedImageInputs,
  known: ImageState,
  everywhere: boolean | undefined,
): Known<CheckedImageInputs, ImageState> {
  const proven = { ...without(inputs, computedNames), ...pick(known, computedNames) };
  if (known.status !== "killed") return { inputs: proven, state: stateOf(found, proven, known, { everywhere }) };
  return { inputs: proven, state: { ...stateOf(found, without(proven, sourceNames), known), status: "killed" } };
}

/** The work is done: a question that is not answered then must not take its end back. */
async function learnt(
  images: ImageApi,
  { image, verifiedBy }: Finished,
  inputs: CheckedImageInputs,
  { signal }: ResourceContext,
): Promise<Learnt> {
  return { verifiedBy, everywhere: await isEverywhere(images, image, inputs, signal).catch(() => undefined) };
}

const urlNames = ["copyFrom", "checksumsUrl"] as const;

/** Inputs may still be unknown, or no URL. */
function isTelling(url: unknown): boolean {
  return typeof url === "string" && URL.canParse(url) && hasUserInfo(url);
}

const computedNames = ["localFileHash", "sourceIdentity"] as const;

/** Outputs that are settled once there is data; only another image has others. */
const outputsOfData = ["createdAt", "file", "size", "virtualSize", "checksum", "osHashAlgo", "osHashValue"] as const;

/** Seconds to wait for an import where nobody says how long. */
const usualWait = 1800;

function connect(where: Place, underWay: UnderWay, context: ResourceContext): Promise<Connection> {
  return orEnded(underWay, context, () => context.connect(where));
}

function lifecycleOf(
  { waitTimeout }: ImageInputs,
  { transfers }: Connection,
  { signal, timeout, report, warn }: ResourceContext,
): LifecycleContext {
  return { waitTimeout: waitTimeout ?? timeout ?? usualWait, signal, timeout, report, warn, transfers };
}

function without<T extends object>(values: T, names: readonly (keyof T)[]): T {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name as keyof T))) as T;
}

function unfinished(
  images: ImageApi,
  declared: CheckedImageInputs,
  known: Partial<ImageState>,
  context: ResourceContext,
): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof UnfinishedImage)) throw error;
    const remembered = pick(known, ["members"]);
    const signal = signalForCleaning(context);
    const read = () => membersAsRead(images, error.image, declared, { signal }).catch(() => remembered);
    const members = error.answers ? await read() : remembered;
    const inputs = { ...declared, ...members };
    // A lost image never took the source of these inputs.
    const state = error.lost
      ? { ...stateOf(error.image, without(inputs, sourceNames), known), status: "killed" }
      : stateOf(error.image, inputs, known);
    throw new UnfinishedResource(error.image.id, state, error.cause);
  };
}
