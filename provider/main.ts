import "./cli/requireNode";
import { watchEngine } from "./pulumi/engineWatch";
import { serve } from "./pulumi/server";

/** How long running calls have to end once we are told to, in milliseconds: the engine kills us after 5 seconds. */
const patience = 4000;

/** The engine's address is the only argument that is no flag of its own (`--logtostderr`, `-v=9`, `--tracing URL`). */
const engineAddress = process.argv.slice(2).find((argument) => /^[\w.]+:\d+$/.test(argument));

async function main(): Promise<void> {
  const server = await serve(engineAddress);

  function end(): void {
    setTimeout(() => process.exit(1), patience).unref();
    server.close().then(() => process.exit(0));
  }

  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  if (engineAddress !== undefined) watchEngine(engineAddress, end);
  // The engine reads the port from the first line; nothing else may stand on this stream.
  process.stdout.write(`${server.port}\n`);
}

main().catch((error: Error) => {
  console.error(`pulumi-resource-glance could not start: ${error.message}`);
  process.exitCode = 1;
});
