export const usage = `npm run demo [-- OPTION]

Shows pulumi-glance working: a catalog of images becomes real in an image service, a second run finds nothing to do, and a
changed catalog becomes one JSON-patch. State is kept in .cache/demo, so that running it again goes on from there.

  (no option)         run the demo
  --destroy           remove everything that it made: images, Pulumi stack, state
  --run COMMAND ...   run a command where the demo runs Pulumi, e.g. --run pulumi refresh
  --help              this text

Without OS_CLOUD and OS_AUTH_URL it uses the embedded image service glance-local, and needs neither a cloud nor an account.
Otherwise it uses the cloud that they name: image names get a random ending, every image is private, and

  DEMO_IMAGE_URL      is a small qcow2 image that the cloud can fetch; without it that image is uploaded, too.
  DEMO_STATE_DIR      is the folder to keep state in instead of .cache/demo.`;

/** A command line that the demo does not understand. */
export class UsageError extends Error {}

export type DemoOptions = { action: "show" | "destroy" | "help" } | { action: "run"; command: [string, ...string[]] };

const actions: Readonly<Record<string, "destroy" | "help">> = {
  "--destroy": "destroy",
  "--help": "help",
  "-h": "help",
};

/** Reads the command line. Throws a UsageError of one sentence. */
export function readOptions(args: readonly string[]): DemoOptions {
  const [first, ...rest] = args;
  if (first === undefined) return { action: "show" };
  if (first === "--run") {
    const [program, ...programArgs] = rest;
    if (program === undefined) throw new UsageError("--run needs a command, e.g. --run pulumi refresh.");
    return { action: "run", command: [program, ...programArgs] };
  }
  const unknown = args.find((arg) => actions[arg] === undefined);
  if (unknown !== undefined) throw new UsageError(`"${unknown}" is no option of the demo; see npm run demo -- --help.`);
  return { action: args.map((arg) => actions[arg]).includes("help") ? "help" : "destroy" };
}
