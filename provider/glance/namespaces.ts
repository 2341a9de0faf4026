import type { CallOptions } from "./callOptions";

/** A JSON schema of one value, as the metadata definitions catalog keeps it (Metadata Definitions API v2, "Properties"). */
export type PropertyDefinition = Readonly<Record<string, unknown>>;

/** Metadata Definitions API v2, "Objects": a named group of properties. */
export interface ObjectDefinition {
  name: string;
  description?: string;
  /** Names of the properties that cannot be left out. */
  required?: readonly string[];
  properties?: Readonly<Record<string, PropertyDefinition>>;
}

/** Metadata Definitions API v2, "Resource types": what the namespace's properties may describe. */
export interface ResourceTypeAssociation {
  /** E.g. `OS::Glance::Image`. */
  name: string;
  prefix?: string;
  propertiesTarget?: string;
}

export type NamespaceVisibility = "public" | "private";

/** What is in a namespace; objects, tags and associations are sets, known by their names. */
export interface NamespaceParts {
  objects: readonly ObjectDefinition[];
  properties: Readonly<Record<string, PropertyDefinition>>;
  tags: readonly string[];
  resourceTypeAssociations: readonly ResourceTypeAssociation[];
}

/** A namespace with everything in it. */
export interface Namespace extends NamespaceParts {
  namespace: string;
  displayName: string | null;
  description: string | null;
  visibility: NamespaceVisibility;
  protected: boolean;
  /** Id of the owning project. */
  owner: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  updatedAt: string;
}

/** What a create or an update may set. Absent: not touched; null: none. */
export interface NamespaceChanges extends Partial<NamespaceParts> {
  displayName?: string | null;
  description?: string | null;
  visibility?: NamespaceVisibility;
  protected?: boolean;
  /** Only administrators may set another than their own. */
  owner?: string;
}

export interface NewNamespace extends NamespaceChanges {
  namespace: string;
}

/** The metadata definitions catalog. */
export interface NamespaceApi {
  /** `undefined` only when it definitely does not exist. */
  get(namespace: string, options?: CallOptions): Promise<Namespace | undefined>;
  /** After a failure the namespace may exist in part. */
  create(namespace: NewNamespace, options?: CallOptions): Promise<Namespace>;
  /** Sends what differs from `current`, part by part, and nothing when nothing does; answers the namespace as it is afterwards. */
  update(current: Namespace, changes: NamespaceChanges, options?: CallOptions): Promise<Namespace>;
  /** False when it was already gone. */
  delete(namespace: string, options?: CallOptions): Promise<boolean>;
}
