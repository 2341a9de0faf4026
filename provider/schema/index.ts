import { readFileSync } from "node:fs";
import { join } from "node:path";
import { enums } from "./enums";
import { providerName, readExamples } from "./examples";
import { packageSchema } from "./package";
import { print } from "./print";
import { readInterfaces } from "./read";
import { interfacesOf, table } from "./table";

/** The text that schema.json must have, from the sources and package.json below `root`. */
export function generateSchema(root: string): string {
  const about = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const examples = readExamples(root, [providerName, ...Object.keys({ ...table.resources, ...table.functions })]);
  return print(packageSchema(table, enums, readInterfaces(root, interfacesOf(table)), examples, about));
}
