import type { ImageApi } from "../../glance/api";
import type { Namespace, NamespaceApi } from "../../glance/namespaces";
import { GlanceError } from "../../http/errors";
import { placeOf } from "../place";
import { type Resource, UnfinishedResource } from "../resource";
import { checkMetadefNamespace } from "./check";
import { diffMetadefNamespace } from "./diff";
import { explained } from "./explain";
import { changesOf } from "./spec";
import { inputsAsRead, stateOf } from "./state";
import type { MetadefNamespaceInputs, MetadefNamespaceState } from "./types";

/** A namespace of metadata definitions with everything in it. */
export const metadefNamespace: Resource<MetadefNamespaceInputs, MetadefNamespaceState> = {
  token: "glance:index:MetadefNamespace",
  hold() {},
  check: checkMetadefNamespace,
  diff: diffMetadefNamespace,

  async create(inputs, _identity, context) {
    const namespaces = namespacesOf((await context.connect(inputs)).images);
    const { signal } = context;
    const { namespace } = inputs;
    if (await namespaces.get(namespace, { signal })) throw taken(namespace);
    try {
      const made = await namespaces.create({ namespace, ...changesOf(inputs) }, { signal });
      return { id: namespace, state: stateOf(made, inputs) };
    } catch (error) {
      throw await unfinished(namespaces, namespace, inputs, explained(error));
    }
  },

  async read(id, old, context) {
    const namespaces = namespacesOf((await context.connect(old.state)).images);
    const found = await namespaces.get(id, { signal: context.signal });
    if (!found) return undefined;
    const state = stateOf(found, "inputs" in old ? old.inputs : placeOf(old.state));
    return { inputs: inputsAsRead(state, old), state };
  },

  async update(id, old, inputs, context) {
    const namespaces = namespacesOf((await context.connect(inputs)).images);
    const { signal } = context;
    const current = await namespaces.get(id, { signal });
    if (!current) throw gone(id);
    try {
      return stateOf(await namespaces.update(current, changesOf(inputs, old.inputs), { signal }), inputs);
    } catch (error) {
      throw await unfinished(namespaces, id, inputs, explained(error), current);
    }
  },

  async delete(id, state, context) {
    const namespaces = namespacesOf((await context.connect(state)).images);
    try {
      await namespaces.delete(id, { signal: context.signal });
    } catch (error) {
      throw explained(error);
    }
  },
};

function namespacesOf({ namespaces, capabilities }: ImageApi): NamespaceApi {
  if (namespaces) return namespaces;
  throw new GlanceError({ code: "UNSUPPORTED", message: `${capabilities.title} has no metadata definitions` });
}

/** Where a part was refused, or its answer lost, the namespace may exist: the state must hold it as it is. */
async function unfinished(
  namespaces: NamespaceApi,
  namespace: string,
  inputs: MetadefNamespaceInputs,
  failure: Error,
  known?: Namespace,
): Promise<Error> {
  // Glance takes away what it made of a create that it answers with 409, so this one is somebody else's.
  if (!known && failure instanceof GlanceError && failure.status === 409) return failure;
  const left = (await namespaces.get(namespace).catch(() => undefined)) ?? known;
  return left ? new UnfinishedResource(namespace, stateOf(left, inputs), failure) : failure;
}

function taken(namespace: string): GlanceError {
  return new GlanceError({
    code: "CONFLICT",
    message: `The namespace ${namespace} exists already`,
    hint: "Import it with the resource option import, delete it, or choose another name",
  });
}

function gone(namespace: string): GlanceError {
  return new GlanceError({
    code: "NOT_FOUND",
    message: `The namespace ${namespace} does not exist any more; it was deleted outside of Pulumi`,
    hint: "Run `pulumi refresh`, then `pulumi up` to make it anew",
  });
}
