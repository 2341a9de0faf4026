#!/usr/bin/env node
import "./requireNode";
import { type GlanceLocal, type GlanceLocalOptions, startGlanceLocal } from "../local";
import { dialects as allDialects, type Dialect } from "../local/dialects";
import { demoEnvironment } from "../local/environment";
import { type FaultProxyOptions, type FaultRule, startFaultProxy } from "../local/faults/proxy";
import { exitCodeOf, messageOf, parseOptions, UsageError } from "./commandLine";
import { faultRule, upstreamAddress } from "./faultOptions";

const { version } = require("pulumi-glance/package.json") as { version: string };

const usage = `glance-local: an OpenStack image service on this machine, with its own Keystone

Usage: glance-local [options]

  --port PORT        TCP port to listen on (default 0: a free one)
  --host HOST        address to listen on (default 127.0.0.1: only this machine)
  --data DIR         folder that keeps the images (default: a temporary one, removed at the end)
  --dialects LIST    APIs to serve, of v2,v1,platform9,compute,alliance (default all)
  --region NAME      a region with images of its own; repeatable (default RegionOne); the first is that of --print-env
  --allow-host HOST  web-download may fetch from this host, at any port, even if it is this machine; repeatable
  --fault RULE       do wrong, e.g. "POST /v2/images after reset"; repeatable
  --proxy URL        start no server but stand in front of this one, with the faults; no --data, --dialects, --region, --allow-host
  --print-env        print the OS_* and GLANCE_* variables of the user demo as shell commands; with --proxy that of the proxy
  --version          print the version
  --help             print this text

Users: demo, alt and reader with their names as passwords, admin with the password "secret".

RULE is METHOD PATH before|after FAULT [xTIMES] [from NTH]: before a request has reached the server, or after the server has done it.
The method may be *. The path is the end of one, * in it is anything but /, ** anything. FAULT is reset, cut (half-way), stall
(half-way), slow SECONDS, hold, truncatedJson, wrongLength, or one of the statuses 401, 409, 413, 429, 500, 502, 503, maybe with
retry-after SECONDS. The first request that matches suffers; x3: three of them, xall: all; from 2: the second is the first.`;

/** What a command line asks for. */
type Command =
  | { action: "help" }
  | { action: "version" }
  | { action: "serve"; server: GlanceLocalOptions; printsEnv: boolean }
  | { action: "proxy"; proxy: FaultProxyOptions; printsEnv: boolean };

const options = {
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  data: { type: "string" },
  dialects: { type: "string" },
  region: { type: "string", multiple: true },
  "allow-host": { type: "string", multiple: true },
  fault: { type: "string", multiple: true, default: [] as string[] },
  proxy: { type: "string" },
  "print-env": { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parseCommand(args: readonly string[]): Command {
  const { help, version, "print-env": printsEnv, fault, proxy, ...chosen } = parseOptions(args, options);
  if (help) return { action: "help" };
  if (version) return { action: "version" };
  const place = placeOf(chosen);
  const rules = fault.map(faultRule);
  if (proxy === undefined) return { action: "serve", server: { ...place, ...serverOf(chosen, rules) }, printsEnv };
  for (const name of ["data", "dialects", "region", "allow-host"] as const) {
    if (chosen[name] !== undefined) throw new UsageError(`--proxy starts no server, so --${name} says nothing.`);
  }
  return { action: "proxy", proxy: { ...place, upstream: upstreamAddress(proxy), rules }, printsEnv };
}

function placeOf({ host, port }: { host: string; port: string }): { host: string; port: number } {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port must be from 0 to 65535, not "${port}".`);
  if (host === "") throw new UsageError("--host must not be empty.");
  return { host, port: Number(port) };
}

type Chosen = Partial<{ data: string; dialects: string; region: string[]; "allow-host": string[] }>;

function serverOf(
  { data, dialects, region, "allow-host": allowHosts }: Chosen,
  faults: readonly FaultRule[],
): GlanceLocalOptions {
  if (data === "") throw new UsageError("--data must not be empty.");
  return {
    ...(dialects !== undefined && { dialects: dialects.split(",").map(dialectNamed) }),
    ...(region && { regions: region }),
    ...(allowHosts && { allowHosts }),
    ...(data !== undefined && { dataDir: data }),
    ...(faults.length > 0 && { faults }),
  };
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
  if (printsEnv) printExports(demoEnvironment(server));
  const reach = isLoopback(options.host ?? "")
    ? "only this machine can reach it (--host changes that)"
    : "WARNING: other machines can reach it, and everybody knows its passwords";
  console.error(`glance-local listens on ${server.url}; ${reach}`);
}

async function standBefore(options: FaultProxyOptions, printsEnv: boolean): Promise<void> {
  const starting = startFaultProxy(options);
  endOnSignal(starting);
  const { url } = await starting;
  const variable = "OS_IMAGE_ENDPOINT_OVERRIDE";
  if (printsEnv) printExports({ [variable]: url });
  console.error(`glance-local stands in front of ${options.upstream}; clients use it with ${variable}=${url}`);
}

function printExports(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${quote(value)}`);
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

/** Ends at the first signal when everything is on disk, at the second one at once. */
function endOnSignal(starting: Promise<Pick<GlanceLocal, "close">>): void {
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
  if (command.action === "proxy") return standBefore(command.proxy, command.printsEnv);
  console.log(command.action === "help" ? usage : version);
}

main(process.argv.slice(2)).catch(fail);
