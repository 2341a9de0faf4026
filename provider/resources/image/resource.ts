import type { ImageApi } from "../../glance/api";
import { createImage } from "../../image/create";
import { UnfinishedImage } from "../../image/failure";
import { deleteImage } from "../../image/remove";
import { hold } from "../../image/stamp";
import { updateImage } from "../../image/update";
import { type Resource, UnfinishedResource } from "../resource";
import { checkImage } from "./check";
import { diffImage, sourceOf } from "./diff";
import { membersAsRead } from "./members";
import { pick, specOf } from "./spec";
import { inputsAsRead, stateOf } from "./state";
import type { CheckedImageInputs, ImageInputs, ImageState } from "./types";

export const image: Resource<CheckedImageInputs, ImageState> = {
  token: "glance:index:Image",
  hold,
  check: checkImage,
  diff: diffImage,

  async create(inputs, identity, context) {
    const { images, leftovers } = await context.connect(inputs);
    const named = { ...(identity.name !== undefined && { name: identity.name }), ...inputs };
    const limits = { stamp: identity.stamp, waitTimeout: waitTimeoutOf(inputs), signal: context.signal };
    const spec = specOf(named, undefined, context, images.capabilities);
    const made = await createImage(images, spec, leftovers, limits).catch(
      unfinished(images, inputs, { ...inputs, members: [] }),
    );
    return { id: made.id, state: stateOf(made, inputs, inputs) };
  },

  async read(id, old, context) {
    const { images } = await context.connect(old.state);
    const found = await images.get(id, { signal: context.signal });
    if (!found) return undefined;
    const written = inputsAsRead(found, old, images.capabilities);
    const inputs = { ...written, ...(await membersAsRead(images, found, written, context)) };
    return { inputs, state: stateOf(found, inputs, "inputs" in old ? old.state : {}) };
  },

  async update(id, old, inputs, context) {
    const { images } = await context.connect({ ...old.state, api: inputs.api });
    const limits = { waitTimeout: waitTimeoutOf(inputs), signal: context.signal };
    const [used, wanted] = [sourceOf(old.state), sourceOf(inputs)];
    const begun = wanted === undefined || used === wanted ? "this" : used === undefined ? "none" : "other";
    const spec = specOf(inputs, old.inputs, context, images.capabilities);
    // What the old inputs declared is still to be taken back: a state that forgot it would never do so.
    const properties = { ...old.inputs.properties, ...inputs.properties };
    const members = inputs.members ?? old.inputs.members;
    const kept = { ...inputs, properties, ...(members && { members }) };
    const made = await updateImage(images, id, spec, limits, begun).catch(unfinished(images, kept, old.state));
    return stateOf(made, inputs, old.state);
  },

  async delete(id, state, context) {
    const { images } = await context.connect(state);
    await deleteImage(images, id, context.signal);
  },
};

function waitTimeoutOf({ waitTimeout }: ImageInputs): number {
  return waitTimeout ?? 1800;
}

function unfinished(
  images: ImageApi,
  declared: CheckedImageInputs,
  known: Partial<ImageState>,
): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof UnfinishedImage)) throw error;
    const members = await membersAsRead(images, error.image, declared, {}).catch(() => pick(known, ["members"]));
    const inputs = { ...declared, ...members };
    const { localFile: _file, localFileHash: _hash, copyFrom: _url, ...rest } = inputs;
    // A lost image never took the source of these inputs.
    const state = error.lost
      ? { ...stateOf(error.image, rest, known), status: "killed" }
      : stateOf(error.image, inputs, known);
    throw new UnfinishedResource(error.image.id, state, error.cause);
  };
}
