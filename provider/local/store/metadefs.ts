import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { now } from "./clock";
import { Collection, plain } from "./collection";
import { Fault } from "./fault";

/** Something with a name that is unique where it stands. */
export interface Named {
  name: string;
  createdAt: string;
  updatedAt: string;
}

/** What a property may be, in the words of JSON schema. */
export type Definition = Readonly<Record<string, unknown>>;

export interface DefinedProperty extends Named {
  definition: Definition;
}

export interface DefinedObject extends Named {
  description: string | null;
  /** Names of properties that must be set. */
  required: readonly string[];
  properties: Readonly<Record<string, Definition>>;
}

/** A kind of resource to which the definitions of a namespace apply. */
export interface Association extends Named {
  /** Goes before the names of properties on resources of this type. */
  prefix: string | null;
  propertiesTarget: string | null;
}

export type ResourceType = Named & { id: string };

/** Metadata definitions under one name, as they are kept. Never changed in place. */
export interface Namespace extends Named {
  /** Stays when the namespace is renamed. */
  id: string;
  displayName: string | null;
  description: string | null;
  visibility: "public" | "private";
  protected: boolean;
  owner: string;
  objects: readonly DefinedObject[];
  properties: readonly DefinedProperty[];
  tags: readonly Named[];
  associations: readonly Association[];
}

/** All metadata definitions, in one folder. */
export class Metadefs {
  private constructor(
    private readonly namespaces: Collection<Namespace>,
    private readonly types: Collection<ResourceType>,
  ) {}

  static async open(folder: string): Promise<Metadefs> {
    const [namespaces, types] = await Promise.all([
      Collection.open(join(folder, "namespaces"), plain<Namespace>()),
      Collection.open(join(folder, "resource-types"), plain<ResourceType>()),
    ]);
    return new Metadefs(namespaces, types);
  }

  /** Resolves when every change so far is on disk. */
  async settled(): Promise<void> {
    await Promise.all([this.namespaces.settled(), this.types.settled()]);
  }

  all(): Namespace[] {
    return this.namespaces.all();
  }

  find(name: string): Namespace | undefined {
    return this.all().find((namespace) => namespace.name === name);
  }

  /** Every type that a namespace was ever associated with. */
  resourceTypes(): ResourceType[] {
    return this.types.all();
  }

  /** Throws a conflict for a name that is taken. */
  async create(namespace: Namespace): Promise<void> {
    if (this.find(namespace.name) !== undefined) {
      throw new Fault("conflict", `The metadata definition namespace=${namespace.name} already exists.`);
    }
    await this.put(namespace);
  }

  /**
   * Replaces a namespace by what `change` makes of its newest state. Nothing happens in between. Throws `notFound` where it is gone, and
   * a conflict for a new name that is taken.
   */
  async change(id: string, change: (namespace: Namespace) => Namespace): Promise<Namespace> {
    const before = this.namespaces.get(id);
    if (before === undefined) throw new Fault("notFound", `Metadata definition namespace not found for id=${id}`);
    const changed = change(before);
    if (changed.name !== before.name && this.find(changed.name) !== undefined) {
      const duplicate = `a duplicate metadata definition namespace with the same name of ${changed.name}`;
      throw new Fault("conflict", `Invalid update. It would result in ${duplicate}`);
    }
    await this.put(changed);
    return changed;
  }

  /** Removes a namespace with all that it defines. */
  delete(id: string): Promise<void> {
    return this.namespaces.remove(id);
  }

  private async put(namespace: Namespace): Promise<void> {
    const known = new Set(this.resourceTypes().map(({ name }) => name));
    const added = namespace.associations.filter(({ name }) => !known.has(name));
    const time = now();
    await Promise.all([
      this.namespaces.put(namespace),
      ...added.map(({ name }) => this.types.put({ id: randomUUID(), name, createdAt: time, updatedAt: time })),
    ]);
  }
}
