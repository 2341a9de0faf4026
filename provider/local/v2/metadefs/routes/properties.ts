import type { FastifyInstance } from "fastify";
import { now } from "../../../store/clock";
import type { DefinedProperty, Namespace } from "../../../store/metadefs";
import type { Store } from "../../../store/store";
import { sendJson, sendNothing } from "../../../wire/reply";
import { rejectBody } from "../../body";
import { Parameters } from "../../list/parameters";
import { refuse } from "../../refusal";
import { route } from "../../resource";
import { pathParameter } from "../../service";
import { namespaceFor, requireDeletable } from "../access";
import { readValid } from "../body";
import { newProperty, replaced, without, withProperty } from "../content";
import { resourceTypeOf } from "../parameters";
import { readProperty } from "../read";
import { propertySchema } from "../schemas";
import { propertiesView, propertyView } from "../views";
import { clearing } from "./clear";

/** Properties of a namespace (Image API v2, Metadata definition properties). */
export function registerProperties(app: FastifyInstance, store: Store): void {
  const { metadefs } = store;
  route(app, "/metadefs/namespaces/:namespace/properties", {
    GET(request, reply) {
      rejectBody(request);
      const { properties } = namespaceFor(store, request, "get_metadef_properties");
      return sendJson(reply, 200, { properties: propertiesView(properties) });
    },
    async POST(request, reply) {
      const definition = readProperty(await readValid(request, propertySchema));
      const { id } = namespaceFor(store, request, "add_metadef_property");
      const property = newProperty(definition.name, definition);
      await metadefs.change(id, (current) => withProperty(current, property));
      return sendJson(reply, 201, propertyView(property));
    },
    DELETE: clearing(store, "properties"),
  });
  route(app, "/metadefs/namespaces/:namespace/properties/:property", {
    GET(request, reply) {
      const namespace = namespaceFor(store, request, "get_metadef_property");
      const resourceType = resourceTypeOf(Parameters.of(request.url).flattened());
      const named = pathParameter(request, "property");
      const name = resourceType ? unprefixed(store, namespace, named, resourceType) : named;
      return sendJson(reply, 200, propertyView(lookUp(namespace, name)));
    },
    async PUT(request, reply) {
      const definition = readProperty(await readValid(request, propertySchema));
      const namespace = namespaceFor(store, request, "modify_metadef_property");
      const { name, createdAt } = lookUp(namespace, pathParameter(request, "property"));
      const property = { ...newProperty(definition.name, definition), createdAt, updatedAt: now() };
      await metadefs.change(namespace.id, (current) => ({
        ...current,
        properties: replaced(current.properties, name, property),
      }));
      return sendJson(reply, 200, propertyView(property));
    },
    async DELETE(request, reply) {
      const namespace = namespaceFor(store, request, "remove_metadef_property");
      const { name } = lookUp(namespace, pathParameter(request, "property"));
      requireDeletable(namespace, `property ${name}`);
      await metadefs.change(namespace.id, (current) => ({
        ...current,
        properties: without(current.properties, name),
      }));
      return sendNothing(reply);
    },
  });
}

function lookUp({ properties }: Namespace, wanted: string): DefinedProperty {
  const property = properties.find(({ name }) => name === wanted);
  if (property === undefined) throw refuse(404, `Could not find property ${wanted}`);
  return property;
}

/** The name of a property that a resource of this type has under the name `prefixed`. Throws 404. */
function unprefixed({ metadefs }: Store, namespace: Namespace, prefixed: string, type: string): string {
  if (!metadefs.resourceTypes().some(({ name }) => name === type)) {
    throw refuse(404, `The metadata definition resource-type with name=${type}, was not found.`);
  }
  const association = namespace.associations.find(({ name }) => name === type);
  if (association === undefined) {
    const named = `resource-type=${type} to namespace=${namespace.name}`;
    throw refuse(404, `The metadata definition resource-type association of ${named}, was not found.`);
  }
  const { prefix } = association;
  if (prefix && prefixed.startsWith(prefix)) return prefixed.slice(prefix.length);
  const expected = `the expected resource type association prefix of '${prefix ?? "None"}'`;
  throw refuse(404, `Property ${prefixed} does not start with ${expected}.`);
}
