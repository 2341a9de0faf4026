import { appendFileSync } from "node:fs";

/** What became of one case. */
export interface Verdict {
  /** What was wanted exists after the next run, and nothing after a destroy. */
  converged: boolean;
  /** Images that nobody knew of. */
  orphans: number;
  /** Images that no state knew of, and that the next run named. */
  reported: number;
}

/** Variable with the file that takes the verdicts, one JSON text per line. Without it nobody counts. */
export const verdictsVariable = "GLANCE_FAULT_VERDICTS";

const none: Verdict = { converged: false, orphans: 0, reported: 0 };

/** Does a case and notes its verdict, also where it fails. */
export async function judged(attempt: () => Promise<Verdict>): Promise<void> {
  try {
    note(await attempt());
  } catch (error) {
    note((error as { verdict?: Verdict }).verdict ?? none);
    throw error;
  }
}

/** A verdict with what was expected besides: it converged if all of that holds; an error takes the verdict along. */
export function confirmed(verdict: Verdict, expectations: () => void): Verdict {
  try {
    expectations();
  } catch (error) {
    throw Object.assign(error as Error, { verdict: { ...verdict, converged: false } });
  }
  return { ...verdict, converged: true };
}

function note(verdict: Verdict): void {
  const file = process.env[verdictsVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(verdict)}\n`);
}
