const form =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** An ISO 8601 date or time as stored times are written: UTC, microseconds, no zone. Undefined for anything else. */
export function parseTime(text: string): string | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${offset(zone)}`;
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return undefined;
  return `${time.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, "0")}`;
}

/** `+0200` and `+02` in the form that `Date` reads. */
function offset(zone: string): string {
  if (zone === "Z") return zone;
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  return `${zone.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
