import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../tools";
import type { Bundle } from "./bundle";

/** The terms under which the bundled packages are passed on, as their authors ask: with each copy. */
export function licensesOf({ packages, legalComments }: Bundle): string {
  const sections = packages.map((path) => {
    const folder = join(repositoryRoot, path);
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const by = author === undefined ? "" : `, by ${author.name ?? author}`;
    return [`${name} ${version} (${license}${by})`, ...textsIn(folder)].join("\n\n");
  });
  const parts = ["This plugin contains the following packages.", ...sections, legalComments.trim()];
  return `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** Some packages name their licence in package.json only. */
function textsIn(folder: string): string[] {
  return globSync("{LICENSE,LICENCE,NOTICE}*", { cwd: folder })
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").trim());
}
