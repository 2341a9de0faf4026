import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { differences, readTree, type Tree } from "../../../../scripts/sdks/tree";

describe("the files of a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-glance-tree-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path);
  };

  it("are those of the folders below it too, by their path", () => {
    for (const path of ["a.py", ".gitignore", "types/deep/b.py"]) write(path);
    const tree = readTree(folder, "python/");
    expect([...tree.keys()].sort()).toEqual(["python/.gitignore", "python/a.py", "python/types/deep/b.py"]);
    expect(tree.get("python/types/deep/b.py")?.toString()).toBe("types/deep/b.py");
  });

  it("are not what builds leave there", () => {
    for (const left of ["bin", "obj", "build", "dist", "node_modules", "x/__pycache__", "pulumi_glance.egg-info"]) {
      write(`${left}/left`);
    }
    write("binary/kept");
    expect([...readTree(folder).keys()]).toEqual(["binary/kept"]);
  });

  it("are none where the folder is missing", () => {
    expect(readTree(join(folder, "missing"))).toEqual(new Map());
  });
});

describe("the differences of two trees", () => {
  const tree = (files: Record<string, string>): Tree =>
    new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));

  it("are files that only one has, and those with other contents", () => {
    const left = tree({ same: "1", other: "1", left: "" });
    const right = tree({ same: "1", other: "2", right: "" });
    expect(differences(left, right)).toEqual(["left", "other", "right"]);
  });

  const trees = fc.dictionary(fc.string({ maxLength: 2 }), fc.string({ maxLength: 1 })).map(tree);

  it("are none between a tree and its copy, and the same in both directions", () => {
    fc.assert(
      fc.property(trees, trees, (left, right) => {
        expect(differences(left, new Map(left))).toEqual([]);
        expect(differences(left, right)).toEqual(differences(right, left));
      }),
    );
  });

  it("are all that has to be written to make them equal", () => {
    fc.assert(
      fc.property(trees, trees, (left, right) => {
        const written = new Map(right);
        for (const path of differences(left, right)) {
          const content = left.get(path);
          if (content === undefined) written.delete(path);
          else written.set(path, content);
        }
        expect(differences(left, written)).toEqual([]);
      }),
    );
  });
});
