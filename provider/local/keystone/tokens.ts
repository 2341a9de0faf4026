import { randomBytes } from "node:crypto";
import type { Named, User } from "./directory";

/** What a token is good for; undefined for an unscoped one. */
export type Scope = { project: Named } | { system: true } | undefined;

/** The application credential that a token was issued for. */
export interface UsedCredential extends Named {
  restricted: boolean;
}

/** What a token stands for. */
export interface Grant {
  user: User;
  /** How its bearer proved who he is. */
  methods: readonly string[];
  scope: Scope;
  roles: readonly Named[];
  credential?: UsedCredential;
}

export interface Token extends Grant {
  id: string;
  /** Its own id for audits, then that of the token it was exchanged for. */
  auditIds: readonly string[];
  issuedAt: Date;
  expiresAt: Date;
}

/** The tokens that are valid now. They end with the process. */
export class Tokens {
  private readonly valid = new Map<string, Token>();

  /** `lifetime` is in seconds. */
  constructor(private readonly lifetime: number) {}

  /** A new token; one that was exchanged for `parent` expires with it. */
  issue(grant: Grant, parent?: Token): Token {
    this.discardExpired();
    const issuedAt = new Date();
    const token = {
      ...grant,
      id: `gAAAAAB${randomBytes(96).toString("base64url")}`,
      auditIds: [randomBytes(16).toString("base64url"), ...(parent?.auditIds.slice(-1) ?? [])],
      issuedAt,
      expiresAt: parent?.expiresAt ?? new Date(issuedAt.getTime() + this.lifetime * 1000),
    };
    this.valid.set(token.id, token);
    return token;
  }

  find(id: string): Token | undefined {
    const token = this.valid.get(id);
    return token === undefined || isExpired(token) ? undefined : token;
  }

  revoke(id: string): void {
    this.valid.delete(id);
  }

  private discardExpired(): void {
    for (const token of this.valid.values()) if (isExpired(token)) this.valid.delete(token.id);
  }
}

const isExpired = ({ expiresAt }: Token) => expiresAt.getTime() <= Date.now();
