import type { Store } from "../../../store/store";
import { sendNothing } from "../../../wire/reply";
import type { Handler } from "../../../wire/resource";
import { namespaceFor, requireDeletable } from "../access";

/** Removes everything of a kind from a namespace; who may do so must be allowed to delete the whole. */
export const clearing =
  (store: Store, kind: "tags" | "objects" | "properties"): Handler =>
  async (request, reply) => {
    const namespace = namespaceFor(store, request, "delete_metadef_namespace");
    requireDeletable(namespace);
    await store.metadefs.change(namespace.id, (current) => ({ ...current, [kind]: [] }));
    return sendNothing(reply);
  };
