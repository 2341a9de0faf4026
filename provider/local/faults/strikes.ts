import { once } from "node:events";
import type { IncomingMessage, OutgoingMessage } from "node:http";
import { setImmediate, setTimeout } from "node:timers/promises";
import { errorAnswer } from "./answer";
import { firstHalf, halfOf, hasBody, lengthOf } from "./body";
import { type Exchange, nothing, type Through } from "./exchange";
import type { Fault, FaultRule } from "./rules";

/** A request that is to suffer. */
export interface Victim<F extends Fault = Fault> {
  exchange: Exchange;
  fault: F;
  /** Notes that the fault strikes now. The signal tells when it lets go. */
  strike(): AbortSignal;
}

/** Takes a request to its end, with its fault. Rejects where a connection is over before the answer is. */
export function suffer(victim: Victim, when: FaultRule["when"]): Promise<void> {
  return (courses[victim.fault.kind] as Course<Fault>)[when](victim);
}

type Act<F extends Fault, Result> = (victim: Victim<F>) => Result;

type Course<F extends Fault> = Record<FaultRule["when"], Act<F, Promise<void>>>;

/** The client gets this, and never the server's answer. */
const instead = <F extends Fault>(act: Act<F, void>): Course<F> => ({
  before: async (victim) => act(victim),
  async after(victim) {
    const answer = await victim.exchange.forward();
    act(victim);
    answer.destroy();
  },
});

/** The server gets the request, or the client the answer, when this is over. */
const delayed = <F extends Fault>(wait: Act<F, Promise<void>>): Course<F> => ({
  async before(victim) {
    await wait(victim);
    await victim.exchange.pass(await victim.exchange.forward());
  },
  async after(victim) {
    const answer = await victim.exchange.forward();
    await wait(victim);
    await victim.exchange.pass(answer);
  },
});

/** Half of the request's body reaches the server. Of a request without a body nothing does. */
const halfWayUp =
  <F extends Fault>(end: Act<F, Promise<never>>): Act<F, Promise<void>> =>
  async (victim) => {
    const { exchange } = victim;
    if (!hasBody(exchange.request)) return end(victim);
    await exchange.pass(await exchange.forward(half(victim, end)));
  };

/** Half of the answer's body reaches the client, and its head. Of an answer without a body nothing does. */
const halfWayDown =
  <F extends Fault>(end: Act<F, Promise<void>>, head = untouched): Act<F, Promise<void>> =>
  async (victim) => {
    const { exchange } = victim;
    const answer = await exchange.forward();
    if (answerHasBody(exchange, answer)) return exchange.pass(answer, half(victim, end), head(answer));
    await end(victim);
    exchange.end();
  };

const half =
  <F extends Fault>(victim: Victim<F>, end: Act<F, Promise<void>>): Through =>
  (body, target) =>
    firstHalf(body, async () => {
      await flushed(target);
      await end(victim);
    });

const untouched = ({ rawHeaders }: IncomingMessage) => rawHeaders;

const withHalfTheLength = (answer: IncomingMessage) => {
  const length = String(halfOf(lengthOf(answer) ?? 0));
  return answer.rawHeaders.map((text, at, all) => (all[at - 1]?.toLowerCase() === "content-length" ? length : text));
};

/** Waits until the fault lets go or the time is over. Rejects if the client has left. */
async function pause({ exchange: { gone }, strike }: Victim, seconds?: number): Promise<void> {
  const time = seconds === undefined ? [] : [setTimeout(seconds * 1000, undefined, { ref: false })];
  await Promise.race([aborted(strike()), aborted(gone), ...time]);
  // The end of a killed client may be known to the kernel and not to this process yet.
  await setImmediate();
  await setImmediate();
  gone.throwIfAborted();
}

const aborted = async (signal: AbortSignal) => signal.aborted || once(signal, "abort");

/** Resolves when everything written so far has left the process. */
const flushed = (target: OutgoingMessage) => new Promise((resolve) => target.write(nothing, resolve));

const answerHasBody = ({ request }: Exchange, answer: IncomingMessage) =>
  request.method !== "HEAD" && answer.statusCode !== 304 && hasBody(answer);

const cut = async ({ exchange, strike }: Victim) => {
  strike();
  return interrupt(() => exchange.reset());
};

const stall = async (victim: Victim) => {
  await pause(victim);
  return interrupt(() => victim.exchange.reset());
};

const endEarly = halfWayDown(async ({ exchange, strike }) => {
  strike();
  return interrupt(() => exchange.end());
});

const endInHalf = halfWayDown(async ({ strike }) => void strike(), withHalfTheLength);

/** Ends the connection, and the body that was on its way. */
function interrupt(disconnect: () => void): never {
  disconnect();
  throw new Error("interrupted on purpose");
}

const courses: { [K in Fault["kind"]]: Course<Extract<Fault, { kind: K }>> } = {
  reset: instead(({ exchange, strike }) => {
    strike();
    exchange.reset();
  }),
  answer: instead(({ exchange, fault, strike }) => {
    strike();
    const { headers, body } = errorAnswer(fault);
    exchange.answer(fault.status, headers, body);
  }),
  slow: delayed((victim) => pause(victim, victim.fault.seconds)),
  hold: delayed((victim) => pause(victim)),
  stall: { before: halfWayUp(stall), after: halfWayDown(stall) },
  cut: { before: halfWayUp(cut), after: halfWayDown(cut) },
  truncatedJson: { before: endInHalf, after: endInHalf },
  wrongLength: { before: endEarly, after: endEarly },
};
