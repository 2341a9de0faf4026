import { type ReadRequest, ReadResponse } from "@pulumi/pulumi/proto/provider_pb";
import { behind } from "../behind";
import { encode } from "../codec/encode";
import { secretsInOutputs, secretTexts } from "../codec/secrets";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, subjectOf } from "../subject";

/**
 * Looks at a resource. Without properties it is to be imported; with inputs alone, or with a place as inputs and as state, a
 * program asks for it by its id; with both the state is refreshed. Only a definite "not there" is answered as such.
 */
export function read(plugin: Plugin, request: ReadRequest): Promise<ReadResponse> {
  const { urn, resource, identity } = subjectOf(request, plugin);
  const id = request.getId();
  const written = propertiesOf(request.getInputs());
  const known = propertiesOf(request.getProperties());
  const isRefresh = request.hasProperties() && request.hasInputs() && behind().saysMoreThanPlace(known.values);
  if (isRefresh) resource.hold(identity.stamp, id);
  const place = Object.keys(written.values).length > 0 ? written.values : known.values;
  const old = isRefresh ? { inputs: written.values, state: known.values } : { state: place };
  // What was read has an order of its own, in the inputs too.
  const secrets = secretsInOutputs([...known.secrets, ...written.secrets], resource.follows);
  const asked = { urn, step: "read", timeout: request.getTimeout(), hidden: secretTexts(written, known) } as const;

  return operate(plugin, asked, async (context) => {
    const found = await resource.read(id, old, context);
    if (!found) return new ReadResponse();
    return new ReadResponse()
      .setId(id)
      .setInputs(encode(found.inputs, secrets))
      .setProperties(encode(found.state, secrets));
  });
}
