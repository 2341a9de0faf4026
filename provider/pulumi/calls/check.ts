import { CheckFailure, type CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { CheckFailure as Failure } from "../../resources/resource";
import { encode } from "../codec/encode";
import { followers } from "../codec/paths";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, subjectOf } from "../subject";

/** Validates what is known of the inputs. What the user wrote stays as it is, secrets and unknown values too. */
export function check(plugin: Plugin, request: CheckRequest): Promise<CheckResponse> {
  const { resource, identity } = subjectOf(request, plugin);
  const isKnown = Object.keys(propertiesOf(request.getOlds()).values).length > 0;
  if (isKnown) resource.hold(identity.stamp, undefined);
  const { values, secrets } = propertiesOf(request.getNews());
  return operate(plugin, { step: "read" }, async (context) => {
    const { inputs, failures } = await resource.check(values, context);
    return new CheckResponse()
      .setInputs(encode(inputs, [...secrets, ...followers(secrets, resource.follows)]))
      .setFailuresList(failuresOf(failures));
  });
}

export function failuresOf(failures: readonly Failure[]): CheckFailure[] {
  return failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason));
}
