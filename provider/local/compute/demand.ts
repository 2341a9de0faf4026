import type { Caller } from "../store/caller";
import { type FaultMore, faultStatuses, NovaFault } from "./fault";

/** The header by which a client asks to be refused, so that it can be tested. */
export const demandHeader = "x-glance-local-fault";

/** The word for an answer that is right, but has the status 203. */
const nonAuthoritative = "nonAuthoritative";

/** What a client asked for instead of the right answer: a fault, or another status for a success. */
export type Demand = { fault: NovaFault } | { status: number };

interface Armed {
  demand: Demand;
  remaining: number;
}

/**
 * Faults on demand. The header `X-Glance-Local-Fault` names one and may add parameters, e.g. `overLimit; retry-after=1; times=2`:
 * - the fault: overLimit, serviceUnavailable, badMethod, badRequest, unauthorized, forbidden, itemNotFound, conflictingRequest,
 *   badMediaType, notImplemented, computeFault; `nonAuthoritative` lets the call succeed with 203 instead of 200
 * - `status`: another HTTP status, e.g. 429 for overLimit
 * - `retry-after`: seconds, sent as `Retry-After` and, by overLimit, as `retryAfter`
 * - `message`: the text of the fault; `details`: more of it, sent by overLimit
 * - `times`: the number of answers to the caller's project that get it, from this request on, with the header or without. A header
 *   that comes again with the same token counts no second time; any other parameter, e.g. `id=2`, makes it another one. Default: only
 *   the requests that bear the header.
 */
export class Demands {
  private readonly armed = new Map<string | null, Armed>();
  private readonly known = new Set<string>();

  /** What a request is to get; undefined for the right answer. Throws 400 for a header that says nothing known. */
  next({ projectId }: Caller, token: string, header: string | undefined): Demand | undefined {
    const identity = `${token} ${header}`;
    if (header !== undefined && !this.known.has(identity)) {
      const { demand, times } = parse(header);
      if (times === undefined) return demand;
      this.known.add(identity);
      this.armed.set(projectId, { demand, remaining: times });
    }
    const armed = this.armed.get(projectId);
    if (armed === undefined || armed.remaining === 0) return undefined;
    armed.remaining -= 1;
    return armed.demand;
  }
}

function parse(header: string): { demand: Demand; times: number | undefined } {
  const [name = "", ...rest] = header.split(";").map((part) => part.trim());
  const parameters = new Map(rest.map((part) => part.split(/\s*=\s*(.*)/s, 2) as [string, string]));
  return { demand: demandOf(name, parameters), times: numberIn(parameters, "times", /^\d{1,9}$/) };
}

function demandOf(name: string, parameters: ReadonlyMap<string, string>): Demand {
  const status = numberIn(parameters, "status", /^[2-5]\d\d$/);
  if (name === nonAuthoritative) return { status: status ?? 203 };
  const usual = faultStatuses.get(name);
  if (usual === undefined) {
    const known = [...faultStatuses.keys(), nonAuthoritative].sort().join(", ");
    throw new NovaFault(400, `${demandHeader} names no fault: '${name}'. There are ${known}.`);
  }
  const message = parameters.get("message") ?? `This fault was asked for by the header ${demandHeader}.`;
  return { fault: new NovaFault(status ?? usual, message, moreIn(parameters)) };
}

function moreIn(parameters: ReadonlyMap<string, string>): FaultMore {
  const details = parameters.get("details");
  const retryAfter = parameters.get("retry-after");
  return { ...(details === undefined ? {} : { details }), ...(retryAfter === undefined ? {} : { retryAfter }) };
}

function numberIn(parameters: ReadonlyMap<string, string>, name: string, form: RegExp): number | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  if (form.test(text)) return Number(text);
  throw new NovaFault(400, `${demandHeader} cannot have '${text}' as ${name}.`);
}
