import { Call } from "./call";
import { type Connections, createConnections } from "./dispatcher";
import { GlanceError } from "./errors";
import { readSettings, type Settings } from "./settings";
import type { Http, HttpRequest, HttpResponse, TransportOptions } from "./types";

/** A transport with connections of its own. Throws CONFIG for options, PEM files or proxy variables that cannot be used. */
export function createHttp(options: TransportOptions): Http {
  const settings = readSettings(options);
  return new Client(settings, createConnections(options, settings));
}

class Client implements Http {
  private readonly closing = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly connections: Connections,
  ) {}

  async request(request: HttpRequest): Promise<HttpResponse> {
    const call = new Call(request, this.settings, this.connections);
    const scope = follow([request.signal, this.closing.signal]);
    let stream: HttpResponse["stream"];
    try {
      const response = await call.run(scope.signal);
      stream = response.stream?.once("close", scope.release);
      return response;
    } finally {
      if (!stream) scope.release();
    }
  }

  /** Ends every connection; requests under way fail with ABORTED. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.connections.destroy();
  }
}

/** A signal that aborts with a GlanceError when any of the followed ones does, until it is released. */
interface Scope {
  signal: AbortSignal;
  release(): void;
}

/** Listens by hand: `AbortSignal.any` would keep something for every request on a signal that lives as long as the process. */
function follow(signals: readonly (AbortSignal | undefined)[]): Scope {
  const followed = signals.filter((signal) => signal !== undefined);
  const controller = new AbortController();
  const abort = () => controller.abort(new GlanceError({ code: "ABORTED", message: "the operation was cancelled" }));
  for (const signal of followed) signal.addEventListener("abort", abort);
  if (followed.some((signal) => signal.aborted)) abort();
  return {
    signal: controller.signal,
    release() {
      for (const signal of followed) signal.removeEventListener("abort", abort);
    },
  };
}
