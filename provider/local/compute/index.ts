import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasEmptyPart } from "../v2/exchange";
import { sendNothing } from "../wire/reply";
import { header } from "../wire/request";
import { type Demand, Demands, demandHeader } from "./demand";
import { negotiateVersion } from "./microversion";
import { sendFault, sendNotFound, sendUnauthorized } from "./respond";
import { imageCalls } from "./routes/images";
import { metadataCalls } from "./routes/metadata";
import { registerCall } from "./routes/register";
import { type ComputeService, type Generation, generations } from "./service";
import { registerVersions, sendChoices, sendVersion } from "./versions";

export { demandHeader } from "./demand";
export type { ComputeService } from "./service";

declare module "fastify" {
  interface FastifyRequest {
    /** What a client of the compute service asked for instead of the right answer. */
    demand: Demand | undefined;
  }
}

/**
 * Serves the image proxy of the Compute API below its prefix, at `/v2.1` and `/v2`, with and without the project in the path: in JSON as
 * Nova 34 answers, and to those who accept `application/xml` as Nova did up to Juno. Faults can be asked for, see Demands.
 */
export function computeService(service: ComputeService) {
  return async (app: FastifyInstance): Promise<void> => {
    const demands = new Demands();
    app.setErrorHandler(sendFault);
    app.setNotFoundHandler((request, reply) => sendChoices(app, request, reply));
    registerVersions(app);
    for (const generation of generations) {
      await app.register(async (scope) => registerGeneration(scope, service, generation, demands), {
        prefix: generation.path,
      });
    }
  };
}

function registerGeneration(
  app: FastifyInstance,
  service: ComputeService,
  generation: Generation,
  demands: Demands,
): void {
  app.decorateRequest("caller");
  app.decorateRequest("demand");
  app.addHook("onRequest", async (request, reply) => {
    if (request.method === "OPTIONS") return sendNothing(reply, 200);
    announceRequestId(reply);
    if (isVersionPath(app, request)) {
      negotiateVersion(request, reply, generation);
      return sendVersion(request, reply, app.prefix, generation.path);
    }
    const token = header(request, "x-auth-token") ?? "";
    const caller = service.callerOf(token);
    if (caller === undefined) return sendUnauthorized(reply, service.identityUrl(request));
    request.caller = caller;
    request.demand = demands.next(caller, token, header(request, demandHeader));
    if (request.demand !== undefined && "fault" in request.demand) throw request.demand.fault;
    if (hasEmptyPart(request.url)) return sendNotFound(request, reply);
  });
  app.setNotFoundHandler(async (request, reply) => sendNotFound(request, reply));
  for (const call of [...imageCalls, ...metadataCalls]) registerCall(app, service, generation, call);
}

/** Both names of the id by which this request is known. */
function announceRequestId(reply: FastifyReply): void {
  const id = `req-${randomUUID()}`;
  reply.headers({ "x-openstack-request-id": id, "x-compute-request-id": id });
}

const isVersionPath = ({ prefix }: FastifyInstance, { method, url }: FastifyRequest): boolean =>
  method === "GET" && [prefix, `${prefix}/`].includes(pathOf(url));

const pathOf = (url: string) => url.split("?", 1)[0] ?? "";
