import { type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { behind } from "../behind";
import { decode } from "../codec/decode";
import { encode } from "../codec/encode";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { missing } from "../subject";

/** Answers one of the package's functions. */
export function invoke(plugin: Plugin, request: InvokeRequest): Promise<InvokeResponse> {
  const { lookups } = behind();
  const lookup = lookups.get(request.getTok());
  if (!lookup) throw missing("function", request.getTok(), [...lookups.keys()]);
  const { values } = decode(request.getArgs());
  return operate(plugin, { step: "invoke" }, async (context) =>
    new InvokeResponse().setReturn(encode(await lookup.invoke(values, context))),
  );
}
