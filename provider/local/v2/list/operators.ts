import { Fault } from "../../store/fault";
import { parseTime } from "./time";

/** `in:a,b` is the operator `in` and the operand `a,b`; without an operator, and for a bare time, it is `eq`. */
export function splitOperator(expression: string): { operator: string; operand: string } {
  const colon = expression.indexOf(":");
  if (colon < 0 || parseTime(expression) !== undefined) return { operator: "eq", operand: expression };
  return { operator: expression.slice(0, colon), operand: expression.slice(colon + 1) };
}

/**
 * The values of a list whose commas separate, unless quotes surround them. A backslash keeps a quote from closing and stays in the
 * value. Throws `invalid` for quotes in wrong places. After glance/common/utils.py, split_filter_value_for_quotes.
 */
export function splitList(list: string): string[] {
  requireProperQuotes(list);
  const values = list.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)",?|([^,]+),?|,/g);
  return [...values].map(([, quoted, bare]) => quoted || bare || "");
}

function requireProperQuotes(list: string): void {
  const refusal = (reason: string) => new Fault("invalid", `Invalid filter value ${list}. ${reason}`);
  let isOpen = false;
  for (const { index } of list.matchAll(/"/g)) {
    if (list[index - 1] === "\\") continue;
    if (!isOpen && index > 0 && list[index - 1] !== ",") {
      throw refusal("There is no comma before opening quotation mark.");
    }
    if (isOpen && index + 1 < list.length && list[index + 1] !== ",") {
      throw refusal("There is no comma after closing quotation mark.");
    }
    isOpen = !isOpen;
  }
  if (isOpen) throw refusal("The quote is not closed.");
}
