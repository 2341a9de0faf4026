import { type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { GlanceError } from "../../http/errors";
import { hasUnknown } from "../../resources/unknown";
import { behind } from "../behind";
import { decode } from "../codec/decode";
import { encode } from "../codec/encode";
import { secretTexts } from "../codec/secrets";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { missing } from "../subject";

/** Answers one of the package's functions. */
export function invoke(plugin: Plugin, request: InvokeRequest): Promise<InvokeResponse> {
  const { lookups } = behind();
  const lookup = lookups.get(request.getTok());
  if (!lookup) throw missing("function", request.getTok(), [...lookups.keys()]);
  const args = decode(request.getArgs());
  if (hasUnknown(args.values)) {
    throw new GlanceError({ code: "CONFIG", message: `The arguments of ${request.getTok()} are not all known yet` });
  }
  return operate(plugin, { step: "invoke", hidden: secretTexts(args) }, async (context) =>
    new InvokeResponse().setReturn(encode(await lookup.invoke(args.values, context))),
  );
}
