import fc from "fast-check";
import { Turns } from "../../../provider/image/turns";

/** Work that ends when it is told to. */
class Job {
  began = false;
  waited = 0;
  finish: (error?: Error) => void = () => {};
  readonly result: Promise<unknown>;

  constructor(turns: Turns, signal?: AbortSignal) {
    const work = () => {
      this.began = true;
      return new Promise<void>((resolve, reject) => {
        this.finish = (error) => (error ? reject(error) : resolve());
      });
    };
    const waits = () => {
      this.waited += 1;
    };
    this.result = turns.take(work, signal, waits).catch((error) => error);
  }
}

const settled = () => new Promise(setImmediate);

test("so many run at a time, the others in the order in which they came", async () => {
  const turns = new Turns(2);
  const jobs = Array.from({ length: 4 }, () => new Job(turns));
  expect(jobs.map(({ began }) => began)).toEqual([true, true, false, false]);
  expect(jobs.map(({ waited }) => waited)).toEqual([0, 0, 1, 1]);
  jobs[1]?.finish();
  await settled();
  expect(jobs.map(({ began }) => began)).toEqual([true, true, true, false]);
});

test("work that fails gives its turn on", async () => {
  const turns = new Turns(1);
  const [first, second] = [new Job(turns), new Job(turns)];
  first.finish(new Error("no"));
  expect(await first.result).toMatchObject({ message: "no" });
  await settled();
  expect(second.began).toBe(true);
});

test("one that is cancelled while it waits leaves the line and never begins", async () => {
  const turns = new Turns(1);
  const cancel = new AbortController();
  const [first, second, third] = [new Job(turns), new Job(turns, cancel.signal), new Job(turns)];
  cancel.abort();
  expect(await second.result).toMatchObject({ code: "ABORTED" });
  first.finish();
  await settled();
  expect([second.began, third.began]).toEqual([false, true]);
});

test("one that was cancelled before does not wait", async () => {
  const turns = new Turns(1);
  new Job(turns);
  expect(await new Job(turns, AbortSignal.abort()).result).toMatchObject({ code: "ABORTED" });
});

test("never more run than may, none is forgotten, and all begin in order", async () => {
  const steps = fc.array(fc.oneof(fc.constant("new"), fc.constant("new"), fc.nat({ max: 9 })), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), steps, async (most, script) => {
      const turns = new Turns(most);
      const jobs: Job[] = [];
      const over = new Set<Job>();
      for (const step of script) {
        if (step === "new") jobs.push(new Job(turns));
        const job = typeof step === "number" ? jobs[step] : undefined;
        if (job?.began && !over.has(job)) {
          over.add(job);
          job.finish();
        }
        await settled();
        const begun = jobs.filter(({ began }) => began);
        expect(begun).toEqual(jobs.slice(0, begun.length));
        expect(begun.length - over.size).toBe(Math.min(most, jobs.length - over.size));
      }
    }),
    { numRuns: 50 },
  );
});
