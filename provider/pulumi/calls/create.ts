import { type CreateRequest, CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Previewed } from "../../resources/unknown";
import { encode } from "../codec/encode";
import { secretsInOutputs } from "../codec/paths";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, type Subject, subjectOf } from "../subject";
import { initFailed, keeping } from "../unfinished";

type Values = Record<string, unknown>;

/** Makes a resource. In a preview it answers what is known already and only looks whether it would succeed. */
export function create(plugin: Plugin, request: CreateRequest): Promise<CreateResponse> {
  const subject = subjectOf(request, plugin);
  const { urn, resource, identity } = subject;
  const { values, secrets } = propertiesOf(request.getProperties());
  const outputs = (state: object) => encode(state, secretsInOutputs(secrets, resource.follows));
  if (request.getPreview()) {
    return preflight(plugin, subject, values).then(() => new CreateResponse().setProperties(outputs(values)));
  }
  return operate(plugin, { urn, step: "create", timeout: request.getTimeout() }, async (context) => {
    const kept = secretsInOutputs(secrets, resource.follows);
    const { id, state } = await resource.create(values, identity, context).catch(keeping(kept));
    try {
      return new CreateResponse().setId(id).setProperties(outputs(state));
    } catch (error) {
      // Without the id nothing would ever find the resource again.
      throw initFailed(id, values, kept, error as Error);
    }
  });
}

/** Warns of what the create would fail at; that it could not look is no reason to fail. */
async function preflight(plugin: Plugin, { urn, resource }: Subject, inputs: Values): Promise<void> {
  if (!resource.preflight || plugin.config.preflight === false) return;
  const look = resource.preflight.bind(resource);
  await operate(plugin, { urn, step: "read" }, async (context) => {
    for (const warning of await look(inputs as Previewed<Values>, context)) plugin.log.warn(warning, urn);
  });
}
