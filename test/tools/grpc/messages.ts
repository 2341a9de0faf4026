import {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  GetSchemaRequest,
  InvokeRequest,
  PropertyDiff,
  ProviderHandshakeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Message, Map as ProtobufMap } from "google-protobuf";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { struct } from "../plugin/requests";
import type { Json } from "./golden";

const requests: Readonly<Record<string, new () => Message>> = {
  Handshake: ProviderHandshakeRequest,
  GetPluginInfo: Empty,
  GetSchema: GetSchemaRequest,
  CheckConfig: CheckRequest,
  DiffConfig: DiffRequest,
  Configure: ConfigureRequest,
  Check: CheckRequest,
  Diff: DiffRequest,
  Create: CreateRequest,
  Read: ReadRequest,
  Update: UpdateRequest,
  Delete: DeleteRequest,
  Invoke: InvokeRequest,
  Cancel: Empty,
};

/** Names of fields that JavaScript's generated code does not know how to capitalize. */
const jsonNames = [
  "acceptResources",
  "acceptSecrets",
  "deleteBeforeReplace",
  "detailedDiff",
  "hasDetailedDiff",
  "inputDiff",
  "supportsPreview",
];

const enums: Readonly<Record<string, object>> = {
  changes: DiffResponse.DiffChanges,
  kind: PropertyDiff.Kind,
};

type Accessors = Record<string, (value?: unknown) => unknown>;

/** A request from protobuf's JSON. Throws for a method or a field that is not known here. */
export function requestOf(method: string, json: { [name: string]: Json }): Message {
  const Request = requests[method];
  if (!Request) throw new Error(`there is no request for ${method}`);
  const message = new Request();
  for (const [name, value] of Object.entries(json)) setField(message, name, value);
  return message;
}

function setField(message: Message, name: string, value: Json): void {
  const accessors = message as unknown as Accessors;
  const call = (accessor: string) => {
    const found = accessorNames(message).find((one) => one.toLowerCase() === accessor.toLowerCase());
    return found === undefined ? undefined : accessors[found]?.bind(message);
  };
  const map = call(`get${name}Map`)?.() as ProtobufMap<string, Json> | undefined;
  const set = call(Array.isArray(value) ? `set${name}List` : `set${name}`);
  if (map) for (const [key, member] of Object.entries(value as Record<string, Json>)) map.set(key, member);
  else if (set) set(isObject(value) ? struct(value) : value);
  else throw new Error(`${message.constructor.name} has no field ${name}`);
}

/** A message in protobuf's JSON: fields that are empty are left out. */
export function jsonOf(message: Message): Json {
  const accessors = message as unknown as Accessors;
  const fields = accessorNames(message).flatMap((accessor): [string, Json][] => {
    const field = /^get(.*?)(?:List|Map)?$/.exec(accessor)?.[1];
    if (field === undefined || field.includes("_as")) return [];
    const name = jsonNames.find((one) => one.toLowerCase() === field.toLowerCase()) ?? uncapitalized(field);
    const value = fieldValue(name, accessors[accessor]?.call(message));
    return isEmpty(value) ? [] : [[name, value as Json]];
  });
  return Object.fromEntries(fields);
}

function fieldValue(name: string, value: unknown): Json | undefined {
  if (value instanceof Struct) return value.toJavaScript() as Json;
  if (value instanceof ProtobufMap) return value.getLength() === 0 ? undefined : membersOf(value);
  if (value instanceof Message) return jsonOf(value);
  if (Array.isArray(value)) return value.map((element) => fieldValue("", element) ?? null);
  const [word] = Object.entries(enums[name] ?? {}).find(([, number]) => number === value && number !== 0) ?? [];
  return word ?? (value as Json | undefined);
}

function membersOf(map: ProtobufMap<string, unknown>): Json {
  const members: [string, Json][] = [];
  map.forEach((value, key) => {
    members.push([key, fieldValue("", value) ?? null]);
  });
  return Object.fromEntries(members);
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === "" || value === 0 || value === false || isEmptyList(value);
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const uncapitalized = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const accessorNames = (message: Message) => Object.getOwnPropertyNames(Object.getPrototypeOf(message));
