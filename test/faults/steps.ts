import type { SeenRequest } from "../../provider/local/faults/proxy";

/** One request that an operation makes. */
export interface Step {
  method: string;
  /** Its end, with `*` for ids. */
  path: string;
  /** Which request of this method and path it is, counted from 1. */
  nth: number;
}

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}/g;
const mount = /^\/(?:identity|image)(?=\/)/;

const looks: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * The steps of an operation, from the requests of a run without faults. A look that is repeated counts once: how often it is,
 * time decides.
 */
export function stepsOf(seen: readonly Pick<SeenRequest, "method" | "path">[]): Step[] {
  const steps: Step[] = [];
  for (const { method, path: full } of seen) {
    const path = full.replace(mount, "").replace(id, "*");
    const before = steps.filter((step) => step.method === method && step.path === path).length;
    if (before === 0 || !isLook({ method })) steps.push({ method, path, nth: before + 1 });
  }
  return steps;
}

/** Whether it changes nothing: then it is the same whether the service got the request or not. */
export function isLook({ method }: Pick<Step, "method">): boolean {
  return looks.has(method);
}

export function titleOf({ method, path, nth }: Step): string {
  return `${method} ${path}${nth === 1 ? "" : ` (${nth})`}`;
}
