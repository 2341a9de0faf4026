import type { Fault, FaultRule } from "../../provider/local/faults/proxy";
import { requestTimeout } from "./bench";
import type { Operation } from "./operations";
import type { RecordedStep } from "./recording";
import { isLook, type Step } from "./steps";

/** Something that goes wrong at one step of an operation. */
export interface Mishap {
  name: string;
  when: FaultRule["when"];
  fault: Fault;
  /** It strikes every request of this kind from there on, so that repeating does not help. Default: one request only. */
  lasts?: true;
  /** It is worth trying wherever such a request is made, variants excepted. Default: in the first operation that makes one. */
  everywhere?: true;
  /** The steps that it can strike. Default: all. */
  strikes?(step: Step): boolean;
}

const reset: Fault = { kind: "reset" };
const cut: Fault = { kind: "cut" };
const stall: Fault = { kind: "stall" };
const slow: Fault = { kind: "slow", seconds: requestTimeout + 1 };
const answer = (status: Extract<Fault, { kind: "answer" }>["status"], retryAfter?: number): Fault => ({
  kind: "answer",
  status,
  ...(retryAfter !== undefined && { retryAfter }),
});

const carriesBytes = ({ method, path }: Step) => method === "PUT" && /\/(?:file|stage)$/.test(path);

/** An upload may wait for its answer as long as Glance may need to store it, which is longer than a test. */
const isQuickToAnswer = (step: Step) => !carriesBytes(step);

/** Of fewer bytes, the last one is in a buffer of the proxy or of a socket by the time that the body stalls. */
const isStillSent = ({ bytes }: Operation) => bytes !== undefined && bytes.length > 16 * 1024 * 1024;

/** Half of a file with the length of that half is a file. */
const isApi = ({ path }: Step) => /^\/v\d|^\/versions$/.test(path);

/** A look is not done twice: whether it arrived is all the same. */
const writes = (step: Step) => !isLook(step);

/** One request suffers; the provider may repeat it, or fail and be asked again. */
const passing: readonly Mishap[] = [
  { name: "reset before", when: "before", fault: reset, strikes: writes },
  { name: "reset after", everywhere: true, when: "after", fault: reset },
  { name: "401", when: "before", fault: answer(401) },
  { name: "409", when: "before", fault: answer(409) },
  { name: "413", when: "before", fault: answer(413) },
  { name: "429, try again in 1 s", when: "before", fault: answer(429, 1) },
  { name: "500", when: "before", fault: answer(500) },
  { name: "500 after", everywhere: true, when: "after", fault: answer(500), strikes: writes },
  { name: "502 after", when: "after", fault: answer(502) },
  { name: "503", when: "before", fault: answer(503) },
  { name: "slow first byte", when: "after", fault: slow, strikes: isQuickToAnswer },
  { name: "stalled body", when: "after", fault: stall, strikes: isQuickToAnswer },
  { name: "truncated JSON", when: "after", fault: { kind: "truncatedJson" }, strikes: isApi },
  { name: "wrong content length", when: "after", fault: { kind: "wrongLength" } },
];

/** The service does not recover while the operation runs. */
const lasting: readonly Mishap[] = [
  { name: "reset before, lasting", everywhere: true, when: "before", fault: reset, lasts: true },
  { name: "reset after, lasting", when: "after", fault: reset, lasts: true, strikes: writes },
  { name: "401, lasting", when: "before", fault: answer(401), lasts: true },
  { name: "429, lasting", when: "before", fault: answer(429, 1), lasts: true },
  { name: "503, lasting", when: "before", fault: answer(503), lasts: true },
];

/** Half of an upload arrives. Wherever the bytes come from, the provider must begin again. */
const halfUploaded: readonly Mishap[] = [
  { name: "upload cut", when: "before", fault: cut },
  { name: "upload cut, lasting", when: "before", fault: cut, lasts: true },
];
const stalledUpload: Mishap = { name: "upload stalled", when: "before", fault: stall };

/** What is tried at a step. */
export function mishapsFor(step: RecordedStep, operation: Operation): Mishap[] {
  const isWorth = ({ everywhere, strikes }: Mishap) =>
    (!step.isKnown || (everywhere && !operation.isVariant)) && (strikes?.(step) ?? true);
  const uploads = isStillSent(operation) ? [...halfUploaded, stalledUpload] : halfUploaded;
  return [...[...passing, ...lasting].filter(isWorth), ...(carriesBytes(step) ? uploads : [])];
}

export function ruleFor({ method, path, nth }: Step, { when, fault, lasts }: Omit<Mishap, "name">): FaultRule {
  return { method, path, nth, ...(lasts && { times: Number.POSITIVE_INFINITY }), when, fault };
}
