import type { Fault } from "../../provider/local/faults/proxy";
import { answerStatuses } from "../../provider/local/faults/rules";
import { describeClouds, noServerTitle } from "../tools/clouds/current";
import { cli, direct } from "./matrix";
import { operations } from "./operations";
import type { Trouble } from "./trial";

/** Every fault that the proxy knows, in the words of `kindOf`; one that is missing or unknown is an error of types. */
const kinds: Record<Exclude<Fault["kind"], "answer" | "hold">, true> = {
  reset: true,
  slow: true,
  stall: true,
  cut: true,
  truncatedJson: true,
  wrongLength: true,
};

function kindOf({ rule: { fault, when }, kills }: Trouble): string {
  if (kills) return `killed ${when}`;
  return fault.kind === "answer" ? `answer ${fault.status}` : fault.kind;
}

const wantedKinds = [
  ...Object.keys(kinds),
  ...answerStatuses.map((status) => `answer ${status}`),
  "killed before",
  "killed after",
];

/** A recording without requests, or a filter that lets nothing pass, would leave a matrix that always succeeds. */
describeClouds("the matrix", ({ name }) => {
  if (name !== "local") return test.todo(`${noServerTitle} this: the embedded server does`);
  const [ofPlugin, ofCli] = [direct, cli].map((parts) => Object.values(parts).flatMap(({ casesIn }) => casesIn(name)));

  test("has cases enough", () => {
    expect(ofPlugin?.length).toBeGreaterThanOrEqual(300);
    expect(ofCli?.length).toBeGreaterThanOrEqual(30);
  });

  test("tries every operation", () => {
    const tried = new Set(ofPlugin?.map(({ operation }) => operation.name));
    expect([...tried].sort()).toEqual(operations.map((operation) => operation.name).sort());
  });

  test("tries every fault", () => {
    const tried = new Set(ofPlugin?.map(({ trouble }) => kindOf(trouble)));
    expect([...tried].sort()).toEqual(wantedKinds.sort());
  });
});
