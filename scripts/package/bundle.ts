import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { repositoryRoot } from "../tools";

export interface Bundle {
  /** JavaScript by file name. */
  scripts: ReadonlyMap<string, string>;
  /** Folders of the npm packages that are inside, in the repository and sorted. */
  packages: readonly string[];
  /** Comments of single files that name an author or a licence. */
  legalComments: string;
}

/** What the plugin needs later than its start or never. In files of their own: reading them costs a third of a first start. */
const libraries = ["@grpc/proto-loader", "fast-xml-parser", "undici", "yaml", "zod"];

/** `main.js`, which checks the Node it runs on, `plugin.js`, which is the provider, and the libraries that it loads later. */
export async function bundle(): Promise<Bundle> {
  const parts = await Promise.all([
    // Old enough for every Node that somebody may still have.
    bundleOne("main.js", "scripts/package/start.ts", { target: "node12", external: ["./plugin"] }),
    bundleOne("plugin.js", "provider/main.ts", { plugins: [ownManifest, loadedLater] }),
    ...libraries.map((name) => bundleOne(fileOf(name), name)),
  ]);
  return {
    scripts: new Map(parts.map(({ file, script }) => [file, script])),
    packages: packageFolders(parts.flatMap(({ inputs }) => inputs)),
    legalComments: parts.map(({ legalComments }) => legalComments).join(""),
  };
}

const fileOf = (library: string) => `library-${basename(library)}.js`;

type Differences = Pick<BuildOptions, "target" | "external" | "plugins">;

async function bundleOne(file: string, entry: string, differences: Differences = {}) {
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: { bundle: entry },
    outdir: "dist",
    write: false,
    metafile: true,
    bundle: true,
    platform: "node",
    target: "node22.19",
    format: "cjs",
    // Names stay as they are: they are what a stack trace shows.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "external",
    plugins: [ownManifest],
    logLevel: "warning",
    ...differences,
  });
  if (warnings.length > 0) throw new Error(`${file} cannot be bundled without warnings`);
  const written = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return {
    file,
    script: written("bundle.js"),
    inputs: Object.keys(metafile.inputs),
    legalComments: written(".LEGAL.txt"),
  };
}

/** The packages' folders in paths such as `node_modules/@grpc/grpc-js/build/src/server.js`, sorted. */
export function packageFolders(paths: readonly string[]): string[] {
  const folders = paths.map((path) => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

const loadedLater: Plugin = {
  name: "loaded-later",
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${libraries.join("|")})$`) }, ({ path }) => ({
      path: `./${fileOf(path)}`,
      external: true,
    }));
  },
};

/** What the plugin may ask of its own package.json; the rest of that file is nothing to ship. */
const ownManifest: Plugin = {
  name: "own-manifest",
  setup({ onResolve, onLoad }) {
    const namespace = "own-manifest";
    onResolve({ filter: /^pulumi-glance\/package\.json$/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /.*/, namespace }, () => {
      const { name, version, engines } = manifest();
      return { contents: JSON.stringify({ name, version, engines }), loader: "json" };
    });
  },
};

/** This repository's package.json. */
export const manifest = () => JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8"));
