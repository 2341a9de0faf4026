import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Enums } from "../../../provider/schema/enums";
import { packageSchema } from "../../../provider/schema/package";
import type { PackageSpec } from "../../../provider/schema/pulumi";
import { readInterfaces } from "../../../provider/schema/read";
import { interfacesOf, type Table } from "../../../provider/schema/table";

const folder = mkdtempSync(join(tmpdir(), "schema-"));
afterAll(() => rmSync(folder, { recursive: true }));

const inFixture = (name: string) => ({ file: "types.ts", name });

const fixtureTable: Table = {
  config: inFixture("Config"),
  resources: { Shelf: { description: "A shelf.", inputs: inFixture("Inputs"), state: inFixture("State"), get: [] } },
  functions: {},
  typeNames: {},
};

const enums: Enums = { Color: { description: "A color.", values: { red: "Like fire.", "dark-blue": "Like night." } } };

const about = { version: "1.2.3", description: "Shelves", license: "MIT", keywords: [] };

/** The schema of a package with the resource `Shelf`, described by `Inputs` and `State`, and the configuration `Config`. */
export function schemaOf(
  source: string,
  changes: Partial<Table> = {},
  files: Record<string, string> = {},
): PackageSpec {
  const config = source.includes("interface Config") ? "" : "export interface Config {}\n";
  const state = source.includes("State") ? "" : "export interface State {}\n";
  const texts = { ...files, "types.ts": config + state + source };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  // Without the DOM a program is read in a tenth of the time.
  const options = { strict: true, exactOptionalPropertyTypes: true, lib: ["es5"], types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  const table = { ...fixtureTable, ...changes };
  return packageSchema(table, enums, readInterfaces(folder, interfacesOf(table)), new Map(), about);
}

/** The resource of {@link schemaOf} whose inputs have these members. */
export function shelfOf(members: string, more = ""): PackageSpec["resources"][string] {
  const shelf = schemaOf(`export interface Inputs {\n${members}\n}\n${more}`).resources["glance:index:Shelf"];
  if (!shelf) throw new Error("there is no Shelf");
  return shelf;
}
