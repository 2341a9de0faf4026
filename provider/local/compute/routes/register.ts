import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { mediaType, origin } from "../../wire/request";
import { readDocument, readJson } from "../body";
import { NovaFault } from "../fault";
import { bodyFormat } from "../media";
import { isUntil, negotiateVersion } from "../microversion";
import { sendAnswer } from "../respond";
import type { ComputeService, Generation } from "../service";
import type { Places } from "../view";
import type { Call, Exchange } from "./call";

/** Only such a part of the path is a project (nova/api/openstack/__init__.py). */
const projectPart = "/:project(^[0-9a-f-]+$)";

interface Parameters {
  project?: string;
  imageId?: string;
  key?: string;
}

/** Serves a call with and without the project in its path, finding faults in the order in which Nova finds them. */
export function registerCall(
  app: FastifyInstance,
  service: ComputeService,
  generation: Generation,
  { method, path, last, readXml, handle }: Call,
): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const version = negotiateVersion(request, reply, generation);
    const format = bodyFormat(mediaType(request));
    const readers = { json: readJson, xml: readXml ?? readJson };
    const body = readXml === undefined ? null : await readDocument(request, format, readers);
    requireOwnProject(request);
    if (!isUntil(version, last)) throw new NovaFault(404, "The resource could not be found.");
    const exchange = exchangeOf(app, request, service, { isStrict: generation.isStrict, body });
    return sendAnswer(request, reply, await handle(exchange), statusOf(request));
  };
  for (const url of [path, projectPart + path]) app.route({ method, url, handler });
}

const parametersOf = (request: FastifyRequest) => request.params as Parameters;

function requireOwnProject(request: FastifyRequest): void {
  const { project } = parametersOf(request);
  const own = request.caller.projectId;
  if (project === undefined || project === own) return;
  const mismatch = `URL's project_id '${project}' doesn't match Context's project_id '${own}'`;
  throw new NovaFault(400, `Malformed request URL: ${mismatch}`);
}

function exchangeOf(
  app: FastifyInstance,
  request: FastifyRequest,
  service: ComputeService,
  more: Pick<Exchange, "isStrict" | "body">,
): Exchange {
  const { imageId = "", key = "" } = parametersOf(request);
  const { caller, url } = request;
  return { store: service.store, caller, url, places: placesFor(app, request, service), imageId, key, ...more };
}

function placesFor({ prefix }: FastifyInstance, request: FastifyRequest, { imageUrl }: ComputeService): Places {
  const { project } = parametersOf(request);
  const below = project === undefined ? "" : `/${project}`;
  const mount = prefix.slice(0, prefix.lastIndexOf("/"));
  return {
    self: origin(request) + prefix + below,
    bookmark: origin(request) + mount + below,
    glance: imageUrl(request),
  };
}

function statusOf({ demand }: FastifyRequest): number {
  return demand !== undefined && "status" in demand ? demand.status : 200;
}
