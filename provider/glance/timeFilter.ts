const comparisons: Readonly<Record<string, (time: number, other: number) => boolean>> = {
  gt: (time, other) => time > other,
  gte: (time, other) => time >= other,
  lt: (time, other) => time < other,
  lte: (time, other) => time <= other,
  eq: (time, other) => time === other,
  neq: (time, other) => time !== other,
};

/** The filter `[op:]time`, to the millisecond; no operator means eq. An image that does not tell its time passes no filter. */
export function timeFilter(filter: string | undefined): (time: string | undefined) => boolean {
  if (filter === undefined) return () => true;
  const [, operator = "eq", text = ""] = /^(?:([a-z]+):)?(.*)$/.exec(filter) ?? [];
  const compare = comparisons[operator] ?? (() => false);
  const wanted = instant(text);
  return (time) => time !== undefined && compare(Date.parse(time), wanted);
}

/** ISO 8601 with or without time and zone, which is UTC where it is left out. */
function instant(text: string): number {
  const [, date, time, zone = "Z"] = /^(\d{4}-\d\d-\d\d)(?:[T ]([\d:.]+))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  const offset = zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  return Date.parse(`${date}T${time ?? "00:00"}${offset}`);
}
