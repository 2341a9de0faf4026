import "./cli/requireNode";
import { engineAddressIn, watchEngine } from "./pulumi/engineWatch";
import { serve } from "./pulumi/server";

/** How long running calls have to end once we are told to, in milliseconds: the engine kills us after 5 seconds. */
const patience = 4000;

const engineAddress = engineAddressIn(process.argv.slice(2));

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
