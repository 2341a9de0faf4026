import { existsSync, readFileSync } from "node:fs";
import { noServerTitle } from "../../test/tools/clouds/current";

/** What jest writes with `--json`, as far as it is read here. */
export interface JestResults {
  numRuntimeErrorTestSuites: number;
  testResults: { assertionResults: { ancestorTitles: string[]; title: string; status: string }[] }[];
}

/** As if one file could not be loaded: a run without any case is no success. */
export const didNotStart: JestResults = { numRuntimeErrorTestSuites: 1, testResults: [] };

/** What jest wrote to `file`; it writes nothing when it could not start. */
export const readResults = (file: string): JestResults =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : didNotStart;

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Counts the cases within the outermost block `title`, or all. A file that could not be loaded counts as one failure, one without cases
 * for the selected servers as nothing.
 */
export function count(results: JestResults, title?: string): Totals {
  const cases = results.testResults
    .flatMap((file) => file.assertionResults)
    .filter((one) => !one.title.startsWith(noServerTitle))
    .filter(({ ancestorTitles }) => title === undefined || ancestorTitles[0] === title);
  const having = (status: string) => cases.filter((one) => one.status === status).length;
  const passed = having("passed");
  const failed = having("failed");
  return {
    passed,
    failed: failed + (title === undefined ? results.numRuntimeErrorTestSuites : 0),
    skipped: cases.length - passed - failed,
  };
}

export const inWords = ({ passed, failed, skipped }: Totals) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
