import { readArguments } from "../../../scripts/test/arguments";

describe("arguments of the test script", () => {
  it.each([
    [[], { projects: [], server: undefined, rest: [] }],
    [["unit", "e2e"], { projects: ["unit", "e2e"], server: undefined, rest: [] }],
    [["faults", "-t", "killed"], { projects: ["faults"], server: undefined, rest: ["-t", "killed"] }],
    [
      ["contract", "--server", "local", "-t", "unit"],
      { projects: ["contract"], server: "local", rest: ["-t", "unit"] },
    ],
    [["--server", "glance-33"], { projects: [], server: "glance-33", rest: [] }],
    [
      ["unit", "test/unit/http", "--server", "local"],
      { projects: ["unit"], server: "local", rest: ["test/unit/http"] },
    ],
  ])("%j", (args, expected) => {
    expect(readArguments(args)).toEqual(expected);
  });

  it("wants a name after --server", () => {
    expect(() => readArguments(["contract", "--server"])).toThrow("--server needs a name");
  });
});
