/** `npm run demo`: shows pulumi-glance working, without a cloud or an account. `--help` tells the rest. */
import { namedCloud } from "./demo/cloud";
import { withDemo } from "./demo/demo";
import { destroy, removeState } from "./demo/destroy";
import { DemoError } from "./demo/failure";
import { Interrupt } from "./demo/interrupt";
import { readOptions, UsageError, usage } from "./demo/options";
import { Place, stateFolder } from "./demo/place";
import { show } from "./demo/show";

async function main(interrupt: Interrupt): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.action === "help") return console.log(usage);

  const cloud = namedCloud(process.env);
  const place = new Place(stateFolder(process.env), cloud);
  switch (options.action) {
    case "show":
      await withDemo(place, cloud, interrupt, show);
      return console.log(farewell);
    case "destroy":
      if (!place.isUsed) return console.log(`There is nothing to remove: ${place.folder} holds no Pulumi stack.`);
      await withDemo(place, cloud, interrupt, destroy);
      return removeState(place);
    case "run":
      return withDemo(place, cloud, interrupt, async ({ pulumi }) => {
        process.exitCode = await pulumi.run(options.command);
      });
  }
}

const farewell = `
The demo is complete. Images and state are kept for the next run.
   npm run demo -- --run pulumi stack    looks at them with Pulumi; any command of it works
   npm run demo -- --destroy             removes everything`;

const usualAdvice =
  "Put that right and run the same again: it goes on from where it stopped. `npm run demo -- --destroy` removes what there is.";

function report(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const advice = (error instanceof DemoError && error.advice) || usualAdvice;
  console.error(`\nThe demo failed: ${reason}\n${advice}`);
}

const interrupt = new Interrupt((text) => console.error(`\n${text}`));

main(interrupt).catch((error) => {
  if (error instanceof UsageError) {
    console.error(error.message);
    process.exitCode = 2;
  } else if (interrupt.signal.aborted) {
    console.error("\nStopped. The next run goes on from here; `npm run demo -- --destroy` removes what there is.");
    process.exitCode = interrupt.exitCode;
  } else {
    report(error);
    process.exitCode = 1;
  }
});
