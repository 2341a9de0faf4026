import { readEvents } from "../../tools/pulumiEvents";

const urn = "urn:pulumi:test::trial::pulumi-nodejs:dynamic/glance:Image::debian";

describe("event log of the CLI", () => {
  it("tells the steps and the summary", () => {
    const detailedDiff = { name: { diffKind: "update", inputDiff: true } };
    const events = [
      { preludeEvent: {} },
      { resourcePreEvent: { metadata: { op: "update", urn, diffs: ["name"], detailedDiff } } },
      { resourcePreEvent: { metadata: { op: "same", urn, detailedDiff: null } } },
      { summaryEvent: { resourceChanges: { update: 1, same: 1 } } },
    ];
    expect(readEvents(`${events.map((event) => JSON.stringify(event)).join("\n")}\n`)).toEqual({
      summary: { update: 1, same: 1 },
      steps: [
        { op: "update", urn, name: "debian", diffs: ["name"], detailedDiff },
        { op: "same", urn, name: "debian", diffs: [], detailedDiff: {} },
      ],
    });
  });

  it("is empty after a command that failed early", () => {
    expect(readEvents("")).toEqual({ summary: {}, steps: [] });
  });
});
