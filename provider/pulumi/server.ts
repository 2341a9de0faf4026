import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Plugin } from "./plugin";
import { providerService } from "./service";

/** The engine's own limit for a message, in bytes (sdk/go/common/util/rpcutil). */
const largestMessage = 400 * 1024 * 1024;

export interface PluginServer {
  /** TCP port on 127.0.0.1. */
  port: number;
  /** Ends what runs, answers it, and stops. */
  close(): Promise<void>;
}

/**
 * Serves the provider to an engine on this machine.
 *
 * @param engineAddress - Where the engine is, if that is known before its first call.
 */
export async function serve(engineAddress?: string): Promise<PluginServer> {
  const plugin = new Plugin();
  if (engineAddress !== undefined) plugin.log.connect(engineAddress);
  const server = new Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": largestMessage,
  });
  server.addService(ResourceProviderService, providerService(plugin));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    close: async () => {
      plugin.cancel();
      await plugin.ended();
      await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      plugin.log.close();
    },
  };
}
