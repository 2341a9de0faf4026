import { commandLine } from "../../../scripts/commandLine";

/** Above the largest id that Linux gives. */
const nobody = 2 ** 22 + 1;

const systems: [string, Parameters<typeof commandLine>[1]][] = [
  ["this machine", {}],
  ["ps on a narrow terminal", { proc: "/nowhere", env: { ...process.env, COLUMNS: "80" } }],
];

describe.each(systems)("the command line by %s", (_, system) => {
  it("is whole", () => {
    const line = commandLine(process.pid, system);
    expect(line?.length).toBeGreaterThan(80);
    expect(line).toContain(process.argv[1]);
  });

  it("of a process that is gone is not there", () => {
    expect(commandLine(nobody, system)).toBeUndefined();
  });
});

it("a machine that cannot tell says so", () => {
  expect(() => commandLine(process.pid, { proc: "/nowhere", env: { PATH: "/nowhere" } })).toThrow(
    `nothing here tells what process ${process.pid} is`,
  );
});
