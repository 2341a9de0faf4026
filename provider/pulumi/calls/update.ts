import { type UpdateRequest, UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { encode } from "../codec/encode";
import { pathsOf, takenFrom } from "../codec/paths";
import { followers, secretsInOutputs, secretTexts } from "../codec/secrets";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, subjectOf } from "../subject";
import { encodeMade, keeping } from "../unfinished";

/** Brings a resource to its inputs; also asked for without any difference, to finish what an interrupted run began. */
export async function update(plugin: Plugin, request: UpdateRequest): Promise<UpdateResponse> {
  const { urn, resource, identity } = subjectOf(request, plugin);
  const id = request.getId();
  resource.hold(identity.stamp, id);
  const state = propertiesOf(request.getOlds()).values;
  const inputs = request.hasOldInputs() ? propertiesOf(request.getOldInputs()).values : state;
  const news = propertiesOf(request.getNews());
  const { values } = news;
  const kept = secretsInOutputs(news.secrets, resource.follows);
  if (request.getPreview()) {
    const stable = (resource.stables?.(state) ?? []).map((name) => [name, state[name]]);
    return new UpdateResponse().setProperties(encode({ ...Object.fromEntries(stable), ...values }, kept));
  }
  // What is ignored stays as it was last seen, whatever the program said of it once.
  const ignored = pathsOf(request.getIgnorechangesList());
  const computed = followers(ignored, resource.follows).filter(([first]) => Object.hasOwn(values, first ?? ""));
  const wanted = takenFrom(state, values, [...ignored, ...computed]);
  const asked = { urn, step: "update", timeout: request.getTimeout(), hidden: secretTexts(news) } as const;
  return operate(plugin, asked, async (context) => {
    const changed = await resource.update(id, { inputs, state }, wanted, context).catch(keeping(kept, asked.hidden));
    return new UpdateResponse().setProperties(encodeMade(id, changed, kept));
  });
}
