import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendJson, sendNothing } from "../../wire/reply";
import { resource } from "../../wire/resource";
import { readObject } from "../body";
import { bearer, type Identity, identityPath, identityUrl, isAdmin } from "../context";
import type { ApplicationCredential } from "../credentials";
import { type Named, rolesIn } from "../directory";
import { forbidden, KeystoneError, notFound } from "../errors";
import { isObject, objectIn, type Parts, textIn } from "../parts";
import { methodNotAllowed } from "../refuse";
import type { Token } from "../tokens";
import { credentialView } from "../views";

const collection = `${identityPath}/users/:userId/application_credentials`;

/** Application credentials of a user (Identity API v3, Application credentials). */
export function registerCredentials(app: FastifyInstance, { tokens, credentials }: Identity): void {
  const list = async (request: FastifyRequest, reply: FastifyReply) => {
    const { userId } = params(request);
    requireSelfOrAdmin(bearer(request, tokens), userId, "identity:list_application_credentials");
    const base = identityUrl(request);
    const views = credentials.of(userId).map((credential) => credentialView(credential, base));
    const links = { next: null, self: `${base}/users/${userId}/application_credentials`, previous: null };
    return sendJson(reply, 200, { application_credentials: views, links });
  };
  const create = async (request: FastifyRequest, reply: FastifyReply) => {
    const token = bearer(request, tokens);
    const project = creatorsProject(token, params(request).userId);
    const parts = objectIn(await readObject(request), "application_credential", "request body");
    const { credential, secret } = await credentials.create(
      { ...fields(parts, rolesIn(token.user.id, project.id)), userId: token.user.id, projectId: project.id },
      textIn(parts, "secret"),
    );
    return sendJson(reply, 201, { application_credential: credentialView(credential, identityUrl(request), secret) });
  };
  const found = (request: FastifyRequest, action: string): ApplicationCredential => {
    const { userId, credentialId = "" } = params(request);
    requireSelfOrAdmin(bearer(request, tokens), userId, action);
    const credential = credentials.byId(credentialId);
    if (credential?.userId !== userId) throw notFound(`Application Credential: ${credentialId}`);
    return credential;
  };
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    const credential = found(request, "identity:get_application_credential");
    return sendJson(reply, 200, { application_credential: credentialView(credential, identityUrl(request)) });
  };
  const remove = async (request: FastifyRequest, reply: FastifyReply) => {
    await credentials.remove(found(request, "identity:delete_application_credential").id);
    return sendNothing(reply);
  };
  resource(app, collection, { GET: list, POST: create }, methodNotAllowed);
  resource(app, `${collection}/:credentialId`, { GET: show, DELETE: remove }, methodNotAllowed);
}

const params = (request: FastifyRequest) => request.params as { userId: string; credentialId?: string };

function requireSelfOrAdmin(token: Token, userId: string, action: string): void {
  if (token.user.id !== userId && !isAdmin(token)) throw forbidden(action);
}

/** The project that a new credential is bound to: that of the token with which its own user asks for it. */
function creatorsProject({ user, scope, credential }: Token, userId: string): Named {
  if (credential?.restricted) {
    const method = "Using method 'application_credential'";
    throw forbidden(`${method} is not allowed for managing additional application credentials.`);
  }
  if (user.id !== userId || scope === undefined || !("project" in scope)) {
    throw forbidden("identity:create_application_credential");
  }
  return scope.project;
}

function fields(
  parts: Parts,
  held: readonly Named[],
): Pick<ApplicationCredential, "name" | "description" | "roles" | "unrestricted" | "expiresAt"> {
  const name = textIn(parts, "name");
  if (name === undefined) {
    const target = "Invalid input for field/attribute application_credential.";
    throw new KeystoneError(400, `${target} Value: ${JSON.stringify(parts)}. 'name' is a required property`);
  }
  const { unrestricted } = parts;
  const expiresAt = textIn(parts, "expires_at");
  return {
    name,
    description: textIn(parts, "description") ?? null,
    roles: wantedRoles(parts.roles, held),
    unrestricted: typeof unrestricted === "boolean" ? unrestricted : null,
    expiresAt: expiresAt === undefined ? null : withMicroseconds(expiresAt),
  };
}

/** The roles that a request names, by id or name; all that the user has when it names none. */
function wantedRoles(wanted: unknown, held: readonly Named[]): readonly Named[] {
  if (!Array.isArray(wanted)) return held;
  return wanted.filter(isObject).map(({ id, name }) => {
    const role = held.find((candidate) => candidate.id === id || candidate.name === name);
    if (role !== undefined) return role;
    const reason = "Cannot create an application credential with unassigned role";
    throw new KeystoneError(400, `Invalid application credential: ${reason}`);
  });
}

function withMicroseconds(time: string): string {
  const milliseconds = Date.parse(time.endsWith("Z") ? time : `${time}Z`);
  if (Number.isNaN(milliseconds)) throw new KeystoneError(400, `Invalid input for field 'expires_at': ${time}`);
  return new Date(milliseconds).toISOString().replace("Z", "000");
}
