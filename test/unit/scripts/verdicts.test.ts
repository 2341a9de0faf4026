import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verdictsInWords } from "../../../scripts/test/verdicts";
import { confirmed, judged, type Verdict, verdictsVariable } from "../../faults/verdicts";

describe("verdicts of fault cases", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-glance-verdicts-"));
  const file = join(folder, "verdicts");
  const caller = process.env[verdictsVariable];

  beforeAll(() => {
    process.env[verdictsVariable] = file;
  });

  afterAll(() => {
    if (caller === undefined) delete process.env[verdictsVariable];
    else process.env[verdictsVariable] = caller;
    rmSync(folder, { recursive: true, force: true });
  });

  it("are counted, also of cases that failed", async () => {
    const failed: Verdict = { converged: false, orphans: 2, reported: 0 };
    await judged(async () => ({ converged: true, orphans: 0, reported: 0 }));
    await judged(async () => ({ converged: true, orphans: 0, reported: 1 }));
    const failure = Object.assign(new Error("two images"), { verdict: failed });
    await expect(judged(() => Promise.reject(failure))).rejects.toThrow("two images");
    await expect(judged(() => Promise.reject(new Error("no server")))).rejects.toThrow("no server");
    expect(verdictsInWords(file)).toBe("cases 4, converged 2, orphans 2, reported 1");
  });

  it("count the orphans of a case that fails afterwards", async () => {
    const found: Verdict = { converged: true, orphans: 3, reported: 1 };
    const fails = () => {
      throw new Error("not as wanted");
    };
    const other = join(folder, "orphans");
    process.env[verdictsVariable] = other;
    await judged(async () => confirmed(found, () => {}));
    await expect(judged(async () => confirmed(found, fails))).rejects.toThrow("not as wanted");
    process.env[verdictsVariable] = file;
    expect(verdictsInWords(other)).toBe("cases 2, converged 1, orphans 6, reported 2");
  });

  it("are none where no case ran", () => {
    expect(verdictsInWords(join(folder, "none"))).toBe("cases 0, converged 0, orphans 0, reported 0");
    writeFileSync(join(folder, "empty"), "");
    expect(verdictsInWords(join(folder, "empty"))).toBe("cases 0, converged 0, orphans 0, reported 0");
  });
});
