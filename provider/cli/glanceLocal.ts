#!/usr/bin/env node
import "./requireNode";
import { type GlanceLocal, type GlanceLocalOptions, startGlanceLocal } from "../local";
import { dialects as allDialects, type Dialect } from "../local/dialects";
import { demoEnvironment } from "../local/environment";
import { exitCodeOf, messageOf, parseOptions, UsageError } from "./commandLine";

const { version } = require("pulumi-glance/package.json") as { version: string };

const usage = `glance-local: an OpenStack image service on this machine, with its own Keystone

Usage: glance-local [options]

  --port PORT        TCP port to listen on (default 0: a free one)
  --host HOST        address to listen on (default 127.0.0.1: only this machine)
  --data DIR         folder that keeps the images (default: a temporary one, removed at the end)
  --dialects LIST    APIs to serve, of v2,v1,platform9,compute,alliance (default all)
  --allow-host HOST  web-download may fetch from this host, at any port, even if it is this machine; repeatable
  --print-env        print the OS_* and GLANCE_* variables of the user demo as shell commands
  --version          print the version
  --help             print this text

Users: demo, alt and reader with their names as passwords, admin with the password "secret".`;

/** What a command line asks for. */
type Command =
  | { action: "help" }
  | { action: "version" }
  | { action: "serve"; server: GlanceLocalOptions; printsEnv: boolean };

const options = {
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  data: { type: "string" },
  dialects: { type: "string", default: allDialects.join(",") },
  "allow-host": { type: "string", multiple: true, default: [] as string[] },
  "print-env": { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parseCommand(args: readonly string[]): Command {
  const {
    help,
    version,
    port,
    host,
    data,
    dialects,
    "allow-host": allowHosts,
    "print-env": printsEnv,
  } = parseOptions(args, options);
  if (help) return { action: "help" };
  if (version) return { action: "version" };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port must be from 0 to 65535, not "${port}".`);
  for (const [name, value] of Object.entries({ host, data })) {
    if (value === "") throw new UsageError(`--${name} must not be empty.`);
  }
  const chosen = dialects.split(",").map(dialectNamed);
  const server = {
    host,
    port: Number(port),
    dialects: chosen,
    allowHosts,
    ...(data === undefined ? {} : { dataDir: data }),
  };
  return { action: "serve", server, printsEnv };
}

function dialectNamed(name: string): Dialect {
  const known = allDialects.find((dialect) => dialect === name.trim());
  if (known !== undefined) return known;
  throw new UsageError(`--dialects must be a list of ${allDialects.join(",")}, not "${name}".`);
}

async function serve(options: GlanceLocalOptions, printsEnv: boolean): Promise<void> {
  const starting = startGlanceLocal(options);
  endOnSignal(starting);
  const server = await starting;
  if (printsEnv) for (const line of exportLines(server)) console.log(line);
  const reach = isLoopback(options.host ?? "")
    ? "only this machine can reach it (--host changes that)"
    : "WARNING: other machines can reach it, and everybody knows its passwords";
  console.error(`glance-local listens on ${server.url}; ${reach}`);
}

const exportLines = (server: GlanceLocal) =>
  Object.entries(demoEnvironment(server)).map(([name, value]) => `export ${name}=${quote(value)}`);

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

/** Ends at the first signal when everything is on disk, at the second one at once. */
function endOnSignal(starting: Promise<GlanceLocal>): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const end = () => {
    for (const signal of signals) process.off(signal, end);
    starting.then((server) => server.close()).catch(fail);
  };
  for (const signal of signals) process.on(signal, end);
}

function fail(error: unknown): void {
  console.error(`glance-local: ${messageOf(error)}`);
  process.exitCode = exitCodeOf(error);
}

async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  if (command.action === "serve") return serve(command.server, command.printsEnv);
  console.log(command.action === "help" ? usage : version);
}

main(process.argv.slice(2)).catch(fail);
