import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface LoggedMessage {
  severity: string;
  message: string;
  urn: string;
  ephemeral: boolean;
}

/** What a plugin needs of an engine: somebody who takes its messages. */
export class Engine {
  readonly messages: LoggedMessage[] = [];
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<Engine> {
    const server = new Server();
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    const engine = new Engine(server, `127.0.0.1:${port}`);
    server.addService(EngineService, {
      log: ({ request }: { request: LogRequest }, done: (error: null, answer: Empty) => void) => {
        engine.take(request);
        done(null, new Empty());
      },
    });
    return engine;
  }

  /** Waits for a message that is already there or still to come. */
  async message(isWanted: (message: LoggedMessage) => boolean): Promise<LoggedMessage> {
    for (;;) {
      const found = this.messages.find(isWanted);
      if (found) return found;
      await new Promise<void>((resolve) => this.listeners.add(resolve));
    }
  }

  close(): void {
    this.server.forceShutdown();
  }

  private take(request: LogRequest): void {
    this.messages.push({
      severity: severityOf(request),
      message: request.getMessage(),
      urn: request.getUrn(),
      ephemeral: request.getEphemeral(),
    });
    for (const resolve of this.listeners) resolve();
    this.listeners.clear();
  }
}

function severityOf(request: LogRequest): string {
  const [name] = Object.entries(LogSeverity).find(([, value]) => value === request.getSeverity()) ?? [""];
  return name;
}
