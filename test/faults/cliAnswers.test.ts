import { type Case, casesOf } from "./cases";
import { describeCli } from "./cli";
import { unclear } from "./diagnostic";
import { answeredWrong, killedPlugin } from "./troubles";

const runs = ({ begin }: Case["operation"]) => begin === undefined;

/** Every so many, so that every operation and every fault is among them. */
const every = (count: number) => (_case: Case, at: number) => at % count === 0;

/** The errors at the resources, as the CLI prints them: alone, or in a list of those that a resource kept. */
function errorsIn(output: string): string[] {
  const lines = [...output.matchAll(/^\s+(?:error: |\* )(.+)$/gm)].map(([, text]) => text ?? "");
  return lines.filter((text) => !/^(?:\d+ errors? occurred:|update failed)$/.test(text));
}

describeCli("faults below the CLI", ({ name }) => casesOf(name, runs, answeredWrong).filter(every(9)), {
  expectSaid(output) {
    const errors = errorsIn(output).map((text) => ({ text, why: unclear(text, ["mage", "Keystone"]) }));
    expect(errors).not.toEqual([]);
    expect(errors.filter(({ why }) => why.length > 0)).toEqual([]);
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+/m);
  },
});

describeCli("the CLI killed", ({ name }) => casesOf(name, runs, killedPlugin).filter(every(6)), { killsCli: true });
