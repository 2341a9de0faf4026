import { count, inWords, type JestResults, readResults } from "../../../scripts/test/totals";
import { noServerTitle } from "../../tools/clouds/current";

const results: JestResults = {
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      assertionResults: [
        { ancestorTitles: ["server local", "create"], title: "", status: "passed" },
        { ancestorTitles: ["server local", "create"], title: "", status: "failed" },
        { ancestorTitles: ["server glance-33", "create"], title: "", status: "passed" },
        { ancestorTitles: ["server glance-33", "create"], title: "", status: "pending" },
      ],
    },
    { assertionResults: [{ ancestorTitles: [], title: "somewhen", status: "todo" }] },
    { assertionResults: [{ ancestorTitles: [], title: `${noServerTitle} v1: create`, status: "todo" }] },
  ],
};

describe("totals", () => {
  it("count every case, and a file that could not be loaded as a failure", () => {
    expect(inWords(count(results))).toBe("2 passed, 2 failed, 2 skipped");
  });

  it("count the cases of one server", () => {
    expect(count(results, "server local")).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(count(results, "server glance-33")).toEqual({ passed: 1, failed: 0, skipped: 1 });
    expect(count(results, "server other")).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it("of a run that did not start are one failure", () => {
    expect(inWords(count(readResults("/no/such/file")))).toBe("0 passed, 1 failed, 0 skipped");
  });
});
