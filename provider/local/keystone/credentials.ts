import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { Collection, plain } from "../store/collection";
import type { Named } from "./directory";
import { KeystoneError } from "./errors";

/** A secret of its own by which a program acts for a user in one project. */
export interface ApplicationCredential extends Named {
  description: string | null;
  userId: string;
  projectId: string;
  roles: readonly Named[];
  /** SHA-256 of the secret, in hex. */
  secretHash: string;
  unrestricted: boolean | null;
  /** UTC without a zone. */
  expiresAt: string | null;
}

/** The application credentials of all users, kept in a folder. */
export class ApplicationCredentials {
  private constructor(private readonly stored: Collection<ApplicationCredential>) {}

  static async open(folder: string): Promise<ApplicationCredentials> {
    return new ApplicationCredentials(await Collection.open(folder, plain<ApplicationCredential>()));
  }

  /** Makes one and returns its secret, which is known only now. Throws a conflict for a name that the user has already. */
  async create(
    fields: Omit<ApplicationCredential, "id" | "secretHash">,
    secret = randomBytes(64).toString("base64url"),
  ): Promise<{ credential: ApplicationCredential; secret: string }> {
    if (this.byName(fields.userId, fields.name) !== undefined) {
      const conflict = "Conflict occurred attempting to store application_credential";
      throw new KeystoneError(409, `${conflict} - Duplicate entry found with name ${fields.name}.`);
    }
    const credential = { ...fields, id: randomBytes(16).toString("hex"), secretHash: hash(secret) };
    await this.stored.put(credential);
    return { credential, secret };
  }

  byId(id: string): ApplicationCredential | undefined {
    return this.stored.get(id);
  }

  byName(userId: string, name: string): ApplicationCredential | undefined {
    return this.of(userId).find((credential) => credential.name === name);
  }

  of(userId: string): ApplicationCredential[] {
    return this.stored.all().filter((credential) => credential.userId === userId);
  }

  remove(id: string): Promise<void> {
    return this.stored.remove(id);
  }

  settled(): Promise<void> {
    return this.stored.settled();
  }
}

/** Whether `secret` is the credential's and the credential has not expired. */
export function opens({ secretHash, expiresAt }: ApplicationCredential, secret: string): boolean {
  const isRight = timingSafeEqual(Buffer.from(hash(secret)), Buffer.from(secretHash));
  return isRight && (expiresAt === null || Date.parse(`${expiresAt}Z`) > Date.now());
}

const hash = (secret: string) => createHash("sha256").update(secret).digest("hex");
