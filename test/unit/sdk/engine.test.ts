import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

const root = resolve(__dirname, "../../..");
const program = mkdtempSync(join(tmpdir(), "engine-"));
/** Where Pulumi has the script of its dynamic provider. */
const pulumis = join(program, "node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js");
const foreign = join(program, "index.js");

let engine: Server;
let address: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  mkdirSync(dirname(pulumis), { recursive: true });
  symlinkSync(root, join(program, "node_modules/pulumi-glance"));
  const check = 'require("pulumi-glance/dynamic").image.check({}, { cloud: 5 })';
  const script = `${check}.then(() => { console.log(process.stdin.readableFlowing); eval(process.env.THEN); });`;
  for (const path of [pulumis, foreign]) writeFileSync(path, script);
});

beforeEach(async () => {
  engine = createServer((socket) => socket.on("error", () => {}).resume()).listen(0, "127.0.0.1");
  await once(engine, "listening");
  address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  if (engine.listening) await once(engine.close(), "close");
});

afterAll(() => rmSync(program, { recursive: true }));

/** A process that has done an operation, and what it does then; whether it listens for the end of its input is all it says. */
function start(script: string, args: readonly string[], then = ""): ChildProcess {
  const child = spawn(process.execPath, [script, ...args], { cwd: program, env: { ...process.env, THEN: then } });
  children.push(child);
  return child;
}

const said = async (child: ChildProcess) => (await text(child.stdout as NodeJS.ReadableStream)).trim();
const forever = "setInterval(() => {}, 1000)";

test("the process of a dead engine ends", async () => {
  const child = start(pulumis, ["--logtostderr", address], forever);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  await once(engine.close(), "close");
  child.stdin?.end();
  expect(await once(child, "exit")).toEqual([0, null]);
}, 30_000);

test("the end of the input is no proof: an engine that listens is alive", async () => {
  const child = start(pulumis, [address], forever);
  child.stdin?.end();
  for (let look = 0; look < 3; look++) await once(engine, "connection");
  expect(child.exitCode).toBeNull();
}, 30_000);

test("the watch keeps no process alive", async () => {
  expect(await said(start(pulumis, [address]))).toBe("true");
}, 30_000);

test.each([
  ["another script", () => start(foreign, [address])],
  ["a process without an engine's address", () => start(pulumis, ["--logtostderr"])],
])(
  "%s is not watched",
  async (_, begin) => {
    expect(await said(begin())).toBe("null");
  },
  30_000,
);
