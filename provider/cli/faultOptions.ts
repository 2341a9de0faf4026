import { parseRule } from "../local/faults/parse";
import type { FaultRule } from "../local/faults/proxy";
import { messageOf, UsageError } from "./commandLine";

/** The rule that `--fault` writes. */
export function faultRule(text: string): FaultRule {
  try {
    return parseRule(text);
  } catch (error) {
    throw new UsageError(`--fault: ${messageOf(error)}`);
  }
}

/** The server that `--proxy` names. */
export function upstreamAddress(text: string): string {
  const { protocol = "", username } = URL.parse(text) ?? {};
  if (/^https?:$/.test(protocol) && username === "") return text;
  throw new UsageError("--proxy must be an http or https address without credentials.");
}
