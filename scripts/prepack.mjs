/** `npm pack` and `npm publish` run this first: a package holds what the sources say now, nothing of an earlier build. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./setup/build.mjs";
import { root } from "./setup/places.mjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
await build();
