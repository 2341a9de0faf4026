import type { NamespaceVisibility } from "../../glance/namespaces";
import type { PlaceInputs } from "../placeInputs";

/** What the values of a property look like: a JSON schema, as far as the catalog keeps one. */
export interface MetadefProperty {
  /** Name of the property for people. */
  title: string;
  /** Type of its values. */
  type: "array" | "boolean" | "integer" | "number" | "object" | "string";
  /** What it is for. */
  description?: string;
  /** Operators that requirements may use, e.g. `<in>`. */
  operators?: string[];
  /** The values that it may have, as text. */
  enum?: string[];
  /** Value where none is set, as text, e.g. `"true"` or `"5"`: the catalog keeps nothing else. */
  default?: string;
  /** Whether it can only be read. */
  readonly?: boolean;
  /**
   * Least value of a number.
   * @asType integer
   */
  minimum?: number;
  /**
   * Greatest value of a number.
   * @asType integer
   */
  maximum?: number;
  /**
   * Least length of a text, in characters.
   * @asType integer
   */
  minLength?: number;
  /**
   * Greatest length of a text, in characters.
   * @asType integer
   */
  maxLength?: number;
  /** Regular expression that a text matches. */
  pattern?: string;
  /** What the elements of an array look like. */
  items?: MetadefPropertyItems;
  /**
   * Least number of elements of an array.
   * @asType integer
   */
  minItems?: number;
  /**
   * Greatest number of elements of an array.
   * @asType integer
   */
  maxItems?: number;
  /** Whether an array has each element once. */
  uniqueItems?: boolean;
  /** Whether an array may have other elements than `items` says. */
  additionalItems?: boolean;
}

/** What the elements of an array look like. */
export interface MetadefPropertyItems {
  /** Type of the elements. */
  type: "array" | "boolean" | "integer" | "number" | "object" | "string";
  /** The values that an element may have, as text. */
  enum?: string[];
}

/** A group of properties that belong together. */
export interface MetadefObject {
  /** Name of the object, at most 80 characters, without a slash. */
  name: string;
  /** What it is for. */
  description?: string;
  /** Names of the properties that cannot be left out. */
  required?: string[];
  /** Its properties by their names. */
  properties?: { [name: string]: MetadefProperty };
}

/** A type of resources that the properties of a namespace may describe. */
export interface MetadefResourceType {
  /** Name of the type, e.g. `OS::Glance::Image`. */
  name: string;
  /** What the properties' names begin with on resources of this type, separator included, e.g. `hw_`. */
  prefix?: string;
  /** Which metadata of the resources is meant where there are several, e.g. `image`. */
  propertiesTarget?: string;
}

/**
 * Inputs of a namespace of metadata definitions. Objects, properties, tags and resource types that are declared are all that
 * the namespace has of their kind; kinds that are not declared are left as they are. By default only administrators may
 * write definitions.
 */
export interface MetadefNamespaceInputs extends PlaceInputs {
  /**
   * The namespace: its unique name, at most 80 characters, without a slash, e.g. `OS::Compute::Watchdog`.
   * @replace
   */
  namespace: string;
  /** Its name for people, at most 80 characters. */
  displayName?: string;
  /** What it is for, at most 500 characters. */
  description?: string;
  /** Who sees it: every project (`public`) or its owner's (`private`). Default: `private`. */
  visibility?: NamespaceVisibility;
  /** Whether the image service refuses to delete it, and anything in it. Default: false. */
  protected?: boolean;
  /** Id of the project that owns it. Default: the one that the credentials are for. */
  owner?: string;
  /** Groups of properties; their order has no meaning. */
  objects?: MetadefObject[];
  /** Properties by their names, which have at most 80 characters and no slash. */
  properties?: { [name: string]: MetadefProperty };
  /** Tags, at most 80 characters each; their order has no meaning. */
  tags?: string[];
  /** Types of resources that the properties may describe; their order has no meaning. */
  resourceTypeAssociations?: MetadefResourceType[];
}

/** What is known of a namespace beside its inputs. */
export interface MetadefNamespaceOutputs {
  /** When it was created, RFC 3339 in UTC. */
  createdAt: string;
  /** When its own fields last changed, RFC 3339 in UTC. */
  updatedAt: string;
}

type AlwaysKnown = "visibility" | "protected" | "objects" | "properties" | "tags" | "resourceTypeAssociations";

/** Inputs as they are in the catalog, and outputs. */
export type MetadefNamespaceState = MetadefNamespaceInputs &
  Required<Pick<MetadefNamespaceInputs, AlwaysKnown>> &
  MetadefNamespaceOutputs;
