import type { FaultRule } from "./rules";

/** Whether a rule is meant for a request: its method, and its path without the query. */
export function matcherOf({ method, path = /^/ }: Pick<FaultRule, "method" | "path">) {
  // Without `g` and `y` a RegExp keeps nothing from one request to the next.
  const pattern = typeof path === "string" ? endOfPath(path) : new RegExp(path.source, path.flags.replace(/[gy]/g, ""));
  return (requested: string, target: string) => (method === undefined || method === requested) && pattern.test(target);
}

/** Finds a glob at the end of a path, so that the root at which a service is mounted need not be written. */
function endOfPath(glob: string): RegExp {
  const pattern = glob.replace(/\*\*?|[\\^$.+?()[\]{}|]/g, (special) => {
    if (special === "**") return ".*";
    return special === "*" ? "[^/]*" : `\\${special}`;
  });
  return new RegExp(`${pattern}$`);
}
