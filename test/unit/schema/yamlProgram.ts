import Ajv from "ajv";
import { parse } from "yaml";
import type { ObjectSpec, PackageSpec } from "../../../provider/schema/pulumi";

interface Program {
  resources?: Record<string, { type: string; properties?: object; options?: object }>;
  variables?: Record<string, { "fn::invoke": { function: string; arguments?: object } }>;
  outputs?: Record<string, unknown>;
}

/** What a Pulumi program in YAML says against the schema of the package that it uses. */
export function problemsOf(text: string, schema: PackageSpec): string[] {
  const program: Program = parse(text);
  const { resources = {}, variables = {} } = program;
  const outputs: Outputs = new Map();
  const problems: string[] = [];
  for (const [name, { type, properties = {} }] of Object.entries(resources)) {
    const resource = type === "pulumi:providers:glance" ? schema.provider : schema.resources[whole(type)];
    if (!resource) problems.push(`there is no resource ${type}`);
    else problems.push(...wrongValues(properties, resource.inputProperties, resource.requiredInputs, schema));
    outputs.set(name, ["id", ...Object.keys(resource?.properties ?? {})]);
  }
  for (const [name, { "fn::invoke": call }] of Object.entries(variables)) {
    const invoked = schema.functions[whole(call.function)];
    if (!invoked) problems.push(`there is no function ${call.function}`);
    else
      problems.push(...wrongValues(call.arguments ?? {}, invoked.inputs.properties, invoked.inputs.required, schema));
    outputs.set(name, Object.keys(invoked?.outputs.properties ?? {}));
  }
  return [...problems, ...danglingReferences(program, outputs)];
}

/** `glance:Image` is short for `glance:index:Image`. */
const whole = (token: string) => token.replace(/^glance:(?!index:)/, "glance:index:");

function wrongValues(
  values: object,
  properties: ObjectSpec["properties"],
  required: string[] | undefined,
  { types }: PackageSpec,
): string[] {
  const jsonSchemas = Object.entries(types).map(([token, type]) => [
    token,
    "enum" in type ? { enum: type.enum.map(({ value }) => value) } : { ...type, additionalProperties: false },
  ]);
  const ajv = new Ajv({ strict: false, allErrors: true });
  const root = { type: "object", additionalProperties: false, properties, required: required ?? [] };
  const check = ajv.compile({ ...root, types: Object.fromEntries(jsonSchemas) });
  check(values);
  return (check.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
  );
}

/** By the name of a resource or variable: the names of its outputs. */
type Outputs = Map<string, string[]>;

function danglingReferences(program: Program, outputs: Outputs): string[] {
  return [...JSON.stringify(program).matchAll(/\$\{([\w-]+)(?:\.(\w+))?/g)].flatMap(
    ([reference, name = "", output]) => {
      const known = outputs.get(name);
      return known && (output === undefined || known.includes(output)) ? [] : [`${reference}} leads nowhere`];
    },
  );
}
