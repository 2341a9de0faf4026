import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { GlanceError } from "../http/errors";
import type { AnyResource } from "../resources/registry";
import type { Identity } from "../resources/resource";
import { behind } from "./behind";
import { type Decoded, decode } from "./codec/decode";
import type { Plugin } from "./plugin";
import { partsOf } from "./urn";

/** The resource that a request is about. */
export interface Subject {
  urn: string;
  resource: AnyResource;
  identity: Required<Identity> & { stamp: string };
}

/** @throws NOT_FOUND for a type that this package does not have. */
export function subjectOf(request: { getUrn(): string }, { config }: Plugin): Subject {
  const urn = request.getUrn();
  const { type, name } = partsOf(urn);
  const { resources, stampFor } = behind();
  const resource = resources.get(type);
  if (!resource) throw missing("resource", type, [...resources.keys()]);
  // The engine does not tell a plugin the organization; stampSalt can stand for it.
  return { urn, resource, identity: { name, stamp: stampFor("", urn, config.stampSalt ?? "") } };
}

export function missing(kind: string, token: string, known: readonly string[]): GlanceError {
  return new GlanceError({
    code: "NOT_FOUND",
    message: `This provider has no ${kind} ${token}`,
    hint: `It has ${known.join(", ")}`,
  });
}

/** Properties of a resource without what the dynamic provider hides among them: its states may become ours. */
export function propertiesOf(struct: Struct | undefined): Decoded {
  const { values, secrets } = decode(struct);
  const visible = Object.entries(values).filter(([name]) => !name.startsWith("__"));
  return { values: Object.fromEntries(visible), secrets };
}
