import { dirname } from "node:path";
import type { FastifyInstance } from "fastify";
import { importMethods } from "../../imports/plan";
import { defaultStore, type Store, storeIds } from "../../store/store";
import { sendJson } from "../../wire/reply";
import { rejectBody } from "../body";
import { requireAllowed } from "../policy";
import { route } from "../resource";
import { schemaDocuments } from "../schema/documents";
import type { ImageService } from "../service";

/** What this server offers (Image API v2, Image service info discovery and Image Schemas). */
export function registerInfo(app: FastifyInstance, { store }: ImageService): void {
  const document = (url: string, content: unknown) =>
    route(app, url, {
      async GET(request, reply) {
        rejectBody(request);
        return sendJson(reply, 200, content);
      },
    });
  const methods = { description: "Import methods available.", type: "array", value: importMethods };
  document("/info/import", { "import-methods": methods });
  document("/info/stores", { stores: storeIds.map(storeView) });
  // As where no limits are registered in Keystone.
  app.get("/info/usage", async (_request, reply) => sendJson(reply, 200, { usage: {} }));
  for (const [name, schema] of Object.entries(schemaDocuments)) document(`/schemas/${name}`, schema);
  route(app, "/info/stores/detail", {
    async GET(request, reply) {
      rejectBody(request);
      requireAllowed("stores_info_detail", request.caller);
      return sendJson(reply, 200, { stores: storeIds.map((id) => storeDetail(store, id)) });
    },
  });
}

const storeView = (id: string) => (id === defaultStore ? { id, default: "true" } : { id });

const storeDetail = ({ blobs }: Store, id: string) => ({
  ...storeView(id),
  type: "file",
  properties: { data_dir: dirname(blobs.path(id, "any")), chunk_size: 65536, thin_provisioning: false },
  weight: 0,
});
