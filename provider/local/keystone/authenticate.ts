import { type ApplicationCredential, type ApplicationCredentials, opens } from "./credentials";
import { findUser, type User } from "./directory";
import { forbidden, KeystoneError, missing, notFound, unauthorized } from "./errors";
import { isObject, objectIn, type Parts, reference, textIn } from "./parts";
import { grantedScope, ownProject, type WantedScope, wantedScope } from "./scope";
import type { Token, Tokens } from "./tokens";

/** What proves an identity. */
interface Proof {
  user: User;
  /** The token that was shown. */
  parent?: Token;
  credential?: ApplicationCredential;
}

/** Answers requests for tokens: `POST /v3/auth/tokens`. */
export class Authenticator {
  constructor(
    private readonly tokens: Tokens,
    private readonly credentials: ApplicationCredentials,
  ) {}

  /** A token for the `auth` part of a request. Throws KeystoneError. */
  authenticate(auth: Parts): Token {
    const identity = objectIn(auth, "identity", "auth");
    const methods = methodsOf(identity);
    const wanted = wantedScope(auth.scope);
    const proofs = methods.map((method) => this.methods[method as keyof typeof this.methods](part(identity, method)));
    const [proof] = proofs;
    if (proof === undefined || proofs.some(({ user }) => user.id !== proof.user.id)) throw unauthorized();
    return this.tokens.issue(...this.grant(proof, methods, wanted));
  }

  private readonly methods = {
    password: (parts: Parts): Proof => {
      const user = objectIn(parts, "user", "None");
      const found = findUser(reference(user, "user", "identity/password/user"));
      if (found === undefined || found.password !== textIn(user, "password")) throw unauthorized();
      return { user: found };
    },
    token: (parts: Parts): Proof => {
      const parent = this.tokens.find(textIn(parts, "id") ?? "");
      if (parent === undefined) throw new KeystoneError(404, "Could not recognize Fernet token");
      if (parent.credential) throw forbidden("Using a delegated token to create another token is not allowed.");
      return { user: parent.user, parent };
    },
    application_credential: (parts: Parts): Proof => {
      const credential = this.findCredential(parts);
      const user = findUser({ id: credential.userId });
      if (user === undefined || !opens(credential, textIn(parts, "secret") ?? "")) throw unauthorized();
      return { user, credential };
    },
  };

  private findCredential(parts: Parts): ApplicationCredential {
    const id = textIn(parts, "id");
    const name = textIn(parts, "name");
    if (id === undefined && name === undefined) throw missing("name or ID", "application credential");
    if (id !== undefined) {
      const credential = this.credentials.byId(id);
      if (credential === undefined) throw notFound(`Application Credential: ${id}`);
      return credential;
    }
    if (!isObject(parts.user)) throw missing("user", "application credential");
    const user = findUser(reference(parts.user, "user", "identity/application_credential/user"));
    if (user === undefined) throw notFound(`user: ${textIn(parts.user, "id") ?? textIn(parts.user, "name")}`);
    const credential = this.credentials.byName(user.id, name ?? "");
    if (credential === undefined) throw unauthorized();
    return credential;
  }

  private grant(proof: Proof, methods: readonly string[], wanted: WantedScope): Parameters<Tokens["issue"]> {
    const { user, parent, credential } = proof;
    if (credential === undefined) {
      const all = [...new Set([...methods, ...(parent?.methods ?? [])])];
      return [{ user, methods: all, ...grantedScope(user, wanted) }, parent];
    }
    if (wanted !== "none") {
      const context = "Error authenticating with application credential";
      throw new KeystoneError(401, `${context}: Application credentials cannot request a scope.`);
    }
    const project = ownProject(user.id, credential.projectId);
    if (project === undefined) throw unauthorized();
    const { id, name, roles, unrestricted } = credential;
    return [{ user, methods, scope: { project }, roles, credential: { id, name, restricted: !unrestricted } }];
  }
}

const known = ["password", "token", "application_credential"];

/** The methods that a request names. Throws 400 where one comes without its data, 401 for one that is not served. */
function methodsOf(identity: Parts): string[] {
  const { methods } = identity;
  if (!Array.isArray(methods)) {
    throw new KeystoneError(400, "Invalid input for field 'identity': 'methods' is a required property");
  }
  for (const method of methods) {
    if (!(method in identity)) throw missing(method, "identity");
    if (known.includes(method)) continue;
    throw new KeystoneError(401, "Attempted to authenticate with an unsupported method.", {
      identity: { methods: known },
    });
  }
  return methods;
}

const part = (identity: Parts, method: string): Parts => objectIn(identity, method, "identity");
