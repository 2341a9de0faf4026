import { Converter, type ConverterOptions, token } from "./convert";
import { type Examples, providerName } from "./examples";
import { metadata, type PackageJson, packageName } from "./metadata";
import type { FunctionSpec, ObjectSpec, PackageSpec, ResourceSpec } from "./pulumi";
import type { Definitions } from "./read";
import { refuseReserved } from "./reserved";
import type { FunctionEntry, ResourceEntry, Table } from "./table";

type Properties = ObjectSpec["properties"];

/** The package schema of everything in the table. */
export function packageSchema(
  table: Table,
  enums: ConverterOptions["enums"],
  definitions: Definitions,
  examples: Examples,
  about: PackageJson,
): PackageSpec {
  const converter = new Converter(definitions, { enums, typeNames: table.typeNames });
  const config = converter.object(table.config.name, providerName);
  const described = (name: string, description: string | undefined) => ({
    description: [description, examples.get(name)].filter((text) => text !== undefined).join("\n\n"),
  });
  const schema = {
    ...metadata(about),
    config: { variables: config.properties },
    provider: { ...described(providerName, config.description), inputProperties: config.properties },
    resources: byToken(table.resources, (name, entry) => ({
      ...described(name, entry.description),
      ...resource(converter, name, entry),
    })),
    functions: byToken(table.functions, (name, entry) => ({
      ...described(name, entry.description),
      ...invoke(converter, name, entry),
    })),
    types: converter.types,
  };
  refuseReserved(schema);
  return schema;
}

function resource(
  converter: Converter,
  name: string,
  { inputs, state, get }: ResourceEntry,
): Omit<ResourceSpec, "description"> {
  const { properties, required } = converter.object(state.name, name);
  const { properties: inputProperties, required: requiredInputs } = converter.object(inputs.name, name);
  return {
    properties: asState(properties),
    ...(required && { required }),
    inputProperties,
    ...(requiredInputs && { requiredInputs }),
    ...(get.length > 0 && { stateInputs: { type: "object", properties: pick(asState(inputProperties), get) } }),
    // A program that moves here from the dynamic provider keeps what it has made.
    aliases: [{ type: `pulumi-nodejs:dynamic/${packageName}:${name}` }],
  };
}

/** What exists takes no default and is not replaced: only inputs say so. */
function asState(properties: Properties): Properties {
  const specs = Object.entries(properties).map(([name, property]) => {
    const { default: _fallback, defaultInfo: _environment, willReplaceOnChanges: _replaces, ...spec } = property;
    return [name, spec];
  });
  return Object.fromEntries(specs);
}

function pick(properties: Properties, names: readonly string[]): Properties {
  const missing = names.find((name) => properties[name] === undefined);
  if (missing !== undefined) throw new Error(`${missing} is not an input`);
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
}

function invoke(
  converter: Converter,
  name: string,
  { inputs, outputs }: FunctionEntry,
): Omit<FunctionSpec, "description"> {
  return { inputs: converter.object(inputs.name, name), outputs: converter.object(outputs.name, name) };
}

function byToken<E, S>(
  entries: Readonly<Record<string, E>>,
  convert: (name: string, entry: E) => S,
): Record<string, S> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [token(name), convert(name, entry)]));
}
