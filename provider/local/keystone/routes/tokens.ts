import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendJson, sendNothing } from "../../wire/reply";
import { origin } from "../../wire/request";
import { resource } from "../../wire/resource";
import { Authenticator } from "../authenticate";
import { readObject } from "../body";
import { serviceCatalog } from "../catalog";
import { bearer, type Identity, identityPath, identityUrl, subject } from "../context";
import { forbidden, missing } from "../errors";
import { objectIn } from "../parts";
import { methodNotAllowed } from "../refuse";
import type { Token } from "../tokens";
import { tokenView } from "../views";

/** Issuing, reading and revoking tokens, and the catalog (Identity API v3, Authentication and token management). */
export function registerTokens(app: FastifyInstance, { tokens, credentials, catalogued }: Identity): void {
  const authenticator = new Authenticator(tokens, credentials);
  const catalogOf = (request: FastifyRequest, { scope }: Token) => {
    const project = scope !== undefined && "project" in scope ? scope.project.id : undefined;
    return serviceCatalog(origin(request), identityUrl(request), catalogued, project);
  };
  const sendToken = (reply: FastifyReply, status: number, token: Token) => {
    const { request } = reply;
    const isWithoutCatalog = "nocatalog" in (request.query as object);
    reply.header("x-subject-token", token.id);
    return sendJson(reply, status, tokenView(token, isWithoutCatalog ? undefined : catalogOf(request, token)));
  };
  const validate = async (request: FastifyRequest, reply: FastifyReply) =>
    sendToken(reply, 200, subject(request, tokens, forbidden("identity:validate_token")));
  const handlers = {
    GET: validate,
    HEAD: validate,
    async POST(request: FastifyRequest, reply: FastifyReply) {
      const body = await readObject(request);
      if (body.auth === undefined) throw missing("auth", "request body");
      return sendToken(reply, 201, authenticator.authenticate(objectIn(body, "auth", "request body")));
    },
    async DELETE(request: FastifyRequest, reply: FastifyReply) {
      tokens.revoke(subject(request, tokens, forbidden("identity:revoke_token")).id);
      return sendNothing(reply);
    },
  };
  resource(app, `${identityPath}/auth/tokens`, handlers, methodNotAllowed);
  const catalog = {
    async GET(request: FastifyRequest, reply: FastifyReply) {
      const token = bearer(request, tokens);
      if (token.scope === undefined) throw forbidden();
      const links = { self: `${identityUrl(request)}/auth/catalog` };
      return sendJson(reply, 200, { catalog: catalogOf(request, token), links });
    },
  };
  resource(app, `${identityPath}/auth/catalog`, catalog, methodNotAllowed);
}
