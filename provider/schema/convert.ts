import type { Definition, DefinitionOrBoolean } from "typescript-json-schema";
import { type Enums, enumSpec, enumWith } from "./enums";
import { packageName } from "./metadata";
import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "./pulumi";
import type { Definitions } from "./read";

/** A definition with our own tags; a tag without text is an empty string. */
interface Tagged extends Definition {
  secret?: string;
  replace?: string;
  env?: string;
  asType?: string;
}

export interface ConverterOptions {
  enums: Enums;
  typeNames: Readonly<Record<string, string>>;
}

export const token = (name: string) => `${packageName}:index:${name}`;

/** Turns JSON Schemas of interfaces into objects of Pulumi's schema, and gathers the named types that they use. */
export class Converter {
  /** By token. */
  readonly types: Record<string, ObjectSpec | EnumSpec> = {};

  constructor(
    private readonly definitions: Definitions,
    private readonly options: ConverterOptions,
  ) {}

  /** The object that an interface describes. Types nested in it are named after `owner` and their property. */
  object(name: string, owner: string): ObjectSpec {
    return this.objectOf({ $ref: `#/definitions/${encodeURIComponent(name)}` }, owner);
  }

  private objectOf(definition: Definition, owner: string): ObjectSpec {
    const { description, properties, required } = this.flatten(definition, owner);
    const specs = Object.entries(properties).map(([name, property]) => [name, this.property(property, owner, name)]);
    return {
      type: "object",
      ...(description !== undefined && { description: plainText(description) }),
      properties: Object.fromEntries(specs),
      ...(required.length > 0 && { required }),
    };
  }

  /** An interface, or the intersection of several, as one list of properties. */
  private flatten(definition: Definition, owner: string): Flat {
    const { description, type, properties, required, allOf, additionalProperties } = this.follow(definition);
    if ((type !== "object" && !allOf) || additionalProperties)
      throw new Error(`${owner} is not described by an interface`);
    const own = { properties: (properties ?? {}) as Flat["properties"], required: required ?? [] };
    const parts = [...(allOf ?? []).map((part) => this.flatten(part as Definition, owner)), own];
    return {
      description,
      properties: Object.assign({}, ...parts.map((part) => part.properties)),
      required: [...new Set(parts.flatMap((part) => part.required))].sort(),
    };
  }

  private property(definition: Tagged, owner: string, name: string): PropertySpec {
    const { description, secret, replace, env, default: fallback } = definition;
    return {
      ...this.type(definition, `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`),
      ...(description !== undefined && { description: plainText(description) }),
      ...(fallback !== undefined && { default: fallback as NonNullable<PropertySpec["default"]> }),
      ...(env !== undefined && { defaultInfo: { environment: env.split(/\s+/) } }),
      ...(secret !== undefined && { secret: true }),
      ...(replace !== undefined && { willReplaceOnChanges: true }),
    };
  }

  private type(definition: Tagged, path: string): TypeSpec {
    const { type, items, additionalProperties, asType } = definition;
    const { enum: values, const: only, properties, allOf } = this.follow(definition);
    if (values || only !== undefined) return this.named(this.addEnum(values ?? [only], path));
    if (properties || allOf) return this.named(this.addObject(definition, path));
    if (definition.$ref !== undefined) return this.type(this.follow(definition), path);
    if (asType !== undefined && (asType !== "integer" || type !== "number"))
      throw new Error(`${path}: only a number can be "@asType integer"`);
    // Pulumi's integers have 32 bits in .NET and Java: sizes in bytes stay numbers.
    if (asType !== undefined) return { type: "integer" };
    if (type === "string" || type === "boolean" || type === "number") return { type };
    if (type === "array" && isDefinition(items)) return { type, items: this.type(items, path) };
    if (type === "object" && isDefinition(additionalProperties))
      return { type, additionalProperties: this.type(additionalProperties, path) };
    throw new Error(`${path} has a type that Pulumi's schema cannot express: ${JSON.stringify(definition)}`);
  }

  private named(name: string): TypeSpec {
    return { $ref: `#/types/${token(name)}` };
  }

  private addEnum(values: readonly unknown[], path: string): string {
    const found = enumWith(values, this.options.enums);
    if (!found) throw new Error(`${path}: no enum has exactly the values ${values.join(", ")}`);
    const [name, one] = found;
    this.types[token(name)] = enumSpec(one);
    return name;
  }

  private addObject(definition: Definition, path: string): string {
    const own = definition.$ref === undefined ? path : nameIn(definition.$ref);
    const name = this.options.typeNames[own] ?? own;
    if (this.types[token(name)]) return name;
    // Registered before its properties are converted: one of them may be of this type again.
    const spec: ObjectSpec = { type: "object", properties: {} };
    this.types[token(name)] = spec;
    Object.assign(spec, this.objectOf(definition, name));
    return name;
  }

  private follow(definition: Definition): Definition {
    if (definition.$ref === undefined) return definition;
    const target = this.definitions[nameIn(definition.$ref)];
    if (!target) throw new Error(`there is no definition ${definition.$ref}`);
    return this.follow(target);
  }
}

interface Flat {
  description: string | undefined;
  properties: Record<string, Tagged>;
  required: string[];
}

const nameIn = (ref: string) => decodeURIComponent(ref.slice("#/definitions/".length));

function isDefinition(value: DefinitionOrBoolean | DefinitionOrBoolean[] | undefined): value is Definition {
  return typeof value === "object" && !Array.isArray(value);
}

/** Documentation is Markdown in the schema: `{@link X}` means nothing there. */
function plainText(text: string): string {
  return text.replace(/\{@link\s+([^}|]+?)\s*\}/g, "`$1`");
}
