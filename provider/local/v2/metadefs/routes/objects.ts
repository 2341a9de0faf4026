import type { FastifyInstance, FastifyRequest } from "fastify";
import { now } from "../../../store/clock";
import type { DefinedObject, Namespace } from "../../../store/metadefs";
import type { Store } from "../../../store/store";
import { sendJson, sendNothing } from "../../../wire/reply";
import { rejectBody } from "../../body";
import { Parameters } from "../../list/parameters";
import { refuse } from "../../refusal";
import { route } from "../../resource";
import { validate } from "../../schema/validate";
import { pathParameter } from "../../service";
import { denials, namespaceFor, requireDeletable } from "../access";
import { computed, readValid } from "../body";
import { newObject, replaced, withObject, without } from "../content";
import { takePaging } from "../paging";
import { limitFrom, requireVisibility } from "../parameters";
import { readObject } from "../read";
import { namelessPropertySchema, objectSchema } from "../schemas";
import { objectView } from "../views";
import { clearing } from "./clear";

/** Objects of a namespace (Image API v2, Metadata definition objects). */
export function registerObjects(app: FastifyInstance, store: Store): void {
  const { metadefs } = store;
  const find = (request: FastifyRequest, action: string) => namespaceFor(store, request, action, denials.object);
  route(app, "/metadefs/namespaces/:namespace/objects", {
    GET(request, reply) {
      requireListable(request);
      const namespace = find(request, "get_metadef_objects");
      const objects = namespace.objects.map((object) => objectView(namespace, object, object));
      // Glance, too, begins the path without a slash here.
      return sendJson(reply, 200, { objects, schema: "v2/schemas/metadefs/objects" });
    },
    async POST(request, reply) {
      const body = await readValid(request, objectSchema, computed);
      for (const property of Object.values(body.properties ?? {})) validate(property, namelessPropertySchema);
      const input = readObject(body);
      const namespace = find(request, "add_metadef_object");
      const object = newObject(input);
      await metadefs.change(namespace.id, (current) => withObject(current, object));
      return sendJson(reply, 201, objectView(namespace, object, input));
    },
    DELETE: clearing(store, "objects"),
  });
  route(app, "/metadefs/namespaces/:namespace/objects/:object", {
    GET(request, reply) {
      rejectBody(request);
      const namespace = find(request, "get_metadef_object");
      const object = lookUp(namespace, request);
      return sendJson(reply, 200, objectView(namespace, object, object));
    },
    async PUT(request, reply) {
      const input = readObject(await readValid(request, objectSchema, computed));
      const namespace = find(request, "modify_metadef_object");
      const { name, createdAt, updatedAt } = lookUp(namespace, request);
      const object = { ...newObject(input), createdAt, updatedAt: now() };
      await metadefs.change(namespace.id, (current) => ({
        ...current,
        objects: replaced(current.objects, name, object),
      }));
      // Glance answers with the time of the change before.
      return sendJson(reply, 200, objectView(namespace, { ...object, updatedAt }, input));
    },
    async DELETE(request, reply) {
      rejectBody(request);
      const namespace = find(request, "delete_metadef_object");
      const { name } = lookUp(namespace, request);
      requireDeletable(namespace, `object ${name}`);
      await metadefs.change(namespace.id, (current) => ({ ...current, objects: without(current.objects, name) }));
      return sendNothing(reply);
    },
  });
}

/** The parameters of the list are judged, but they change nothing. */
function requireListable({ url }: FastifyRequest): void {
  const parameters = Parameters.of(url);
  const limit = parameters.take("limit");
  takePaging(parameters);
  requireVisibility(parameters.flattened().get("visibility"), ["public", "private", "shared"]);
  if (limit !== undefined) limitFrom(limit, 1);
}

function lookUp({ objects }: Namespace, request: FastifyRequest): DefinedObject {
  const wanted = pathParameter(request, "object");
  const object = objects.find(({ name }) => name === wanted);
  if (object === undefined) throw refuse(404, `Could not find metadata object ${wanted}`);
  return object;
}
