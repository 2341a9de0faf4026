import type { Writable } from "node:stream";
import type { ConnectionEnvironment } from "../resources/reach";

/** Where a command runs and what it writes to. */
export interface Terminal extends Omit<ConnectionEnvironment, "warn"> {
  out: Writable;
  err: Writable;
}

/** A command of `pulumi-glance`. */
export interface Command {
  /** For the list of commands. */
  summary: string;
  /** What `--help` prints. */
  usage: string;
  /** Answers the exit code. Throws a UsageError for arguments that cannot be understood. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
