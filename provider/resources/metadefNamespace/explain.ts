import { GlanceError } from "../../http/errors";

const hints: readonly { when: RegExp; hint: string }[] = [
  {
    when: /is protected/i,
    hint: "Set protected to false and run `pulumi up` before a change that deletes the namespace or removes anything from it",
  },
  { when: /authorized/i, hint: "By default only administrators may write metadata definitions" },
];

/** Tells what to do about what the catalog refused. */
export function explained(error: unknown): Error {
  if (!(error instanceof GlanceError)) return error instanceof Error ? error : new Error(String(error));
  const { reason = "", hint } = error.facts;
  const known = error.status === 403 ? hints.find(({ when }) => when.test(reason)) : undefined;
  return known && hint === undefined ? error.with({ hint: known.hint }) : error;
}
