import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";

type Severity = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** How long an answer waits for the engine to take the messages that belong before it, in milliseconds. */
const patience = 1000;

/** Messages that Pulumi shows next to a resource. Before the engine is known they go to standard error. */
export class EngineLog {
  private client: EngineClient | undefined;
  private sent: Promise<unknown> = Promise.resolve();

  /** @param address - Host and port of the engine. */
  connect(address: string): void {
    const { EngineClient } =
      require("@pulumi/pulumi/proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
    const { credentials } = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    this.client?.close();
    this.client = new EngineClient(address, credentials.createInsecure());
  }

  warn(message: string, urn?: string): void {
    this.write("WARNING", message, { urn });
  }

  /** A line that replaces the one before it and is gone in the end. */
  progress(message: string, urn: string): void {
    this.write("INFO", message, { urn, ephemeral: true });
  }

  /** Waits until the engine has what was written so far; not for ever, since an answer matters more than a message. */
  async flush(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([this.sent, limit]);
    clearTimeout(timer);
  }

  close(): void {
    this.client?.close();
    this.client = undefined;
  }

  private write(severity: Severity, message: string, about: { urn?: string | undefined; ephemeral?: boolean }): void {
    const { client } = this;
    if (!client) {
      if (!about.ephemeral) console.error(message);
      return;
    }
    const { LogRequest, LogSeverity } =
      require("@pulumi/pulumi/proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
    const request = new LogRequest()
      .setSeverity(LogSeverity[severity])
      .setMessage(message)
      .setUrn(about.urn ?? "")
      .setEphemeral(about.ephemeral ?? false);
    const taken = new Promise<void>((resolve) => {
      // The engine may be gone: nobody is left to be told.
      client.log(request, () => resolve());
    });
    this.sent = Promise.all([this.sent, taken]);
  }
}
