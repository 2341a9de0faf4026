import { Converter, type ConverterOptions, token } from "./convert";
import { metadata, type PackageJson } from "./metadata";
import type { FunctionSpec, ObjectSpec, PackageSpec, ResourceSpec } from "./pulumi";
import type { Definitions } from "./read";
import { refuseReserved } from "./reserved";
import type { FunctionEntry, ResourceEntry, Table } from "./table";

/** The package schema of everything in the table. */
export function packageSchema(
  table: Table,
  enums: ConverterOptions["enums"],
  definitions: Definitions,
  about: PackageJson,
): PackageSpec {
  const converter = new Converter(definitions, { enums, typeNames: table.typeNames });
  const config = converter.object(table.config.name, "Provider");
  const schema = {
    ...metadata(about),
    config: { variables: config.properties },
    provider: { ...(config.description && { description: config.description }), inputProperties: config.properties },
    resources: byToken(table.resources, (name, entry) => resource(converter, name, entry)),
    functions: byToken(table.functions, (name, entry) => invoke(converter, name, entry)),
    types: converter.types,
  };
  refuseReserved(schema);
  return schema;
}

function resource(converter: Converter, name: string, { description, inputs, state, get }: ResourceEntry): ResourceSpec {
  const { properties, required } = converter.object(state.name, name);
  const { properties: inputProperties, required: requiredInputs } = converter.object(inputs.name, name);
  return {
    description,
    properties,
    ...(required && { required }),
    inputProperties,
    ...(requiredInputs && { requiredInputs }),
    ...(get.length > 0 && { stateInputs: pick(inputProperties, get) }),
  };
}

function pick(properties: ObjectSpec["properties"], names: readonly string[]): ObjectSpec {
  const chosen = names.map((name) => {
    const property = properties[name];
    if (!property) throw new Error(`${name} is not an input`);
    const { willReplaceOnChanges: _meaningless, ...rest } = property;
    return [name, rest];
  });
  return { type: "object", properties: Object.fromEntries(chosen) };
}

function invoke(converter: Converter, name: string, { description, inputs, outputs }: FunctionEntry): FunctionSpec {
  return { description, inputs: converter.object(inputs.name, name), outputs: converter.object(outputs.name, name) };
}

function byToken<E, S>(entries: Readonly<Record<string, E>>, convert: (name: string, entry: E) => S): Record<string, S> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [token(name), convert(name, entry)]));
}
