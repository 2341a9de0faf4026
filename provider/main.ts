import "./cli/requireNode";
import { serve } from "./pulumi/server";

/** How long running calls have to end once we are told to, in milliseconds: the engine kills us after 5 seconds. */
const patience = 4000;

/** The engine's address is the only argument that is no flag of its own (`--logtostderr`, `-v=9`, `--tracing URL`). */
const engineAddress = process.argv.slice(2).find((argument) => /^[\w.]+:\d+$/.test(argument));

/** A resource that is made while nobody will note it would be lost for good; what it has so far, the next run finds. */
function orphaned(): void {
  if (engineAddress !== undefined) process.exit(1);
}

serve(engineAddress, orphaned).then(
  ({ port, close }) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        setTimeout(() => process.exit(1), patience).unref();
        close().then(() => process.exit(0));
      });
    }
    // The engine reads the port from the first line; nothing else may stand on this stream.
    process.stdout.write(`${port}\n`);
  },
  (error: Error) => {
    console.error(`pulumi-resource-glance could not start: ${error.message}`);
    process.exitCode = 1;
  },
);
