import type { FastifyInstance, FastifyRequest } from "fastify";
import { now } from "../../../store/clock";
import type { Named, Namespace } from "../../../store/metadefs";
import type { Store } from "../../../store/store";
import { isTruthy } from "../../../wire/flag";
import { sendJson, sendNothing } from "../../../wire/reply";
import { header } from "../../../wire/request";
import { rejectBody } from "../../body";
import { Parameters } from "../../list/parameters";
import { refuse } from "../../refusal";
import { route } from "../../resource";
import { validate } from "../../schema/validate";
import { pathParameter } from "../../service";
import { namespaceFor, requireDeletable } from "../access";
import { readValid } from "../body";
import { duplicateTag, newTag, without, withTag } from "../content";
import { pageOf, type SortKeys, takePaging } from "../paging";
import { limitFrom, requireVisibility } from "../parameters";
import { tagSchema, tagsSchema } from "../schemas";
import { namedView, tagSummary } from "../views";
import { clearing } from "./clear";

const sortKeys: SortKeys<Named> = {
  id: ({ createdAt }) => createdAt,
  name: ({ name }) => name,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};

/** Tags of a namespace (Image API v2, Metadata definition tags). */
export function registerTags(app: FastifyInstance, store: Store): void {
  const { metadefs } = store;
  route(app, "/metadefs/namespaces/:namespace/tags", {
    GET: (request, reply) => sendJson(reply, 200, { tags: listTags(store, request).map(tagSummary) }),
    async POST(request, reply) {
      const { tags } = (await readValid(request, tagsSchema)) as { tags?: { name: string }[] };
      const { id } = namespaceFor(store, request, "add_metadef_tags");
      if (tags === undefined) throw new TypeError("no tags");
      const isAddition = isTruthy(header(request, "x-openstack-append"));
      const added = tags.map(({ name }) => newTag(name));
      // An empty list replaces nothing.
      if (added.length > 0) {
        await metadefs.change(id, (current) => added.reduce(withTag, isAddition ? current : { ...current, tags: [] }));
      }
      return sendJson(reply, 201, { tags: added.map(tagSummary) });
    },
    DELETE: clearing(store, "tags"),
  });
  route(app, "/metadefs/namespaces/:namespace/tags/:tag", {
    GET(request, reply) {
      rejectBody(request);
      const namespace = namespaceFor(store, request, "get_metadef_tag");
      return sendJson(reply, 200, namedView(lookUp(namespace, pathParameter(request, "tag"))));
    },
    async POST(request, reply) {
      rejectBody(request);
      const name = pathParameter(request, "tag");
      const { id } = namespaceFor(store, request, "add_metadef_tag");
      validate({ name }, tagSchema);
      const tag = newTag(name);
      await metadefs.change(id, (current) => withTag(current, tag));
      return sendJson(reply, 201, namedView(tag));
    },
    async PUT(request, reply) {
      const { name } = (await readValid(request, tagSchema)) as { name: string };
      const namespace = namespaceFor(store, request, "modify_metadef_tag");
      const tag = lookUp(namespace, pathParameter(request, "tag"));
      await metadefs.change(namespace.id, (current) => renamed(current, tag.name, name));
      // Glance answers with the time of the change before.
      return sendJson(reply, 200, namedView({ ...tag, name }));
    },
    async DELETE(request, reply) {
      rejectBody(request);
      const namespace = namespaceFor(store, request, "delete_metadef_tag");
      const { name } = lookUp(namespace, pathParameter(request, "tag"));
      requireDeletable(namespace, `tag ${name}`);
      await metadefs.change(namespace.id, (current) => ({ ...current, tags: without(current.tags, name) }));
      return sendNothing(reply);
    },
  });
}

function listTags(store: Store, request: FastifyRequest): Named[] {
  const parameters = Parameters.of(request.url);
  const limit = parameters.take("limit");
  const paging = takePaging(parameters);
  requireVisibility(parameters.flattened().get("visibility"), ["public", "private", "shared"]);
  const most = limit ? limitFrom(limit, 0) : undefined;
  const namespace = namespaceFor(store, request, "get_metadef_tags");
  const marker = paging.marker ? lookUp(namespace, paging.marker) : undefined;
  return pageOf(namespace.tags, sortKeys, paging, marker, most);
}

function lookUp({ tags }: Namespace, wanted: string): Named {
  const tag = tags.find(({ name }) => name === wanted);
  if (tag === undefined) throw refuse(404, `Could not find metadata tag ${wanted}`);
  return tag;
}

function renamed(namespace: Namespace, from: string, to: string): Namespace {
  const isTaken = from !== to && namespace.tags.some(({ name }) => name === to);
  if (isTaken) throw refuse(409, duplicateTag(namespace, to));
  const rename = (tag: Named) => (tag.name === from ? { ...tag, name: to, updatedAt: now() } : tag);
  return { ...namespace, tags: namespace.tags.map(rename) };
}
