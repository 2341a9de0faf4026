// Checks and makes one image as the plugin does, and reports what each took; run by provider.ts in a process of its own.
const { readFileSync } = require("node:fs");
const { image } = require("../../dist/provider/resources/image/resource");
const { Connections } = require("../../dist/provider/resources/connections");
const { timed } = require("./timed");

async function main(inputs) {
  const environment = { env: process.env, directory: __dirname, warn: console.error };
  const connections = new Connections({}, environment);
  const context = {
    ...environment,
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  };
  await connections.connect({});
  const check = await timed(() => image.check(inputs, context));
  if (check.answer.failures.length > 0) throw new Error(JSON.stringify(check.answer.failures));
  const create = await timed(() => image.create(check.answer.inputs, { name: "bench-ours" }, context));
  const { id, state } = create.answer;
  await image.delete(id, state, context);
  const { seconds, cpu } = create;
  const made = { check: check.seconds, seconds, cpu, peak: peak(), verifiedBy: state.verifiedBy };
  process.stdout.write(JSON.stringify(made));
}

// Unlike the highest size in getrusage(2), this one does not begin with that of the parent process.
function peak() {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return Math.round(Number(kibibytes) / 1024);
}

void main(JSON.parse(process.argv[2]));
