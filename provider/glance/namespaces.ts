import type { CallOptions } from "./callOptions";

/** A JSON schema of one value, as the metadata definitions catalog keeps it (Metadata Definitions API v2, "Properties"). */
export type PropertyDefinition = Readonly<Record<string, unknown>>;

/** Metadata Definitions API v2, "Objects": a named group of properties. */
export interface ObjectDefinition {
  name: string;
  description: string | undefined;
  required: readonly string[];
  properties: Readonly<Record<string, PropertyDefinition>>;
}

/** Metadata Definitions API v2, "Resource types": what the namespace's properties may describe. */
export interface ResourceTypeAssociation {
  /** E.g. `OS::Glance::Image`. */
  name: string;
  prefix: string | undefined;
  propertiesTarget: string | undefined;
}

/** A namespace with everything in it. */
export interface Namespace {
  namespace: string;
  displayName: string | undefined;
  description: string | undefined;
  visibility: "public" | "private";
  protected: boolean;
  /** Id of the owning project. */
  owner: string | undefined;
  objects: readonly ObjectDefinition[];
  properties: Readonly<Record<string, PropertyDefinition>>;
  tags: readonly string[];
  resourceTypes: readonly ResourceTypeAssociation[];
  /** RFC 3339, UTC. */
  createdAt: string;
  updatedAt: string;
}

/** What a namespace shall be. */
export type NamespaceSpec = Omit<Namespace, "owner" | "createdAt" | "updatedAt"> & { owner?: string | undefined };

/** The metadata definitions catalog. */
export interface NamespaceApi {
  /** `undefined` only when it definitely does not exist. */
  get(namespace: string, options?: CallOptions): Promise<Namespace | undefined>;
  create(spec: NamespaceSpec, options?: CallOptions): Promise<Namespace>;
  /** Sends what differs from `current`; what the spec does not have is removed. */
  update(current: Namespace, spec: NamespaceSpec, options?: CallOptions): Promise<Namespace>;
  /** False when it was already gone. */
  delete(namespace: string, options?: CallOptions): Promise<boolean>;
}
