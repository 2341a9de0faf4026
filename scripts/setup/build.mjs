import { join } from "node:path";
import { root, searchPath } from "./places.mjs";
import { run } from "./shell.mjs";

/** Compiles what is newer than dist/. */
export const build = () =>
  run(join(root, "node_modules", ".bin", "tsc"), ["-b"], {
    cwd: root,
    env: { ...process.env, PATH: searchPath({ own: true }) },
    minutes: 10,
  });
