import { describeCli } from "./cli";
import { unclear } from "./diagnostic";
import { cli } from "./matrix";

/** The errors at the resources, as the CLI prints them: alone, or in a list of those that a resource kept. */
function errorsIn(output: string): string[] {
  const lines = [...output.matchAll(/^\s+(?:error: |\* )(.+)$/gm)].map(([, text]) => text ?? "");
  return lines.filter((text) => !/^(?:\d+ errors? occurred:|update failed)$/.test(text));
}

describeCli(cli.answers, {
  expectSaid(output) {
    const errors = errorsIn(output).map((text) => ({ text, why: unclear(text, ["mage", "Keystone"]) }));
    expect(errors).not.toEqual([]);
    expect(errors.filter(({ why }) => why.length > 0)).toEqual([]);
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+/m);
  },
});

describeCli(cli.cliKills, { killsCli: true });
