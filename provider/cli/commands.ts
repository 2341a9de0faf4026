import type { Command, Terminal } from "./command";
import { exitCodeOf, messageOf, UsageError } from "./commandLine";
import { doctor } from "./doctor/command";
import { images } from "./images/command";
import { write } from "./write";

const { version } = require("pulumi-glance/package.json") as { version: string };

const commands: Readonly<Record<string, Command>> = { images, doctor };

const usage = `pulumi-glance: looks at OpenStack images and at how they are reached; changes nothing

Usage: pulumi-glance COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join("\n")}

  --version  print the version
  --help     print this text; after a command, its options`;

/** Runs the command that the arguments name and answers the exit code: 0, 1 for a failure, 2 for wrong arguments. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    terminal.err.write(`pulumi-glance: ${messageOf(error)}\n`);
    return exitCodeOf(error);
  }
}

async function run([name = "", ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  const say = async (text: string) => {
    await write([`${text}\n`], terminal.out);
    return 0;
  };
  if (name === "--help" || name === "-h") return say(usage);
  if (name === "--version") return say(version);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw unknownCommand(name);
  const asksHelp = rest.includes("--help") || rest.includes("-h");
  return asksHelp ? say(command.usage) : command.run(rest, terminal);
}

function unknownCommand(name: string): UsageError {
  const known = `the commands are ${Object.keys(commands).join(", ")}`;
  return new UsageError(name === "" ? `A command is missing; ${known}.` : `There is no command "${name}"; ${known}.`);
}
