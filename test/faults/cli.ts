import { describeClouds, noServerTitle } from "../tools/clouds/current";
import type { CloudUnderTest } from "../tools/clouds/types";
import { Bench } from "./bench";
import { type Case, patience } from "./cases";
import { CliBatch } from "./cliBatch";
import { CloudSide } from "./cloudSide";
import type { Part } from "./matrix";
import { confirmed, judged, type Verdict } from "./verdicts";

/** Cases that share a run of the CLI: so many plugins run at once. */
const most = 26;

interface Batch {
  cases: readonly Case[];
  verdicts: () => Promise<(() => Verdict)[]>;
}

interface Ways {
  /** What must hold for what the CLI prints while things go wrong. */
  expectSaid?(output: string, cases: readonly Case[]): void;
  killsCli?: boolean;
}

/** Declares cases that the real CLI does, many in one run. */
export function describeCli({ title, casesIn }: Part, ways: Ways = {}): void {
  describeClouds(title, (cloud) => {
    if (cloud.name !== "local") return test.todo(`${noServerTitle} this: the embedded server does`);
    let previous: Promise<unknown> = Promise.resolve();
    for (const { cases, verdicts } of batchesOf(casesIn(cloud.name), (some) => run(cloud, some, ways))) {
      // One after the other: each keeps the processors busy.
      let result: ReturnType<typeof verdicts> | undefined;
      const begin = () => {
        result ??= previous.then(verdicts);
        previous = result.catch(() => {});
        return result;
      };
      cases.forEach(({ title: words }, at) => {
        test.concurrent(words, () => judged(async () => (await begin())[at]?.() as Verdict), 2 * patience * 1000);
      });
    }
  });
}

/** Nothing is done any more when a plugin dies while it looks at a program's inputs: the program ends with it. */
const isAlone = ({ trouble: { rule, kills } }: Case) => kills && rule.method === "HEAD";

/** What is deleted is deleted last, and only in a run in which nothing failed. */
const isLate = ({ operation, trouble: { rule } }: Case) =>
  !operation.wanted || (rule.method === "DELETE" && rule.path === "/v2/images/*");

function batchesOf(cases: readonly Case[], verdicts: (cases: readonly Case[]) => Promise<(() => Verdict)[]>): Batch[] {
  const others = cases.filter((one) => !isAlone(one));
  const groups = [
    ...cases.filter(isAlone).map((one) => [one]),
    ...dealt(others.filter((one) => !isLate(one))),
    ...dealt(others.filter(isLate)),
  ];
  return groups.map((some) => ({ cases: some, verdicts: () => verdicts(some) }));
}

/** As many groups as are needed, dealt out like cards, so that none has the slow ones only. */
function dealt(cases: readonly Case[]): Case[][] {
  const count = Math.ceil(cases.length / most);
  return Array.from({ length: count }, (_, to) => cases.filter((_case, at) => at % count === to));
}

async function run(cloud: CloudUnderTest, cases: readonly Case[], { killsCli, expectSaid }: Ways) {
  const bench = await Bench.open(cloud);
  const batch = await CliBatch.open(bench, cases);
  try {
    await batch.prepare();
    const { output, missed } = await batch.suffer(killsCli);
    const verdicts = await batch.recover(new CloudSide(cloud));
    return verdicts.map((verdict, at) => () => {
      return confirmed(verdict(), () => {
        expect(missed[at]).toBeUndefined();
        expectSaid?.(output, cases);
      });
    });
  } finally {
    await batch.close();
    await bench.close();
  }
}
