import type { handleServerStreamingCall } from "@grpc/grpc-js";
import { type ListRequest, ListResponse } from "@pulumi/pulumi/proto/provider_pb";
import { GlanceError } from "../../http/errors";
import { hasUnknown } from "../../resources/unknown";
import { behind } from "../behind";
import { decode } from "../codec/decode";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { answerOf } from "../status";

const { Computed, Continuation, Result } = ListResponse;
type Send = (response: ListResponse) => void;

/** The images that can be imported; the query takes the filters of getImages. */
export function list(plugin: Plugin): handleServerStreamingCall<ListRequest, ListResponse> {
  return (call) => {
    listed(plugin, call.request, (response) => call.write(response)).then(
      () => call.end(),
      (error) => call.emit("error", answerOf(error)),
    );
  };
}

async function listed(plugin: Plugin, request: ListRequest, send: Send): Promise<void> {
  if (request.getToken() !== "glance:index:Image") {
    throw new GlanceError({
      code: "UNSUPPORTED",
      message: `${request.getToken()} cannot be listed`,
      hint: "Images can",
    });
  }
  const { values } = decode(request.getQuery());
  if (hasUnknown(values)) return send(new ListResponse().setComputed(new Computed()));
  await operate(plugin, { step: "invoke" }, async (context) => {
    const { marker, before } = placeOf(request.getContinuationToken());
    const wanted = Math.min(request.getLimit() > 0 ? request.getLimit() - before : Infinity, pageOf(request));
    let last = "";
    let found = 0;
    if (wanted > 0) {
      const query = { ...values, ...(marker && { marker }), ...(wanted < Infinity && { maxResults: wanted }) };
      for await (const { id, name } of behind().selectImages(query, context)) {
        send(new ListResponse().setResult(new Result().setId(id).setName(name ?? "")));
        last = id;
        found += 1;
      }
    }
    const goesOn = found === wanted && before + found !== request.getLimit();
    const token = goesOn ? `${before + found} ${last}` : "";
    send(new ListResponse().setContinuation(new Continuation().setContinuationToken(token)));
  });
}

const pageOf = (request: ListRequest) => (request.getPageSize() > 0 ? request.getPageSize() : Infinity);

/** Our continuation token: how many results there were, and the id of the last one. */
function placeOf(token: string): { before: number; marker?: string } {
  const [before, marker] = token.split(" ");
  return marker ? { before: Number(before), marker } : { before: 0 };
}
