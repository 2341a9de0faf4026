import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { check } from "./calls/check";
import { checkConfig, configure, diffConfig } from "./calls/configuration";
import { create } from "./calls/create";
import { remove } from "./calls/delete";
import { diff } from "./calls/diff";
import { attach, cancel, getPluginInfo, getSchema, handshake } from "./calls/introduction";
import { invoke } from "./calls/invoke";
import { list } from "./calls/list";
import { read } from "./calls/read";
import { update } from "./calls/update";
import type { Plugin } from "./plugin";
import { unary } from "./unary";

type Call<Request, Response> = (plugin: Plugin, request: Request) => Promise<Response> | Response;

/** Pulumi's ResourceProvider service (proto/pulumi/provider.proto). gRPC answers UNIMPLEMENTED for the methods that are not here. */
export function providerService(plugin: Plugin): UntypedServiceImplementation {
  const asked = <Request, Response>(call: Call<Request, Response>) =>
    unary((request: Request) => call(plugin, request));
  // What is made while nobody will note it would be lost: it is ended, and found by the next run.
  const changing = <Request, Response>(call: Call<Request, Response>) =>
    unary(
      (request: Request) => call(plugin, request),
      () => plugin.cancel(),
    );
  return {
    handshake: asked(handshake),
    attach: asked(attach),
    getPluginInfo: asked(getPluginInfo),
    getSchema: asked(getSchema),
    checkConfig: asked(checkConfig),
    diffConfig: asked(diffConfig),
    configure: asked(configure),
    check: asked(check),
    diff: asked(diff),
    create: changing(create),
    read: asked(read),
    update: changing(update),
    delete: changing(remove),
    invoke: asked(invoke),
    list: list(plugin),
    cancel: asked(cancel),
  };
}
