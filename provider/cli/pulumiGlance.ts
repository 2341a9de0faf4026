#!/usr/bin/env node
import "./requireNode";
import { runCommand } from "./commands";

const { env, stdout: out, stderr: err } = process;

runCommand(process.argv.slice(2), { env, directory: process.cwd(), out, err }).then((code) => {
  process.exitCode = code;
});
