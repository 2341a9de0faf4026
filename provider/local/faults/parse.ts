import { answerStatuses, type Fault, type FaultRule } from "./rules";

/**
 * Reads a rule as a command line writes it: `METHOD PATH before|after FAULT [xTIMES] [from NTH]`, e.g. `POST /v2/images after reset`,
 * `PUT /v2/images/** before 503 retry-after 2 x3 from 2`, `* /v2/** after slow 0.5 xall`. A method `*` is any. The fault is one of
 * reset, stall, cut, truncatedJson, wrongLength, hold, `slow SECONDS`, or a status with or without `retry-after SECONDS`. Throws an
 * Error of one sentence.
 */
export function parseRule(text: string): FaultRule {
  const [, method = "", path = "", when, what = "", times, nth] = form.exec(text.trim().replace(/\s+/g, " ")) ?? [];
  if (when !== "before" && when !== "after")
    throw new Error(
      `"${text}" is no rule like "POST /v2/images after reset": METHOD PATH before|after FAULT [xTIMES] [from NTH].`,
    );
  return {
    ...(method === "*" ? {} : { method }),
    path,
    when,
    fault: faultNamed(what),
    ...(times === undefined ? {} : { times: times === "all" ? Infinity : Number(times) }),
    ...(nth === undefined ? {} : { nth: Number(nth) }),
  };
}

const form = /^([A-Z]+|\*) ([/*]\S*) (before|after) (.+?)(?: x([1-9]\d{0,8}|all))?(?: from ([1-9]\d{0,8}))?$/;

const plainKinds = ["reset", "stall", "cut", "truncatedJson", "wrongLength", "hold"] as const;

function faultNamed(text: string): Fault {
  const plain = plainKinds.find((kind) => kind === text);
  if (plain !== undefined) return { kind: plain };
  const [, seconds] = /^slow (\d{1,9}(?:\.\d{1,9})?)$/.exec(text) ?? [];
  if (seconds !== undefined) return { kind: "slow", seconds: Number(seconds) };
  const [, code, retryAfter] = /^(\d{3})(?: retry-after (\d{1,9}))?$/.exec(text) ?? [];
  const status = answerStatuses.find((known) => String(known) === code);
  if (status !== undefined)
    return { kind: "answer", status, ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }) };
  const known = [...plainKinds, "slow SECONDS", ...answerStatuses].join(", ");
  throw new Error(`"${text}" is no fault; there are ${known}, the statuses also with "retry-after SECONDS".`);
}
