import { type CreateRequest, CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { withoutSecrets } from "../../http/redact";
import type { Previewed } from "../../resources/unknown";
import type { Decoded } from "../codec/decode";
import { encode } from "../codec/encode";
import { secretsInOutputs, secretTexts } from "../codec/secrets";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, type Subject, subjectOf } from "../subject";
import { encodeMade, keeping } from "../unfinished";

type Values = Record<string, unknown>;

/** Makes a resource. In a preview it answers what is known already and only looks whether it would succeed. */
export function create(plugin: Plugin, request: CreateRequest): Promise<CreateResponse> {
  const subject = subjectOf(request, plugin);
  const { urn, resource, identity } = subject;
  const asked = propertiesOf(request.getProperties());
  const inputs = asked.values;
  const secrets = secretsInOutputs(asked.secrets, resource.follows);
  if (request.getPreview()) {
    return preflight(plugin, subject, asked).then(() => new CreateResponse().setProperties(encode(inputs, secrets)));
  }
  const step = { urn, step: "create", timeout: request.getTimeout(), hidden: secretTexts(asked) } as const;
  return operate(plugin, step, async (context) => {
    const { id, state } = await resource.create(inputs, identity, context).catch(keeping(secrets, step.hidden));
    return new CreateResponse().setId(id).setProperties(encodeMade(id, state, secrets));
  });
}

/** Warns of what the create would fail at; that it could not look is no reason to fail. */
async function preflight(plugin: Plugin, { urn, resource }: Subject, asked: Decoded): Promise<void> {
  if (!resource.preflight || plugin.config.preflight === false) return;
  const look = resource.preflight.bind(resource);
  const hidden = secretTexts(asked);
  await operate(plugin, { urn, step: "read" }, async (context) => {
    for (const warning of await look(asked.values as Previewed<Values>, context))
      plugin.log.warn(withoutSecrets(warning, hidden), urn);
  });
}
