// To be imported first: below its Node, what a program loads next fails in words that help nobody.

const { name, engines } = require("pulumi-glance/package.json") as { name: string; engines: { node: string } };

const needed = engines.node.replace(">=", "");

if (isBelow(process.versions.node, needed)) {
  console.error(`${name} needs Node ${needed} or newer, and this is ${process.versions.node} (${process.execPath}).`);
  process.exit(1);
}

function isBelow(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major === otherMajor ? minor < otherMinor : major < otherMajor;
}
