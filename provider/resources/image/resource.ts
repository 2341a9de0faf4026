import { createImage } from "../../image/create";
import { UnfinishedImage } from "../../image/failure";
import { deleteImage } from "../../image/remove";
import { updateImage } from "../../image/update";
import { type Resource, UnfinishedResource } from "../resource";
import { checkImage } from "./check";
import { diffImage } from "./diff";
import { specOf } from "./spec";
import { inputsAsRead, stateOf } from "./state";
import type { CheckedImageInputs, ImageInputs, ImageState } from "./types";

export const image: Resource<CheckedImageInputs, ImageState> = {
  token: "glance:index:Image",
  check: checkImage,
  diff: diffImage,

  async create(inputs, identity, context) {
    const { images, leftovers } = await context.connect(inputs);
    const named = { ...(identity.name !== undefined && { name: identity.name }), ...inputs };
    const limits = { stamp: identity.stamp, waitTimeout: waitTimeoutOf(inputs), signal: context.signal };
    const made = await createImage(images, specOf(named, undefined, context), leftovers, limits).catch(
      unfinished(inputs, inputs),
    );
    return { id: made.id, state: stateOf(made, inputs, inputs) };
  },

  async read(id, old, context) {
    const { images, leftovers } = await context.connect(old?.state ?? {});
    leftovers.hold(id);
    const found = await images.get(id, { signal: context.signal });
    if (!found) return undefined;
    const inputs = inputsAsRead(found, old);
    return { inputs, state: stateOf(found, inputs, old?.state ?? {}) };
  },

  async update(id, old, inputs, context) {
    const { images, leftovers } = await context.connect(old.state);
    leftovers.hold(id);
    const limits = { waitTimeout: waitTimeoutOf(inputs), signal: context.signal };
    const made = await updateImage(images, id, specOf(inputs, old.inputs, context), limits).catch(
      unfinished(inputs, old.state),
    );
    return stateOf(made, inputs, old.state);
  },

  async delete(id, state, context) {
    const { images, leftovers } = await context.connect(state);
    leftovers.hold(id);
    await deleteImage(images, id, context.signal);
  },
};

function waitTimeoutOf({ waitTimeout }: ImageInputs): number {
  return waitTimeout ?? 1800;
}

function unfinished(inputs: CheckedImageInputs, known: Partial<ImageState>): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UnfinishedImage)) throw error;
    const state = stateOf(error.image, inputs, known);
    throw new UnfinishedResource(error.image.id, error.lost ? { ...state, status: "killed" } : state, error.cause);
  };
}
