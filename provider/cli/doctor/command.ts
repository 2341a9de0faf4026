import { cloudOptions, cloudUsage, configFrom } from "../cloudOptions";
import type { Command } from "../command";
import { parseOptions } from "../commandLine";
import { write } from "../write";
import { diagnose } from "./diagnose";
import { type Findings, type Level, lineOf } from "./finding";

const usage = `pulumi-glance doctor: find out what works with a cloud and what does not

Usage: pulumi-glance doctor [options]

${cloudUsage}
  --help            print this text

Each line is a fact (ok), a warning, or a problem; with a problem the exit code is 1. Nothing is changed.`;

/** `pulumi-glance doctor`: what it finds out, line by line. */
export const doctor: Command = {
  summary: "find out what works with a cloud and what does not",
  usage,
  async run(args, { out, ...environment }) {
    const config = configFrom(parseOptions(args, cloudOptions));
    const counts: Counts = { ok: 0, warning: 0, problem: 0 };
    await write(report(diagnose(config, environment), counts), out);
    return counts.problem > 0 ? 1 : 0;
  },
};

type Counts = Record<Level, number>;

async function* report(findings: Findings, counts: Counts): AsyncGenerator<string> {
  for await (const finding of findings) {
    counts[finding.level] += 1;
    yield lineOf(finding);
  }
  yield `${counted(counts.problem, "problem")}, ${counted(counts.warning, "warning")}.\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
