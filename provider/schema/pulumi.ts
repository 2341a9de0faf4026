/** The part of Pulumi's package schema that is written here (pulumi/pulumi, pkg/codegen/schema/pulumi.json). */
export interface TypeSpec {
  type?: "string" | "boolean" | "number" | "integer" | "array" | "object";
  /** `#/types/…` of a named object or enum. */
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
}

export interface PropertySpec extends TypeSpec {
  description?: string;
  default?: string | number | boolean;
  /** Environment variables that generated SDKs read, the first one set wins. */
  defaultInfo?: { environment: string[] };
  secret?: true;
  /** Told to users only: the provider's own diff decides. */
  willReplaceOnChanges?: true;
}

export interface ObjectSpec {
  type: "object";
  description?: string;
  properties: Record<string, PropertySpec>;
  required?: string[];
}

export interface EnumSpec {
  type: "string";
  description: string;
  enum: { name: string; value: string; description: string }[];
}

export interface ResourceSpec {
  description?: string;
  properties?: Record<string, PropertySpec>;
  required?: string[];
  inputProperties: Record<string, PropertySpec>;
  requiredInputs?: string[];
  /** What `.get()` takes beside the id. */
  stateInputs?: ObjectSpec;
  /** Other types under which states may know the resource. */
  aliases?: { type: string }[];
}

export interface FunctionSpec {
  description: string;
  inputs: ObjectSpec;
  outputs: ObjectSpec;
}

export interface PackageSpec extends Readonly<Record<string, unknown>> {
  name: string;
  version: string;
  config: { variables: Record<string, PropertySpec> };
  provider: ResourceSpec;
  resources: Record<string, ResourceSpec>;
  functions: Record<string, FunctionSpec>;
  types: Record<string, ObjectSpec | EnumSpec>;
}
