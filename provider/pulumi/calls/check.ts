import { CheckFailure, type CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import { withoutSecrets } from "../../http/redact";
import type { AnyResource } from "../../resources/registry";
import type { CheckFailure as Failure } from "../../resources/resource";
import type { Previewed } from "../../resources/unknown";
import type { Path } from "../codec/decode";
import { encode } from "../codec/encode";
import { followers, secretTexts } from "../codec/secrets";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, subjectOf } from "../subject";

/** Validates what is known of the inputs. What the user wrote stays as it is, secrets and unknown values too. */
export function check(plugin: Plugin, request: CheckRequest): Promise<CheckResponse> {
  const { resource, identity } = subjectOf(request, plugin);
  const olds = propertiesOf(request.getOlds()).values;
  const known = Object.keys(olds).length > 0 ? olds : undefined;
  if (known) resource.hold(identity.stamp, undefined);
  const news = propertiesOf(request.getNews());
  const { values, secrets } = news;
  const hidden = secretTexts(news);
  return operate(plugin, { step: "read", urn: request.getUrn(), hidden }, async (context) => {
    const { inputs, failures } = await resource.check(values, context, known);
    return new CheckResponse()
      .setInputs(
        encode(inputs, [...secrets, ...followers(secrets, resource.follows), ...alwaysSecret(resource, inputs)]),
      )
      .setFailuresList(failuresOf(failures, hidden));
  });
}

/** Programs in languages whose SDK does not know better send them in clear. */
function alwaysSecret(resource: AnyResource, inputs: Previewed<Record<string, unknown>>): Path[] {
  const names = resource.secrets?.(inputs) ?? [];
  return names.filter((name) => Object.hasOwn(inputs, name)).map((name) => [name]);
}

/** @param hidden - Texts that no reason may show. */
export function failuresOf(failures: readonly Failure[], hidden: readonly string[] = []): CheckFailure[] {
  return failures.map(({ property, reason }) =>
    new CheckFailure().setProperty(property).setReason(withoutSecrets(reason, hidden)),
  );
}
