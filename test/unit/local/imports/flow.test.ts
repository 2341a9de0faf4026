import { runFlow, type Step } from "../../../../provider/local/imports/flow";

describe("a flow", () => {
  const log: string[] = [];
  beforeEach(() => log.splice(0));

  const step = (name: string, { failsToRun = false, failsToUndo = false } = {}): Step => ({
    async run() {
      log.push(`run ${name}`);
      if (failsToRun) throw new Error(name);
    },
    async undo(hasFailed) {
      log.push(`undo ${name}${hasFailed ? ", which failed" : ""}`);
      if (failsToUndo) throw new Error(`undo ${name}`);
    },
  });

  it("runs its steps in order and undoes nothing when all succeed", async () => {
    await runFlow([step("a"), step("b")]);
    expect(log).toEqual(["run a", "run b"]);
  });

  it("undoes the failed step and those before it, the last first", async () => {
    await expect(runFlow([step("a"), step("b"), step("c", { failsToRun: true }), step("d")])).rejects.toThrow("c");
    expect(log).toEqual(["run a", "run b", "run c", "undo c, which failed", "undo b", "undo a"]);
  });

  it("stops where undoing fails, and tells the first failure", async () => {
    const steps = [step("a"), step("b", { failsToUndo: true }), step("c", { failsToRun: true })];
    await expect(runFlow(steps)).rejects.toThrow("c");
    expect(log).toEqual(["run a", "run b", "run c", "undo c, which failed", "undo b"]);
  });
});
