const projectNames = ["unit", "contract", "e2e", "faults"];

export interface TestArguments {
  projects: string[];
  /** Value of `--server`. */
  server: string | undefined;
  /** For jest. */
  rest: string[];
}

/** Reads `[unit|contract|e2e|faults]... [--server NAME] [options of jest]`. */
export function readArguments(args: readonly string[]): TestArguments {
  const named = args.findIndex((arg) => !projectNames.includes(arg));
  const projects = args.slice(0, named === -1 ? args.length : named);
  const rest = args.slice(projects.length);
  const at = rest.indexOf("--server");
  const [, server] = at === -1 ? [] : rest.splice(at, 2);
  if (at !== -1 && server === undefined) throw new Error("--server needs a name");
  return { projects, server, rest };
}
