import { GlanceError } from "./errors";
import type { TransportOptions } from "./types";

/** The times and counts of a transport, with the defaults filled in. Times are in seconds. */
export type Settings = typeof defaults;

const defaults = {
  connections: 16,
  connectTimeout: 15,
  requestTimeout: 60,
  overallTimeout: 300,
  idleTimeout: 120,
  answerTimeout: 3600,
  retries: 4,
  backoff: 0.5,
};

const mayBeZero: readonly (keyof Settings)[] = ["retries", "backoff"];
const isCount: readonly (keyof Settings)[] = ["retries", "connections"];

/** Fills in the defaults. Throws CONFIG for a number that makes no sense, which a mistyped setting easily becomes. */
export function readSettings(options: TransportOptions): Settings {
  const settings = { ...defaults };
  for (const name of Object.keys(defaults) as (keyof Settings)[]) settings[name] = checked(name, options[name]);
  return settings;
}

function checked(name: keyof Settings, value: number | undefined): number {
  if (value === undefined) return defaults[name];
  const enough = mayBeZero.includes(name) ? value >= 0 : value > 0;
  if (enough && Number.isFinite(value) && (Number.isInteger(value) || !isCount.includes(name))) return value;
  const kind = isCount.includes(name) ? "whole number" : "number of seconds";
  const bound = mayBeZero.includes(name) ? "not below 0" : "above 0";
  throw new GlanceError({ code: "CONFIG", message: `${name} must be a ${kind} ${bound}, and is ${value}` });
}
