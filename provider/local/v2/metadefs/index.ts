import type { FastifyInstance } from "fastify";
import { sendJson } from "../../wire/reply";
import { rejectBody } from "../body";
import { route } from "../resource";
import type { ImageService } from "../service";
import { metadefDocuments } from "./documents";
import { registerNamespaces } from "./routes/namespaces";
import { registerObjects } from "./routes/objects";
import { registerProperties } from "./routes/properties";
import { registerResourceTypes } from "./routes/resourceTypes";
import { registerTags } from "./routes/tags";

/** Metadata definitions (Image API v2, Metadata Definitions Catalog) and their schemas. */
export function registerMetadefs(app: FastifyInstance, { store }: ImageService): void {
  registerNamespaces(app, store);
  registerObjects(app, store);
  registerProperties(app, store);
  registerResourceTypes(app, store);
  registerTags(app, store);
  for (const [name, document] of Object.entries(metadefDocuments)) {
    route(app, `/schemas/metadefs/${name}`, {
      GET(request, reply) {
        rejectBody(request);
        return sendJson(reply, 200, document);
      },
    });
  }
}
