import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { now } from "../../../store/clock";
import type { Namespace } from "../../../store/metadefs";
import type { Store } from "../../../store/store";
import { sendJson, sendNothing } from "../../../wire/reply";
import { origin } from "../../../wire/request";
import { rejectBody } from "../../body";
import { Parameters, pageLinks } from "../../list/parameters";
import { route } from "../../resource";
import { denials, namespaceFor, requireDeletable, requireMetadef } from "../access";
import { computed, readValid } from "../body";
import { withContent } from "../content";
import { listNamespaces } from "../namespaceList";
import { requireVisibility, resourceTypeOf } from "../parameters";
import { type NamespaceInput, readNamespace } from "../read";
import { namespaceSchema } from "../schemas";
import { namespaceDetail, namespaceSummary, namespaceView } from "../views";

/** Namespaces: list, create, show, update and delete (Image API v2, Metadata definition namespaces). */
export function registerNamespaces(app: FastifyInstance, store: Store): void {
  const { metadefs } = store;
  route(app, "/metadefs/namespaces", {
    GET(request, reply) {
      const { namespaces, marker } = listNamespaces(metadefs, request);
      const links = pageLinks("/v2/metadefs/namespaces", request.url, marker);
      const schema = "/v2/schemas/metadefs/namespaces";
      return sendJson(reply, 200, { namespaces: namespaces.map(namespaceSummary), ...links, schema });
    },
    async POST(request, reply) {
      const input = readNamespace(await readValid(request, namespaceSchema, computed));
      requireMetadef("add_metadef_namespace", request.caller);
      const created = withContent(newNamespace(request, input), input);
      await metadefs.create(created);
      const { resource_type_associations, properties, objects, tags } = input;
      const content = { resource_type_associations, properties, objects, tags };
      reply.header("location", `${origin(request)}${app.prefix}/metadefs/namespaces/${latin(created.name)}`);
      return sendJson(reply, 201, { ...namespaceView(created), ...content });
    },
  });
  route(app, "/metadefs/namespaces/:namespace", {
    GET(request, reply) {
      rejectBody(request);
      const parameters = Parameters.of(request.url).flattened();
      requireVisibility(parameters.get("visibility"), ["public", "private"]);
      const namespace = namespaceFor(store, request, "get_metadef_namespace", denials.show);
      const resourceType = resourceTypeOf(parameters);
      const association = namespace.associations.find(({ name }) => name === resourceType);
      return sendJson(reply, 200, namespaceDetail(namespace, association?.prefix ?? ""));
    },
    async PUT(request, reply) {
      const input = readNamespace(await readValid(request, namespaceSchema, computed));
      const { id, updatedAt } = namespaceFor(store, request, "modify_metadef_namespace");
      const fields = { ...fieldsOf(input), owner: input.owner || projectOf(request) };
      const changed = await metadefs.change(id, (current) => ({ ...current, ...fields, updatedAt: now() }));
      // Glance answers with the time of the change before.
      return sendJson(reply, 200, namespaceView({ ...changed, updatedAt }));
    },
    async DELETE(request, reply) {
      rejectBody(request);
      const namespace = namespaceFor(store, request, "delete_metadef_namespace");
      requireDeletable(namespace);
      await metadefs.delete(namespace.id);
      return sendNothing(reply);
    },
  });
}

function newNamespace(request: FastifyRequest, input: NamespaceInput): Namespace {
  const time = now();
  const empty = { objects: [], properties: [], tags: [], associations: [] };
  const owner = input.owner ?? projectOf(request);
  return { id: randomUUID(), ...fieldsOf(input), ...empty, owner, createdAt: time, updatedAt: time };
}

/** What a request leaves out has its default, also in a change. */
const fieldsOf = (input: NamespaceInput) => ({
  name: input.namespace,
  displayName: input.display_name ?? null,
  description: input.description ?? null,
  visibility: input.visibility ?? "private",
  protected: input.protected ?? false,
});

const projectOf = ({ caller }: FastifyRequest) => caller.projectId ?? "";

/** A header holds the bytes of UTF-8. */
const latin = (name: string) => Buffer.from(name, "utf8").toString("latin1");
