import { join } from "node:path";
import { repositoryRoot } from "../tools";
import { readTree, type Tree } from "./tree";

export const sdkFolder = join(repositoryRoot, "sdk");

/** Generated as a whole, by their names below `sdk`. */
const languages = ["python", "go", "nodejs-native", "dotnet"];

/** Beside what is generated: Go wants its checksums where the module begins. */
const keptByHand = ["go/go.mod", "go/go.sum"];

/** The generated files of this repository. */
export function committedSdks(): Tree {
  const trees = languages.map((language) => readTree(join(sdkFolder, language), `${language}/`));
  return new Map(trees.flatMap((tree) => [...tree]).filter(([path]) => !keptByHand.includes(path)));
}
