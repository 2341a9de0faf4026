import type { FastifyInstance } from "fastify";
import type { Store } from "../../../store/store";
import { sendJson, sendNothing } from "../../../wire/reply";
import { rejectBody } from "../../body";
import { refuse } from "../../refusal";
import { route } from "../../resource";
import { pathParameter } from "../../service";
import { namespaceFor, requireDeletable, requireMetadef } from "../access";
import { readValid } from "../body";
import { newAssociation, withAssociation, without } from "../content";
import { readAssociation } from "../read";
import { associationSchema } from "../schemas";
import { associationView, namedView } from "../views";

/** Resource types and their associations with namespaces (Image API v2, Metadata definition resource types). */
export function registerResourceTypes(app: FastifyInstance, store: Store): void {
  const { metadefs } = store;
  route(app, "/metadefs/resource_types", {
    GET(request, reply) {
      rejectBody(request);
      requireMetadef("list_metadef_resource_types", request.caller);
      return sendJson(reply, 200, { resource_types: metadefs.resourceTypes().map(namedView) });
    },
  });
  route(app, "/metadefs/namespaces/:namespace/resource_types", {
    GET(request, reply) {
      rejectBody(request);
      const { associations } = namespaceFor(store, request, "list_metadef_resource_types");
      return sendJson(reply, 200, { resource_type_associations: associations.map(associationView) });
    },
    async POST(request, reply) {
      const input = readAssociation(await readValid(request, associationSchema));
      const { id } = namespaceFor(store, request, "add_metadef_resource_type_association");
      const association = newAssociation(input);
      await metadefs.change(id, (current) => withAssociation(current, association));
      return sendJson(reply, 201, associationView(association));
    },
  });
  route(app, "/metadefs/namespaces/:namespace/resource_types/:resourceType", {
    async DELETE(request, reply) {
      rejectBody(request);
      const namespace = namespaceFor(store, request, "remove_metadef_resource_type_association");
      const type = pathParameter(request, "resourceType");
      if (!namespace.associations.some(({ name }) => name === type)) {
        throw refuse(404, `Failed to find resource type ${type} to delete`);
      }
      requireDeletable(namespace, `resource-type-association ${type}`);
      await metadefs.change(namespace.id, (current) => ({
        ...current,
        associations: without(current.associations, type),
      }));
      return sendNothing(reply);
    },
  });
}
