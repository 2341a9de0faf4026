import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  GetSchemaResponse,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { schemaText, version } from "../packageFile";
import type { Plugin } from "../plugin";

/** The first call: where the engine is, and what we understand. */
export function handshake(plugin: Plugin, request: ProviderHandshakeRequest): ProviderHandshakeResponse {
  plugin.meet(request.getEngineAddress());
  return new ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true);
}

/** The engine found a plugin that runs already (`PULUMI_DEBUG_PROVIDERS`). */
export function attach(plugin: Plugin, request: PluginAttach): Empty {
  plugin.meet(request.getAddress());
  return new Empty();
}

export function getPluginInfo(): PluginInfo {
  return new PluginInfo().setVersion(version());
}

export function getSchema(): GetSchemaResponse {
  return new GetSchemaResponse().setSchema(schemaText());
}

/** Sent on Ctrl-C, and whenever the engine is done with a plugin. Answered at once; what runs ends by itself. */
export function cancel(plugin: Plugin): Empty {
  plugin.cancel();
  return new Empty();
}
